// An issue or a security hotspot, as the Web API lists them.
// https://docs.sonarsource.com/sonarqube-server/extension-guide/web-api (api/issues/search, api/hotspots/search)
import type { Json } from '../../../../core/json.ts';
import { instant, known, list, number, text } from '../../../fields.ts';
import { type Found, firstOf, locationOf } from '../../../findings.ts';
import { TOOL } from './feed.ts';
import { kindOf } from './kinds.ts';

/** Newer versions rate the impact on each quality beside or instead of one severity. */
export function issueOf(row: Json): Found {
  const key = text(row, 'key');
  const rule = firstOf(row, 'rule', 'ruleKey', 'securityCategory');
  return known({
    observed_at: instant(row, 'updateDate') ?? instant(row, 'creationDate'),
    detail: known({
      action: (firstOf(row, 'issueStatus', 'status') ?? 'open').toLowerCase(),
      tool: TOOL,
      rule,
      title: text(row, 'message'),
      level: firstOf(row, 'severity', 'vulnerabilityProbability') ?? text(list(row, 'impacts')[0], 'severity'),
      location: locationOf(pathOf(row), number(row, 'line')),
      cwe: kindOf(rule, text(row, 'securityCategory')),
      // SonarQube follows an issue itself, wherever its line goes.
      fingerprints: key === undefined ? undefined : { key },
      first_seen: instant(row, 'creationDate'),
    }),
  });
}

/** A component's key is the project's, a colon, and the path: `my_project:src/main.ts`. */
function pathOf(row: Json): string | undefined {
  const component = text(row, 'component');
  const project = text(row, 'project');
  return project !== undefined && component?.startsWith(`${project}:`)
    ? component.slice(project.length + 1)
    : component;
}
