// When a GitLab pipeline or job runs: `rules`, and the older `only` and `except`
// (https://docs.gitlab.com/ci/yaml/#rules, https://docs.gitlab.com/ci/yaml/deprecated_keywords/#only--except).
import type { Gate, Trigger } from '../../../core/definition.ts';
import { text, texts, type YamlNode } from '../yaml/node.ts';

/** As `only` calls them, as `CI_PIPELINE_SOURCE` does. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['api', 'api'],
  ['branches', 'push'],
  ['chat', 'chat'],
  ['external', 'external'],
  ['external_pull_requests', 'external_pull_request_event'],
  ['merge_requests', 'merge_request_event'],
  ['pipelines', 'pipeline'],
  ['pushes', 'push'],
  ['schedules', 'schedule'],
  ['tags', 'tag'],
  ['triggers', 'trigger'],
  ['web', 'web'],
]);
const DETAIL_LIMIT = 500;

/** What the conditions of rules name as the pipeline’s source. */
export function triggersOfRules(rules: readonly YamlNode[], job: string | undefined): readonly Trigger[] {
  return rules.flatMap((rule) => {
    const condition = text(rule, 'if');
    if (condition === undefined || text(rule, 'when') === 'never') return [];
    const where = job === undefined ? {} : { job };
    return sourcesIn(condition).map((event) => ({ ...where, event, filters: [`if: ${condition}`], line: rule.line }));
  });
}

/** `$CI_PIPELINE_SOURCE == "schedule"`, `=~ /^(push|web)$/`; a variable that only merge requests or tags have. */
export function sourcesIn(condition: string): readonly string[] {
  const found = new Set<string>();
  for (const [, equal, pattern] of condition.matchAll(
    /\$\{?CI_PIPELINE_SOURCE\}?\s{0,5}(?:==\s{0,5}["']([\w-]{1,60})["']|=~\s{0,5}\/([^/]{1,200})\/)/g,
  )) {
    if (equal) found.add(equal);
    for (const [word] of (pattern ?? '').matchAll(/[a-z_]{3,40}/g)) found.add(word);
  }
  if (/\$\{?CI_MERGE_REQUEST_(?:ID|IID)\b/.test(condition)) found.add('merge_request_event');
  if (/\$\{?CI_COMMIT_TAG\b/.test(condition)) found.add('tag');
  return [...found];
}

export function triggersOfOnly(only: YamlNode | undefined, job: string): readonly Trigger[] {
  const refs = only?.kind === 'map' ? texts(only, 'refs') : texts(only);
  return refs.map(({ text: ref, line }) => {
    const event = SOURCES.get(ref);
    return {
      job,
      line,
      event: event ?? 'push',
      filters: event === undefined || ref === 'branches' ? [`only: ${ref}`] : [],
    };
  });
}

/** A manual start, wherever it is said; the conditions as one, so that a change of any shows. */
export function gatesOf(job: ReadonlyMap<string, YamlNode>, rules: readonly YamlNode[], name: string): readonly Gate[] {
  const line = job.get('rules')?.line ?? job.get('when')?.line ?? 1;
  const gates: Gate[] = [];
  if (text(job.get('when')) === 'manual' || rules.some((rule) => text(rule, 'when') === 'manual')) {
    gates.push({ job: name, kind: 'manual', line });
  }
  const except = texts(job.get('except')).map((ref) => `except: ${ref.text}`);
  const conditions = rules.map((rule) => describe(rule)).filter((rule) => rule !== '');
  const detail = [...conditions, ...except].join('; ');
  if (detail !== '') gates.push({ job: name, kind: 'condition', detail: detail.slice(0, DETAIL_LIMIT), line });
  return gates;
}

function describe(rule: YamlNode): string {
  const when = text(rule, 'when');
  const parts = [
    text(rule, 'if'),
    ...['changes', 'exists'].map((key) => {
      const paths = [...texts(rule, key), ...texts(rule, key, 'paths')].map((path) => path.text);
      return paths.length > 0 ? `${key}: ${paths.join(', ')}` : undefined;
    }),
    when === undefined ? undefined : `when ${when}`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
