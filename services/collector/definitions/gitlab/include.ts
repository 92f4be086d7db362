// What a GitLab definition takes from elsewhere: `include`, and what `trigger`, `needs` and `run` name
// (https://docs.gitlab.com/ci/yaml/#include).
import type { Pinning, Use } from '../../../core/definition.ts';
import { pinningOf, reference } from '../references.ts';
import { items, text, texts, type YamlNode } from '../yaml/node.ts';

export function includesOf(node: YamlNode | undefined): readonly Use[] {
  return items(node).flatMap((item) => includeOf(item));
}

function includeOf(node: YamlNode): readonly Use[] {
  const { line } = node;
  const plain = text(node);
  if (plain !== undefined) return [/^https?:\/\//.test(plain) ? remote(plain, false, line) : local(plain, line)];
  const uses: Use[] = [];
  for (const path of texts(node, 'local')) uses.push(local(path.text, line));
  const address = text(node, 'remote');
  if (address) uses.push(remote(address, text(node, 'integrity') !== undefined, line));
  const template = text(node, 'template');
  if (template) uses.push({ kind: 'template', name: template, pinned: 'none', line });
  const component = text(node, 'component');
  if (component) uses.push(componentUse(component, line));
  return [...uses, ...projectFiles(node)];
}

function local(name: string, line: number): Use {
  return { kind: 'include', name, pinned: 'local', line };
}

function remote(name: string, integrity: boolean, line: number): Use {
  return { kind: 'include', name, pinned: integrity ? 'digest' : 'none', line };
}

export function componentUse(component: string, line: number): Use {
  const { name, ref, pinned } = reference(component);
  // `~latest` is the newest release; a `$` in the name is the server’s own host.
  const firm: Pinning = ref === '~latest' ? 'none' : ref === undefined ? 'none' : pinningOf(ref);
  return {
    kind: 'component',
    name,
    ...(ref === undefined ? {} : { ref }),
    pinned: pinned === 'local' ? 'local' : firm,
    line,
  };
}

function projectFiles(node: YamlNode): readonly Use[] {
  const project = text(node, 'project');
  if (project === undefined) return [];
  const ref = text(node, 'ref');
  const files = texts(node, 'file').map((file) => file.text);
  return (files.length > 0 ? files : ['']).map((file) => ({
    kind: 'include',
    name: file === '' ? project : `${project}:${file}`,
    ...(ref === undefined ? {} : { ref }),
    pinned: pinningOf(ref),
    line: node.line,
  }));
}

/** The pipelines that a job starts, and the projects whose artifacts it takes. */
export function downstreamOf(
  job: ReadonlyMap<string, YamlNode>,
  name: string,
  needs: readonly YamlNode[],
): readonly Use[] {
  const trigger = job.get('trigger');
  const uses: Use[] = [];
  const project = text(trigger) ?? text(trigger, 'project');
  if (trigger && project) uses.push(pipeline(project, text(trigger, 'branch'), trigger.line));
  if (trigger?.kind === 'map') uses.push(...includesOf(trigger.entries.get('include')));
  for (const need of needs) {
    const other = text(need, 'project');
    const ref = text(need, 'ref');
    if (other)
      uses.push({ kind: 'repository', name: other, ...(ref ? { ref } : {}), pinned: pinningOf(ref), line: need.line });
  }
  for (const step of items(job.get('run'))) {
    const used = text(step, 'step') ?? text(step, 'func');
    if (used) uses.push(componentUse(used, step.line));
  }
  return uses.map((use) => ({ ...use, job: name }));
}

function pipeline(name: string, ref: string | undefined, line: number): Use {
  return { kind: 'pipeline', name, ...(ref === undefined ? {} : { ref }), pinned: pinningOf(ref), line };
}
