// The GITHUB_TOKEN's permissions, as a workflow or a job sets them
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions).
import type { Permission } from '../../../core/definition.ts';
import { at, entries, text, type YamlNode } from '../yaml/node.ts';

/** Every scope, with the most that can be granted. `repository-projects` is of older servers. */
const SCOPES: ReadonlyMap<string, 'read' | 'write'> = new Map([
  ['actions', 'write'],
  ['artifact-metadata', 'write'],
  ['attestations', 'write'],
  ['checks', 'write'],
  ['code-quality', 'write'],
  ['contents', 'write'],
  ['deployments', 'write'],
  ['discussions', 'write'],
  ['id-token', 'write'],
  ['issues', 'write'],
  ['models', 'read'],
  ['packages', 'write'],
  ['pages', 'write'],
  ['pull-requests', 'write'],
  ['repository-projects', 'write'],
  ['security-events', 'write'],
  ['statuses', 'write'],
  ['vulnerability-alerts', 'read'],
]);

export function isScope(name: string): boolean {
  return SCOPES.has(name);
}

export function accessOf(text: string | undefined): 'read' | 'write' | 'none' | undefined {
  return text === 'read' || text === 'write' || text === 'none' ? text : undefined;
}

/** `read-all` and `write-all` as one permission a scope; OIDC tokens cannot be read, so `read-all` gives none. */
export function allScopes(all: string, fact: { readonly job?: string; readonly line: number }): readonly Permission[] {
  const wanted = all === 'write-all' ? 'write' : all === 'read-all' ? 'read' : undefined;
  if (!wanted) return [];
  return [...SCOPES]
    .filter(([scope]) => wanted === 'write' || scope !== 'id-token')
    .map(([scope, most]) => ({ ...fact, scope, access: most === 'read' ? 'read' : wanted, all: true }));
}

/** What the `permissions` of a workflow or a job grant. An empty map grants nothing: scope `*`, access `none`. */
export function permissionsOf(node: YamlNode | undefined, job?: string): readonly Permission[] {
  const found = at(node, 'permissions');
  if (!found) return [];
  const where = job === undefined ? {} : { job };
  const all = text(found);
  if (all !== undefined) return allScopes(all, { ...where, line: found.line });
  if (found.kind !== 'map') return [];
  if (found.entries.size === 0) return [{ ...where, line: found.line, scope: '*', access: 'none' }];
  return [...entries(found)].flatMap(([scope, value]) => {
    const access = accessOf(text(value));
    return access ? [{ ...where, line: value.line, scope, access }] : [];
  });
}
