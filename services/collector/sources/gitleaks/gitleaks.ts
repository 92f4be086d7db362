// Gitleaks' JSON report, whole or a row of it: each row is a secret that stands in a file or a commit.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { known, number, text } from '../../fields.ts';
import { alertsOf, type Found, locationOf, scanned } from '../../findings.ts';
import { repositoryName } from '../../repository-name.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { quotedFingerprint } from '../../weakness-ids.ts';

const TOOL = 'Gitleaks';

export const gitleaks = defineSource({
  id: 'gitleaks',
  title: 'Gitleaks reports',
  reference: 'https://github.com/gitleaks/gitleaks#reporting',
  body: 'json',
  identifiers: ['RuleID', 'Commit', 'Fingerprint'],
  // The last two are of versions before 8, whose rows are refused.
  secrets: ['Secret', 'Match', 'Line', 'Fragment', 'line', 'offender'],
  normalize,
  // A report carries the times of commits, none of its own.
  time: () => undefined,
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const rows: readonly Json[] = Array.isArray(record.body) ? record.body : [record.body];
  if (rows.length === 0 || !rows.every((row) => isObject(row) && Object.hasOwn(row, 'RuleID'))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body holds no finding' });
  }
  return alertsOf({ native_type: 'leak', tool: TOOL }, rows, (row) => findingOf(row, record.repository));
}

function findingOf(row: Json, repository: string | undefined): Found {
  return known({
    vcs: scanned(repositoryName(text(row, 'Link')) ?? repository, { revision: text(row, 'Commit') }),
    detail: known({
      action: 'found',
      tool: TOOL,
      rule: text(row, 'RuleID'),
      title: text(row, 'Description'),
      location: locationOf(text(row, 'File'), number(row, 'StartLine')),
      secret: quotedFingerprint(text(row, 'Secret')),
    }),
  });
}
