// What git-secrets prints for a match: `path:line:text`, of a history `commit:path:line:text`, as `git grep -nH` does.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { known, numeric, text } from '../../fields.ts';
import { locationOf, scanned } from '../../findings.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { quotedFingerprint } from '../../weakness-ids.ts';

export const gitSecrets = defineSource({
  id: 'git-secrets',
  title: 'git-secrets matches',
  reference: 'https://github.com/awslabs/git-secrets#synopsis',
  body: 'text',
  identifiers: ['commit'],
  // The line holds the secret, and no pattern has to know it.
  secrets: ['match', 'unread'],
  unpack,
  normalize,
  time: () => undefined,
});

const MATCH = /^(?:([0-9a-f]{40,64}):)?([^:\0]{1,1000}):(\d{1,9}):([^\n]*)$/;
/** What it says below the matches. */
const ADVICE = /^(?:\[ERROR\] Matched|Possible mitigations:|- (?:Mark|List|Use) )/;

/** Before redaction, so that the line is known for what it is. */
function unpack(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  const [, commit, path, line, match] = MATCH.exec(body) ?? [];
  if (path !== undefined) return known({ commit, path, line, match });
  return ADVICE.test(body) ? { advice: body } : { unread: body };
}

function normalize({ body, source, repository }: RedactedRecord): readonly ActivityDraft[] {
  if (isObject(body) && 'advice' in body) return [];
  if (!isObject(body) || !('path' in body)) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the line is no match: path, line and text' });
  }
  return [alertOf(body, repository)];
}

function alertOf(body: Json, repository: string | undefined): ActivityDraft {
  return known({
    kind: 'alert',
    native_type: 'match',
    vcs: scanned(repository, { revision: text(body, 'commit') }),
    detail: known({
      action: 'found',
      tool: 'git-secrets',
      title: 'A line matches a prohibited pattern',
      location: locationOf(text(body, 'path'), numeric(body, 'line')),
      snippet: quotedFingerprint(text(body, 'match')),
    }),
  });
}
