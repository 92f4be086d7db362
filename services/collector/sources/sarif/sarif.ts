// SARIF 2.1.0, which most scanners write (Semgrep, Snyk, Checkov, CodeQL, Trivy, zizmor …): each result is an alert.
import type { Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { at, instant, known, list, number, text } from '../../fields.ts';
import { alertsOf, type Found, locationOf, scanned } from '../../findings.ts';
import { repositoryName } from '../../repository-name.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { weaknessOf } from './result/weakness.ts';
import { rulesOf } from './rules/rules.ts';

export const sarif = defineSource({
  id: 'sarif',
  title: 'SARIF reports',
  reference: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html',
  body: 'json',
  identifiers: [
    'guid',
    'correlationGuid',
    'ruleId',
    'revisionId',
    'sha-256',
    'sha-1',
    'primaryLocationLineHash',
    'primaryLocationStartColumnFingerprint',
    'matchBasedId/v1',
    'commitSha',
    'fingerprint/v1',
  ],
  // Scanners for secrets quote what they found: Gitleaks and TruffleHog as the snippet.
  secrets: ['snippet', 'contents', 'rendered', 'insertedContent', 'offender'],
  normalize,
  time: (body) =>
    runsOf(body)
      .map(timeOf)
      .find((time) => time !== undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body, source } = record;
  if (!isObject(body) || !(Array.isArray(body.runs) || body.runs === null)) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body has no runs' });
  }
  const runs = runsOf(body);
  if (runs.length === 0) return [{ kind: 'other', native_type: 'no-runs', detail: { type: 'a report without runs' } }];
  return runs.flatMap((run) => {
    const rules = rulesOf(run);
    const report = known({
      native_type: 'result',
      tool: rules.tool,
      observed_at: timeOf(run),
      vcs: vcsOf(run, record.repository),
    });
    return alertsOf(report, list(run, 'results'), (result) => findingOf(result, rules));
  });
}

function runsOf(body: Json): readonly Json[] {
  return isObject(body) ? list(body, 'runs') : [];
}

/** When the tool ended, else when it began. */
function timeOf(run: Json): Instant | undefined {
  const invocation = list(run, 'invocations')[0];
  return instant(invocation, 'endTimeUtc') ?? instant(invocation, 'startTimeUtc');
}

/** What was scanned (§3.14.14): the report knows better than whoever passed it on. */
function vcsOf(run: Json, repository: string | undefined): Vcs | undefined {
  const provenance = list(run, 'versionControlProvenance')[0];
  return scanned(repositoryName(text(provenance, 'repositoryUri')) ?? repository, {
    name: text(provenance, 'branch'),
    revision: text(provenance, 'revisionId'),
  });
}

/** Kinds of results that report no problem (§3.27.9). */
const HARMLESS = new Set(['pass', 'notApplicable', 'informational']);

function findingOf(result: Json, rules: ReturnType<typeof rulesOf>): Found | undefined {
  const kind = text(result, 'kind') ?? 'fail';
  if (HARMLESS.has(kind)) return undefined;
  const rule = rules.of(result);
  const place = at(list(result, 'locations')[0], 'physicalLocation');
  return {
    detail: known({
      action: actionOf(result),
      tool: rules.tool,
      rule: rule.id,
      title: rule.title ?? text(result, 'message', 'text'),
      // The specification's own defaults (§3.27.10).
      level: text(result, 'level') ?? (kind === 'fail' ? (rule.level ?? 'warning') : 'none'),
      location: locationOf(text(place, 'artifactLocation', 'uri'), number(place, 'region', 'startLine')),
      ...weaknessOf(result, rule.declared, rule.id, rules.tool),
    }),
  };
}

/** How it compares to the report before (§3.27.24), or that somebody set it aside (§3.27.23). */
function actionOf(result: Json): string {
  const aside = list(result, 'suppressions').some((one) => (text(one, 'status') ?? 'accepted') === 'accepted');
  return aside ? 'suppressed' : (text(result, 'baselineState') ?? 'reported');
}
