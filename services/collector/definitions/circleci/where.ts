// Where a CircleCI job runs: its executor, images, resource class
// (https://circleci.com/docs/guides/execution-managed/executor-intro/).
import { addImage, type Draft, isFull } from '../draft.ts';
import { secretVariables } from '../variables.ts';
import { allTexts, at, items, text, type YamlNode } from '../yaml/node.ts';

export function readWhere(draft: Draft, root: YamlNode, name: string, job: YamlNode): void {
  const executor = at(job, 'executor');
  const shared = at(root, 'executors', text(executor) ?? text(executor, 'name') ?? '');
  const of = (key: string) => at(job, key) ?? at(shared, key);
  const labels: string[] = [];
  const machine = of('machine');
  const macos = of('macos');
  const resource = of('resource_class');
  const docker = of('docker');
  if (machine) labels.push('machine', ...[text(machine, 'image')].filter((image) => image !== undefined));
  if (macos) labels.push('macos', ...[text(macos, 'xcode')].filter((xcode) => xcode !== undefined));
  if (docker) labels.push('docker');
  if (executor && !shared) labels.push(text(executor) ?? text(executor, 'name') ?? '');
  const size = text(resource);
  if (size !== undefined) labels.push(size);
  const line = (resource ?? executor ?? machine ?? macos ?? docker ?? job).line;
  if (labels.length > 0) draft.runners.push({ job: name, labels, line, ...ownership(size) });
  if (isFull(draft.images) || isFull(draft.secrets)) return;
  for (const [index, image] of items(docker).entries()) readImage(draft, image, name, index);
}

/** A class of one’s own is `namespace/name`; CircleCI’s are sizes, and a few with their maker’s name. */
export function ownership(size: string | undefined): { self_hosted?: boolean } {
  if (size === undefined || size.includes('<<')) return {};
  return { self_hosted: /^[\w.-]+\/[\w.-]+$/.test(size) };
}

function readImage(draft: Draft, node: YamlNode, job: string, index: number): void {
  const image = text(node, 'image');
  if (image) addImage(draft, image, { job, line: node.line, role: index === 0 ? 'job' : 'service' });
  for (const key of ['auth', 'aws_auth', 'environment']) {
    const value = at(node, key);
    for (const variable of value ? allTexts(value).flatMap((found) => secretVariables(found.text)) : []) {
      draft.secrets.push({ job, line: node.line, name: variable, via: 'variable' });
    }
  }
}
