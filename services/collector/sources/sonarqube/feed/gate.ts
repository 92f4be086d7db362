// A quality gate: whether a project passed it, and which of its conditions it did not meet.
// https://docs.sonarsource.com/sonarqube-server/discovering/integrations/webhooks
import type { Json } from '../../../../core/json.ts';
import { known, list, text } from '../../../fields.ts';
import type { Found } from '../../../findings.ts';
import { TOOL } from './feed.ts';

/** The gate first. An analysis that did not succeed has none; then the state of its task stands there. */
export function gateOf(body: Json): readonly Found[] {
  const project = text(body, 'project', 'name') ?? text(body, 'project', 'key');
  const gate = text(body, 'qualityGate', 'status');
  const first: Found = {
    detail: known({
      action: gate === undefined ? 'analysis' : 'quality gate',
      tool: TOOL,
      rule: text(body, 'qualityGate', 'name'),
      title: project,
      level: gate ?? text(body, 'status'),
    }),
  };
  const failed = list(body, 'qualityGate', 'conditions').filter((condition) =>
    FAILED.has(text(condition, 'status') ?? ''),
  );
  return [first, ...failed.map((condition) => conditionOf(condition, project))];
}

const FAILED = new Set(['ERROR', 'WARN']);

function conditionOf(condition: Json, project: string | undefined): Found {
  const level = text(condition, 'status');
  return {
    detail: known({ action: 'condition', tool: TOOL, rule: text(condition, 'metric'), title: project, level }),
  };
}
