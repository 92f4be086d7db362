// CircleCI steps: `run`, commands of orbs and of the file, steps within conditions
// (https://circleci.com/docs/reference/configuration-reference/#steps).
import { addScript, type Draft, titleOf } from '../draft.ts';
import { at, items, text, texts, type YamlMap, type YamlNode } from '../yaml/node.ts';

const DEPTH_LIMIT = 10;

/** Values that come from who pushes: names of branches and tags, texts of commits and pull requests. */
const PASTED =
  /<<\s{0,9}(pipeline\.(?:git\.(?:branch|tag)|trigger_parameters\.[\w.]{0,80}(?:branch|tag|ref|title|message|body|author\w*)|event\.[\w.]{0,80}(?:title|message|body|ref|name|label|email)))\s{0,9}>>/g;

export interface StepScope {
  readonly job: string;
  readonly shell: string | undefined;
}

/** Puts in what the steps do; gives their names. */
export function readSteps(draft: Draft, steps: YamlNode | undefined, scope: StepScope, depth = 0): readonly string[] {
  if (depth > DEPTH_LIMIT) return [];
  return items(steps).flatMap((step) => readStep(draft, step, scope, depth));
}

function readStep(draft: Draft, step: YamlNode, scope: StepScope, depth: number): readonly string[] {
  const plain = text(step);
  if (plain !== undefined) return [plain];
  if (step.kind !== 'map') return [];
  const run = step.entries.get('run');
  if (run) return [readRun(draft, run, scope)];
  return [...step.entries].flatMap(([name, node]) => [
    ...(name === 'when' || name === 'unless' ? [] : [name]),
    ...readOther(draft, name, node, scope, depth),
  ]);
}

function readRun(draft: Draft, run: YamlNode, { job, shell }: StepScope): string {
  const command = run.kind === 'text' ? run : at(run, 'command');
  const name = text(run, 'name') ?? titleOf(command?.kind === 'text' ? command.text : '');
  if (command?.kind === 'text' && command.text !== '') {
    const untrusted = [...new Set([...command.text.matchAll(PASTED)].map(([, value = '']) => value))];
    addScript(draft, { job, step: name, shell: text(run, 'shell') ?? shell, untrusted }, command.text, command.line);
  }
  return name;
}

/** Steps that another step is given: those of a condition, and those that an orb’s command takes as a parameter. */
function readOther(draft: Draft, name: string, node: YamlNode, scope: StepScope, depth: number): readonly string[] {
  if (name === 'add_ssh_keys') {
    const keys = texts(node, 'fingerprints');
    const names = keys.length > 0 ? keys : [{ text: '*', line: node.line }];
    for (const { text: key, line } of names) {
      draft.secrets.push({
        job: scope.job,
        line,
        name: key === '*' ? 'ssh keys' : `ssh key ${key}`,
        via: 'credential',
      });
    }
  }
  if (node.kind !== 'map') return [];
  return [...node.entries.values()].flatMap((value) =>
    isSteps(value) ? readSteps(draft, value, scope, depth + 1) : [],
  );
}

function isSteps(node: YamlNode): boolean {
  const known = (item: YamlNode): item is YamlMap =>
    item.kind === 'map' && ['run', 'when', 'unless'].some((key) => item.entries.has(key));
  return node.kind === 'list' && node.items.some(known);
}
