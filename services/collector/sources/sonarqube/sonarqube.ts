// SonarQube (Server and Cloud): its webhook, which tells of a quality gate, and pages of its issues and hotspots APIs.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { anyKnown, instant, known, latest, list, text } from '../../fields.ts';
import { alertsOf, scanned } from '../../findings.ts';
import { hmac } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { TOOL } from './feed/feed.ts';
import { gateOf } from './feed/gate.ts';
import { issueOf } from './feed/issue.ts';

export const sonarqube = defineSource({
  id: 'sonarqube',
  title: 'SonarQube webhook and issues',
  reference: 'https://docs.sonarsource.com/sonarqube-server/discovering/integrations/webhooks',
  // https://docs.sonarsource.com/sonarqube-server/latest/project-administration/webhooks/#securing-your-webhooks
  push: { path: '/hooks/sonarqube', proof: hmac('X-Sonar-Webhook-HMAC-SHA256') },
  body: 'json',
  identifiers: ['taskId', 'revision', 'key', 'hash', 'rule', 'ruleKey', 'component'],
  normalize,
  time: (body) => (isObject(body) ? timeOf(body) : undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  const pages = isObject(body) ? ['issues', 'hotspots'].filter((key) => Array.isArray(body[key])) : [];
  if (!isObject(body) || (pages.length === 0 && !isObject(body.project))) {
    throw new PipewardenError('RECORD_INVALID', {
      source: record.source,
      problem: 'the body is neither a webhook nor a page of issues',
    });
  }
  if (pages.length > 0) {
    const report = known({ native_type: 'issue', tool: TOOL, vcs: scanned(record.repository) });
    return alertsOf(
      report,
      pages.flatMap((key) => list(body, key)),
      issueOf,
    );
  }
  const branch = text(body, 'branch', 'name');
  const pull = text(body, 'branch', 'type') === 'PULL_REQUEST';
  const vcs = scanned(record.repository, { name: pull ? undefined : branch, revision: text(body, 'revision') });
  const change = pull && branch !== undefined ? { id: branch } : undefined;
  const base = known({
    kind: 'alert' as const,
    native_type: 'quality-gate',
    observed_at: timeOf(body),
    vcs: anyKnown({ ...vcs, change }),
  });
  return gateOf(body).map((found) => ({ ...base, ...found }));
}

/** `changedAt`: the gate changed between two analyses, because somebody touched an issue. */
function timeOf(body: JsonObject): Instant | undefined {
  const issues = Array.isArray(body.issues) ? list(body, 'issues') : [];
  return (
    instant(body, 'changedAt') ??
    instant(body, 'analysedAt') ??
    latest(issues.map((issue) => instant(issue, 'updateDate')))
  );
}
