// What makes a change of a definition dangerous, read from what a reader of definitions said of it.
import type { ActivityDetails } from '../../services/core/activity-details.ts';
import { isObject } from '../../services/core/json.ts';

/** Events that a stranger can cause while the run has the repository's own token and secrets. */
const STRANGERS = new Set(['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion']);
/** Signs in a script that hide what runs, or take what the job holds. */
const SIGNS = new Set([
  'pipe-to-shell',
  'decode-to-shell',
  'encoded-text',
  'ifs',
  'hex',
  'env-sent',
  'env-dump',
  'memory-read',
  'dev-tcp',
  'remote-shell',
  'metadata-service',
  'outlive-job',
]);
const MOST = 5;

/** Each a few words: `trigger pull_request_target`, `secret NPM_TOKEN`. None where nothing was told of the content. */
export function risksIn({ delta }: ActivityDetails['definition']): readonly string[] {
  if (!isObject(delta)) return [];
  const risks = [
    ...addedIn(delta.triggers).flatMap(({ event }) => (isIn(STRANGERS, event) ? [`trigger ${event}`] : [])),
    ...addedIn(delta.permissions).flatMap(({ scope, access }) =>
      access === 'write' && typeof scope === 'string' ? [`permission to write ${scope}`] : [],
    ),
    ...addedIn(delta.secrets).flatMap(({ name }) =>
      typeof name === 'string' ? [name === '*' ? 'all secrets' : `secret ${name}`] : [],
    ),
    ...addedIn(delta.scripts).flatMap(({ signs, network, untrusted }) => [
      ...itemsOf(signs).flatMap(({ kind }) => (isIn(SIGNS, kind) ? [`a script with ${kind}`] : [])),
      ...itemsOf(network).flatMap(({ tool, sends }) =>
        sends === true && typeof tool === 'string' ? [`${tool} that sends data`] : [],
      ),
      ...(Array.isArray(untrusted) && untrusted.length > 0 ? ['text that strangers write in a script'] : []),
    ]),
  ];
  return [...new Set(risks)].slice(0, MOST);
}

function addedIn(changes: unknown): readonly Record<string, unknown>[] {
  if (!isObject(changes)) return [];
  const changed = itemsOf(changes.changed).map(({ after }) => after);
  return [...itemsOf(changes.added), ...changed.filter(isObject)];
}

function itemsOf(list: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isIn(set: ReadonlySet<string>, value: unknown): value is string {
  return typeof value === 'string' && set.has(value);
}
