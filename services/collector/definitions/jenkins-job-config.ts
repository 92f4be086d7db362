// A Jenkins job as it is stored: `config.xml`. Each plug-in writes its own elements, named by its class; what matters is
// told by their names (https://www.jenkins.io/doc/book/managing/ and the plug-ins’ own pages).
import type { Definition } from '../../core/definition.ts';
import { allElements, childText, readXml, type XmlElement } from '../../core/xml.ts';
import { addScript, type Draft, finish, linesOf, startDraft } from './draft.ts';
import { readGroovy } from './jenkinsfile.ts';
import { pinningOf } from './references.ts';
import { withinSize } from './size.ts';
import { addVariableSecrets } from './variables.ts';

/** Elements that hold a script, by their class; the language of each. */
const BUILDERS: readonly (readonly [RegExp, string | undefined])[] = [
  [/\.Shell$|\.RemoteShell|SSHBuilder|ExecuteShell/i, undefined],
  [/\.BatchFile$/, 'cmd'],
  [/PowerShell$/, 'powershell'],
  [/\.Python/, 'python'],
];

export function readJobConfig(path: string, source: string): Definition {
  const draft = startDraft();
  readJob(draft, withinSize(source, draft.problems), 1);
  if (draft.jobs.length === 0) draft.problems.push({ message: 'a job is an XML document' });
  return finish(draft, { system: 'jenkins', path }, linesOf(source));
}

/** `firstLine`: where the text begins in its file. */
export function readJob(draft: Draft, source: string, firstLine: number): void {
  const root = readXml(source, draft.problems, firstLine);
  const steps: string[] = [];
  const variables = new Set<string>();
  for (const element of allElements(root)) {
    readElement(draft, element);
    const step = readStep(draft, element, variables);
    if (step !== undefined) steps.push(step);
    if (/^(?:variable|\w+Variable)$/.test(element.name)) variables.add(element.text.trim());
  }
  // On the first level only in a part of a file.
  const [script] = root.children.filter(({ name }) => name === 'command');
  if (script) addScript(draft, { step: '' }, script.text, script.textLine);
  addVariableSecrets(draft, variables);
  const [job] = root.children;
  if (job) draft.jobs.push({ name: 'job', steps, line: job.line });
}

/** The class without its package. */
function className(element: XmlElement): string {
  const name = element.attributes.get('class') ?? element.name;
  return name.slice(name.lastIndexOf('.') + 1);
}

function readElement(draft: Draft, element: XmlElement): void {
  const { name, line } = element;
  const text = element.text.trim();
  if (name === 'triggers') draft.triggers.push(...element.children.map(triggerOf));
  else if (name === 'authToken' && text !== '') draft.triggers.push({ event: 'remote', filters: [], line });
  else if (name === 'permission') readPermission(draft, text, line);
  else if (name === 'assignedNode' && text !== '') draft.runners.push({ labels: [text], line });
  else if (name === 'credentialsId' && text !== '') draft.secrets.push({ name: text, via: 'credential', line });
  else if (name === 'scm' || name === 'hudson.plugins.git.GitSCM') readRepository(draft, element);
  else if (name === 'childProjects' || name === 'projects') {
    for (const project of text.split(',').map((each) => each.trim())) {
      if (project !== '') draft.uses.push({ kind: 'pipeline', name: project, pinned: 'none', line });
    }
  } else if (name === 'disabled' && text === 'true') draft.gates.push({ kind: 'condition', detail: 'disabled', line });
  else if (name === 'sandbox' && text === 'true')
    draft.gates.push({ kind: 'condition', detail: 'Groovy sandbox', line });
}

function triggerOf(trigger: XmlElement): Draft['triggers'][number] {
  const said = ['spec', 'upstreamProjects', 'token'].flatMap((key) => {
    const value = childText(trigger, key);
    // A token in a trigger is a secret: that there is one is what counts.
    return value === undefined ? [] : [key === 'token' ? 'token' : `${key}: ${value.replace(/\s+/g, ' ')}`];
  });
  return { event: className(trigger), filters: said.sort(), line: trigger.line };
}

/** `hudson.model.Item.Build:alice`, newer ones with `USER:` or `GROUP:` before it. */
function readPermission(draft: Draft, text: string, line: number): void {
  const [, scope, subject] = /^(?:(?:USER|GROUP|EITHER):)?([\w.]{1,200}):(.{1,200})$/.exec(text) ?? [];
  if (scope && subject) draft.permissions.push({ scope, access: 'granted', subject, line });
}

function readRepository(draft: Draft, scm: XmlElement): void {
  const below = allElements(scm);
  const branch = below.find(({ name }) => name === 'branches');
  const ref =
    branch &&
    allElements(branch)
      .find(({ name }) => name === 'name')
      ?.text.trim();
  for (const { name, text, line } of below) {
    if (name !== 'url' && name !== 'remote') continue;
    const pinned = pinningOf(ref?.replace(/^\*\//, ''));
    draft.uses.push({ kind: 'repository', name: text.trim(), ...(ref ? { ref } : {}), pinned, line });
  }
}

/** A script, and the name of the step that it is. */
function readStep(draft: Draft, element: XmlElement, variables: Set<string>): string | undefined {
  const kind = element.attributes.get('class') ?? element.name;
  if (element.name === 'scriptPath') return `script path ${element.text.trim()}`;
  if (/CpsFlowDefinition$/.test(kind)) {
    const script = element.children.find(({ name }) => name === 'script');
    if (script) for (const name of readGroovy(draft, script.text, script.textLine)) variables.add(name);
    return className(element);
  }
  const builder = BUILDERS.find(([pattern]) => pattern.test(kind));
  const command = element.children.find(({ name }) => name === 'command' || name === 'script');
  if (builder && command)
    addScript(draft, { step: className(element), shell: builder[1] }, command.text, command.textLine);
  else if (command && /groovy/i.test(kind)) readGroovyStep(draft, command, className(element));
  return command && element.name !== 'script' ? className(element) : undefined;
}

/** Groovy of a build step: `script` within a source, or the text itself. */
function readGroovyStep(draft: Draft, command: XmlElement, step: string): void {
  const script = allElements(command).find(({ text }) => text.trim() !== '');
  if (!script) return;
  readGroovy(draft, script.text, script.textLine);
  draft.scripts.push({
    step,
    line: script.textLine,
    shell: 'groovy',
    text: script.text,
    network: [],
    signs: [],
    untrusted: [],
  });
}
