// The steps of a job or of a composite action
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsteps).
import type { Checkout } from '../../../core/definition.ts';
import { addImage, addScript, addUse, type Draft, titleOf } from '../draft.ts';
import { reference } from '../references.ts';
import { allTexts, at, items, text, type YamlNode } from '../yaml/node.ts';
import { expressionsIn, isUntrusted, secretsIn, untrustedIn } from './expressions.ts';

export interface StepScope {
  /** Undefined: of a composite action. */
  readonly job: string | undefined;
  /** The shell of `run` steps that name none. */
  readonly shell: string | undefined;
}

/** Puts in what the steps do; gives their names. */
export function readSteps(draft: Draft, steps: YamlNode | undefined, scope: StepScope): readonly string[] {
  return items(steps).map((step, index) => {
    const name = stepName(step, index);
    readStep(draft, step, name, scope);
    return name;
  });
}

function stepName(step: YamlNode, index: number): string {
  return text(step, 'name') ?? text(step, 'id') ?? actionName(step) ?? runTitle(step) ?? `step ${index + 1}`;
}

/** As GitHub shows it. */
function runTitle(step: YamlNode): string | undefined {
  const run = text(step, 'run');
  return run === undefined ? undefined : `Run ${titleOf(run)}`;
}

/** Without its reference: a step is the same when its action moves on. */
function actionName(step: YamlNode): string | undefined {
  const uses = text(step, 'uses');
  return uses === undefined ? undefined : reference(uses).name;
}

function readStep(draft: Draft, step: YamlNode, name: string, scope: StepScope): void {
  const uses = text(step, 'uses');
  if (uses) readUse(draft, step, uses, name, scope.job);
  const run = at(step, 'run');
  if (run?.kind === 'text' && run.text !== '') {
    const place = { job: scope.job, step: name, shell: text(step, 'shell') ?? scope.shell };
    addScript(draft, { ...place, untrusted: untrustedIn(run.text) }, run.text, run.line);
  }
}

/** Inputs that an action runs as code: the script of github-script, `run` and `command` of the many that wrap a shell. */
const CODE_INPUTS = ['script', 'run', 'command', 'commands', 'cmd', 'inlineScript', 'prepare'];

function readUse(draft: Draft, step: YamlNode, uses: string, name: string, job: string | undefined): void {
  const line = at(step, 'uses')?.line ?? step.line;
  if (uses.startsWith('docker://')) addImage(draft, uses, { job, line, role: 'step' });
  else addUse(draft, uses, { kind: 'action', job, step: name, line });
  if (/^actions\/checkout@/i.test(uses)) readCheckout(draft, step, job);
  for (const input of CODE_INPUTS) {
    const code = at(step, 'with', input);
    if (code?.kind !== 'text' || code.text === '') continue;
    const shell = /\/github-script@/i.test(uses) ? 'node' : undefined;
    addScript(draft, { job, step: name, shell, untrusted: untrustedIn(code.text) }, code.text, code.line);
  }
}

function readCheckout(draft: Draft, step: YamlNode, job: string | undefined): void {
  const ref = text(step, 'with', 'ref');
  const repository = text(step, 'with', 'repository');
  if (ref === undefined && repository === undefined) return;
  const checkout: Checkout = {
    ...(job === undefined ? {} : { job }),
    line: step.line,
    ...(ref === undefined ? {} : { ref }),
    ...(repository === undefined ? {} : { repository }),
    untrusted: [ref, repository].some((value) => value !== undefined && isProposal(value)),
  };
  draft.checkouts.push(checkout);
}

/** The head of a pull request, of the run that a pull request started, or a merge of it. */
export function isProposal(value: string): boolean {
  if (/^refs\/pull\//.test(value)) return true;
  return expressionsIn(value).some(
    ({ text: expression }) =>
      isUntrusted(expression) ||
      /\bgithub\.event\.(?:pull_request\.(?:head|merge_commit_sha)|workflow_run\.head|issue\.number|number)\b/.test(
        expression,
      ),
  );
}

/** Secrets named anywhere below a node, each once. */
export function readSecrets(draft: Draft, node: YamlNode, job: string | undefined): void {
  const known = new Set<string>();
  for (const { text: value, line } of allTexts(node)) {
    // An `if` is an expression without its braces.
    const expressions = value.includes('${{') ? expressionsIn(value).map((found) => found.text) : bare(value);
    for (const name of expressions.flatMap(secretsIn)) {
      if (known.has(name)) continue;
      known.add(name);
      draft.secrets.push({ ...(job === undefined ? {} : { job }), line, name, via: 'expression' });
    }
  }
}

function bare(value: string): readonly string[] {
  return value.length < 500 && /\bsecrets\.[A-Za-z_]/.test(value) && !value.includes('\n') ? [value] : [];
}
