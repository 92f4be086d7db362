// SonarQube (Server and Cloud): its webhook, which tells of a quality gate, and pages of its issues and hotspots APIs.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { anyKnown, instant, known, list, text } from '../../fields.ts';
import { alertsOf } from '../../findings.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { TOOL } from './feed/feed.ts';
import { gateOf } from './feed/gate.ts';
import { issueOf } from './feed/issue.ts';

export const sonarqube = defineSource({
  id: 'sonarqube',
  title: 'SonarQube webhook and issues',
  reference: 'https://docs.sonarsource.com/sonarqube-server/discovering/integrations/webhooks',
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
  const repository = record.repository === undefined ? undefined : { name: record.repository };
  if (pages.length > 0) {
    const rows = pages.flatMap((key) => list(body, key));
    return alertsOf(known({ native_type: 'issue', tool: TOOL, vcs: repository && { repository } }), rows, issueOf);
  }
  const branch = text(body, 'branch', 'name');
  const pull = text(body, 'branch', 'type') === 'PULL_REQUEST';
  const head = anyKnown({ name: pull ? undefined : branch, revision: text(body, 'revision') });
  return gateOf(body).map((found) => ({
    kind: 'alert',
    native_type: 'quality-gate',
    ...known({
      observed_at: timeOf(body),
      vcs: anyKnown({
        repository,
        ref: head && { head },
        change: pull && branch !== undefined ? { id: branch } : undefined,
      }),
    }),
    ...found,
  }));
}

/** `changedAt`: the gate changed between two analyses, because somebody touched an issue. */
function timeOf(body: JsonObject): Instant | undefined {
  return instant(body, 'changedAt') ?? instant(body, 'analysedAt') ?? newestIssue(body);
}

function newestIssue(body: Json): Instant | undefined {
  const times =
    isObject(body) && Array.isArray(body.issues) ? list(body, 'issues').map((row) => instant(row, 'updateDate')) : [];
  return times.reduce((last, time) => (time === undefined || (last ?? 0) > time ? last : time), undefined);
}
