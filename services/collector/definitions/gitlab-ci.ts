// GitLab definitions: `.gitlab-ci.yml` and the files that it includes. Format: https://docs.gitlab.com/ci/yaml/.
import type { Definition } from '../../core/definition.ts';
import { addImage, addScript, type Draft, finish, linesOf, startDraft } from './draft.ts';
import { downstreamOf, includesOf } from './gitlab/include.ts';
import { type Resolver, referenced, resolveJob, spend, startResolving } from './gitlab/resolve.ts';
import { gatesOf, triggersOfOnly, triggersOfRules } from './gitlab/rules.ts';
import { addVariableSecrets } from './variables.ts';
import { loadYaml } from './yaml/load.ts';
import { at, entries, text, texts, type YamlMap, type YamlNode } from './yaml/node.ts';

/** Keys of the first level that are no job. */
const KEYWORDS = new Set(
  'default include stages variables workflow image services before_script after_script cache spec types'.split(' '),
);
const SECTIONS = ['before_script', 'script', 'after_script'] as const;

/** Variables that hold what a stranger wrote; a danger where they become part of a program. */
const PASTED =
  /(?:\beval|\b(?:ba|z|da)?sh +-\w{0,4}c|\b(?:python3?|perl|node|ruby) +-[ce])\b[^\n]{0,500}?\$\{?(CI_(?:COMMIT_(?:MESSAGE|TITLE|DESCRIPTION|BRANCH|REF_NAME|TAG_MESSAGE|AUTHOR)|MERGE_REQUEST_(?:TITLE|DESCRIPTION|SOURCE_BRANCH_NAME|LABELS)|EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME))\b/g;

export function readGitlabCi(path: string, source: string): Definition {
  const { roots, problems } = loadYaml(source);
  const draft = startDraft(problems);
  // A header of inputs stands in a document of its own.
  const root = roots.findLast((document) => document.kind === 'map' && !document.entries.has('spec')) ?? roots[0];
  if (root?.kind === 'map') readPipeline(draft, root);
  else draft.problems.push({ message: 'a pipeline is a map' });
  return finish(draft, { system: 'gitlab', path }, linesOf(source));
}

function readPipeline(draft: Draft, root: YamlMap): void {
  const resolver = startResolving(root, draft.problems);
  draft.uses.push(...includesOf(root.entries.get('include')));
  draft.triggers.push(...triggersOfRules(referenced(resolver, at(root, 'workflow', 'rules')), undefined));
  const known = new Set(entries(root, 'variables').keys());
  const extended = new Set(
    [...root.entries.values()].flatMap((node) => texts(node, 'extends').map((name) => name.text)),
  );
  for (const [name, node] of root.entries) {
    // A template that nobody extends here is for those who include this file.
    const template = name.startsWith('.') && extended.has(name);
    if (KEYWORDS.has(name) || template || node.kind !== 'map') continue;
    const job = resolveJob(resolver, name);
    const variables = entries(job.get('variables'));
    if (spend(resolver, variables.size)) for (const variable of variables.keys()) known.add(variable);
    readJob(draft, resolver, name, node, job);
  }
  addVariableSecrets(draft, known);
}

function readJob(
  draft: Draft,
  resolver: Resolver,
  name: string,
  node: YamlNode,
  job: ReadonlyMap<string, YamlNode>,
): void {
  const rules = referenced(resolver, job.get('rules'));
  draft.triggers.push(...triggersOfRules(rules, name), ...triggersOfOnly(job.get('only'), name));
  draft.gates.push(...gatesOf(job, rules, name));
  draft.uses.push(...downstreamOf(job, name, referenced(resolver, job.get('needs'))));
  readEnvironment(draft, job.get('environment'), name);
  // What starts another pipeline runs nowhere itself.
  if (!job.has('trigger')) {
    readImages(draft, resolver, job, name);
    readTags(draft, resolver, job, name);
  }
  readCredentials(draft, job, name);
  const sections = SECTIONS.filter((section) => addSection(draft, resolver, name, section, job.get(section)));
  const hook = at(job.get('hooks'), 'pre_get_sources_script');
  if (hook) addSection(draft, resolver, name, 'pre_get_sources_script', hook);
  const steps = referenced(resolver, job.get('run')).map((step, index) => readRunStep(draft, step, name, index));
  draft.jobs.push({ name, steps: [...sections, ...steps], line: node.line });
}

/** `saas-…` are GitLab’s own (https://docs.gitlab.com/ci/runners/hosted_runners/). */
function readTags(draft: Draft, resolver: Resolver, job: ReadonlyMap<string, YamlNode>, name: string): void {
  const tags = referenced(resolver, job.get('tags'));
  const [first] = tags;
  if (!first) return;
  const labels = tags.map((tag) => text(tag) ?? '');
  const hosted = labels.every((label) => label.startsWith('saas-')) ? { self_hosted: false } : {};
  draft.runners.push({ job: name, labels, line: first.line, ...hosted });
}

function readRunStep(draft: Draft, step: YamlNode, job: string, index: number): string {
  const name = text(step, 'name') ?? `step ${index + 1}`;
  const script = at(step, 'script');
  if (script?.kind === 'text' && script.text !== '') addScript(draft, { job, step: name }, script.text, script.line);
  return name;
}

function addSection(draft: Draft, resolver: Resolver, job: string, step: string, node: YamlNode | undefined): boolean {
  const lines = referenced(resolver, node).filter((item) => item.kind === 'text');
  const [first] = lines;
  if (!first) return false;
  let script = '';
  let next = first.line;
  for (const { text: command, line } of lines) {
    // Blank lines where comments stood, so that every line keeps its number.
    if (line > next && line - next < 100) script += '\n'.repeat(line - next);
    next = Math.max(line, next);
    const whole = command.endsWith('\n') ? command : `${command}\n`;
    script += whole;
    next += whole.split('\n').length - 1;
  }
  const untrusted = [...new Set([...script.matchAll(PASTED)].map(([, variable = '']) => variable))];
  addScript(draft, { job, step, untrusted }, script, first.line);
  return true;
}

function readEnvironment(draft: Draft, node: YamlNode | undefined, job: string): void {
  const name = text(node) ?? text(node, 'name');
  const url = text(node, 'url');
  if (node && name) draft.environments.push({ job, name, line: node.line, ...(url === undefined ? {} : { url }) });
}

function readImages(draft: Draft, resolver: Resolver, job: ReadonlyMap<string, YamlNode>, name: string): void {
  const image = job.get('image');
  const spelled = text(image) ?? text(image, 'name');
  if (image && spelled) addImage(draft, spelled, { job: name, line: image.line, role: 'job' });
  for (const service of referenced(resolver, job.get('services'))) {
    const used = text(service) ?? text(service, 'name');
    if (used) addImage(draft, used, { job: name, line: service.line, role: 'service' });
  }
}

/** `id_tokens` are for whom they name; `secrets` come from a vault (https://docs.gitlab.com/ci/secrets/). */
function readCredentials(draft: Draft, job: ReadonlyMap<string, YamlNode>, name: string): void {
  for (const token of entries(job.get('id_tokens')).values()) {
    for (const audience of texts(token, 'aud')) {
      draft.permissions.push({
        job: name,
        line: audience.line,
        scope: 'id-token',
        access: 'granted',
        subject: audience.text,
      });
    }
  }
  for (const [variable, secret] of entries(job.get('secrets'))) {
    draft.secrets.push({ job: name, line: secret.line, name: variable, via: 'vault' });
  }
}
