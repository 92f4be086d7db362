// GitHub workflows, reusable ones too, and actions (`action.yml`); Gitea and Forgejo read the same grammar. Formats:
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax and …/metadata-syntax.
import type { Definition, Environment } from '../../core/definition.ts';
import { addImage, addScript, addUse, type Draft, finish, linesOf, startDraft } from './draft.ts';
import { permissionsOf } from './github/permissions.ts';
import { runnerOf } from './github/runners.ts';
import { readSecrets, readSteps } from './github/steps.ts';
import { triggersOf } from './github/triggers.ts';
import { loadYaml } from './yaml/load.ts';
import { at, entries, text, texts, type YamlMap, type YamlNode } from './yaml/node.ts';

export function readGithubWorkflow(path: string, source: string): Definition {
  return readMap(path, source, readWorkflow);
}

export function readGithubAction(path: string, source: string): Definition {
  return readMap(path, source, readAction);
}

function readMap(path: string, source: string, read: (draft: Draft, root: YamlMap) => void): Definition {
  const { roots, problems } = loadYaml(source);
  const draft = startDraft(problems);
  const [root] = roots;
  if (root?.kind === 'map') read(draft, root);
  else draft.problems.push({ message: 'workflows and actions are maps' });
  return finish(draft, { system: 'github', path }, linesOf(source));
}

function readWorkflow(draft: Draft, root: YamlMap): void {
  draft.triggers.push(...triggersOf(root.entries.get('on')));
  draft.permissions.push(...permissionsOf(root));
  for (const [key, node] of root.entries) if (key !== 'jobs') readSecrets(draft, node, undefined);
  const shell = text(root, 'defaults', 'run', 'shell');
  for (const [name, job] of entries(root, 'jobs')) readJob(draft, name, job, shell);
}

function readJob(draft: Draft, name: string, job: YamlNode, defaultShell: string | undefined): void {
  const shell = text(job, 'defaults', 'run', 'shell') ?? defaultShell;
  const steps = readSteps(draft, at(job, 'steps'), { job: name, shell });
  draft.jobs.push({ name, steps, line: job.line });
  draft.permissions.push(...permissionsOf(job, name));
  const runner = runnerOf(job, name);
  if (runner) draft.runners.push(runner);
  const condition = at(job, 'if');
  if (text(condition))
    draft.gates.push({
      job: name,
      line: condition?.line ?? job.line,
      kind: 'condition',
      detail: text(condition) ?? '',
    });
  const environment = environmentOf(job, name);
  if (environment) draft.environments.push(environment);
  readImages(draft, name, job);
  readCall(draft, name, job);
  readSecrets(draft, job, name);
}

function environmentOf(job: YamlNode, name: string): Environment | undefined {
  const node = at(job, 'environment');
  const environment = text(node) ?? text(node, 'name');
  const url = text(node, 'url');
  return environment === undefined || node === undefined
    ? undefined
    : { job: name, line: node.line, name: environment, ...(url === undefined ? {} : { url }) };
}

function readImages(draft: Draft, name: string, job: YamlNode): void {
  const container = at(job, 'container');
  const image = text(container) ?? text(container, 'image');
  if (container && image) addImage(draft, image, { job: name, line: container.line, role: 'job' });
  if (container) readOptions(draft, name, 'container options', container);
  for (const [alias, service] of entries(job, 'services')) {
    const serviceImage = text(service, 'image');
    if (serviceImage) addImage(draft, serviceImage, { job: name, line: service.line, role: 'service' });
    readOptions(draft, name, `${alias} options`, service);
  }
}

/** Options of `docker create` and mounts: `--privileged`, the socket of the engine. */
function readOptions(draft: Draft, job: string, step: string, container: YamlNode): void {
  const options = [...texts(container, 'options'), ...texts(container, 'volumes')];
  const [first] = options;
  if (first) addScript(draft, { job, step }, options.map((option) => option.text).join('\n'), first.line);
}

/** A job that calls a reusable workflow. */
function readCall(draft: Draft, name: string, job: YamlNode): void {
  const uses = at(job, 'uses');
  const called = text(uses);
  if (uses && called) addUse(draft, called, { kind: 'workflow', job: name, line: uses.line });
  const secrets = at(job, 'secrets');
  if (secrets && text(secrets) === 'inherit') {
    draft.secrets.push({ job: name, line: secrets.line, name: '*', via: 'inherit' });
  }
}

function readAction(draft: Draft, root: YamlMap): void {
  const runs = at(root, 'runs');
  const using = text(runs, 'using');
  const files = ['pre', 'main', 'post', 'entrypoint', 'pre-entrypoint', 'post-entrypoint', 'image'];
  const named = files.flatMap((key) => texts(runs, key).map((file) => `${key}: ${file.text}`));
  const steps = readSteps(draft, at(runs, 'steps'), { job: undefined, shell: undefined });
  if (runs) draft.jobs.push({ name: 'runs', steps: [...named, ...steps], line: runs.line });
  const image = at(runs, 'image');
  const imageName = text(image);
  if (using?.toLowerCase() === 'docker' && image && imageName?.startsWith('docker://')) {
    addImage(draft, imageName, { line: image.line, role: 'step' });
  }
  readSecrets(draft, root, undefined);
}
