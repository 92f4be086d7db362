// Commits of a local clone. The record's form is our own (DESIGN.md section 8), so it is held to its schema.
import { z } from 'zod';
import type { Signature } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { actorType } from '../../../core/identity/bots.ts';
import { parseTime } from '../../../core/time.ts';
import { instant, known } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';

const person = z.object({ name: z.string().optional(), email: z.string().optional(), date: z.string().optional() });
const commit = z.object({
  sha: z.string().min(1),
  parents: z.array(z.string()).optional(),
  author: person,
  committer: person,
  signature: z.enum(['good', 'bad', 'none', 'unknown']).optional(),
  paths: z.array(z.string()).optional(),
});

export const git = defineSource({
  id: 'git',
  title: 'History of a local clone',
  reference: 'https://git-scm.com/docs/git-rev-list',
  body: 'json',
  identifiers: ['sha', 'parents'],
  normalize,
  time: (body) => instant(body, 'committer', 'date'),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const parsed = commit.safeParse(record.body);
  if (!parsed.success) {
    const problem = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem });
  }
  const { sha, parents, paths } = parsed.data;
  const author = signature(parsed.data.author);
  const committer = signature(parsed.data.committer);
  return [
    known({
      kind: 'commit',
      native_type: 'commit',
      occurred_at: author.time,
      actor: known({ name: author.name, display: true, email: author.email, type: actorType(author) }),
      vcs: known({
        repository: record.repository === undefined ? undefined : { name: record.repository },
        ref: { head: { revision: sha } },
      }),
      detail: known({
        sha,
        parents: parents?.length,
        author,
        committer,
        signature: parsed.data.signature ?? 'unknown',
        paths,
      }),
    }),
  ];
}

/** E-mail addresses are compared without case: git keeps them as they were typed. */
function signature(person: {
  name?: string | undefined;
  email?: string | undefined;
  date?: string | undefined;
}): Signature {
  return known({
    name: person.name || undefined,
    email: person.email?.toLowerCase() || undefined,
    time: parseTime(person.date),
  });
}
