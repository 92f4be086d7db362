// Where a job runs: `runs-on` as text, list or group, with what its matrix can make of it
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idruns-on).
import type { Runner } from '../../../core/definition.ts';
import { allTexts, at, items, text, texts, type YamlNode } from '../yaml/node.ts';
import { expressionsIn } from './expressions.ts';

/** GitHub's own (https://docs.github.com/en/actions/reference/runners/github-hosted-runners); larger ones are named freely. */
const HOSTED = /^(?:ubuntu|windows|macos)-(?:latest|slim|\d[\w.-]*)(?:-[\w-]+)?$/;

export function runnerOf(job: YamlNode, name: string): Runner | undefined {
  const node = at(job, 'runs-on');
  if (!node) return undefined;
  const labels = texts(node.kind === 'map' ? at(node, 'labels') : node).map((label) => label.text);
  const group = text(node, 'group');
  if (labels.length === 0 && group === undefined) return undefined;
  const choices = labels.some((label) => label.includes('${{')) ? choicesOf(job, labels) : undefined;
  return { job: name, line: node.line, labels, ...runnerKind(labels, choices, group) };
}

export function runnerKind(
  labels: readonly string[],
  choices: readonly string[] | undefined,
  group?: string,
): Pick<Runner, 'choices' | 'group' | 'self_hosted'> {
  const self = selfHosted([...labels, ...(choices ?? [])]);
  return {
    ...(choices && choices.length > 0 ? { choices } : {}),
    ...(group === undefined ? {} : { group }),
    ...(self === undefined ? {} : { self_hosted: self }),
  };
}

function selfHosted(labels: readonly string[]): boolean | undefined {
  // `fromJSON('["self-hosted"]')` says it within an expression.
  if (labels.some((label) => /(?:^|[^\w-])self-hosted(?:$|[^\w-])/i.test(label))) return true;
  const plain = labels.filter((label) => !label.includes('${{'));
  return plain.length > 0 && plain.every((label) => HOSTED.test(label.toLowerCase())) ? false : undefined;
}

/** The literal values that `matrix.name` has, over the matrix and its `include`, and literals within the expression. */
function choicesOf(job: YamlNode, labels: readonly string[]): readonly string[] {
  const matrix = at(job, 'strategy', 'matrix');
  const found = new Set<string>();
  for (const { text: expression } of labels.flatMap(expressionsIn)) {
    for (const [, literal = ''] of expression.matchAll(/'([^']{1,100})'/g))
      if (HOSTED.test(literal)) found.add(literal);
    for (const [, path = ''] of expression.matchAll(/\bmatrix\.([\w.-]{1,100})/g)) {
      const [key = '', ...rest] = path.split('.');
      const values = [...items(matrix, key), ...items(matrix, 'include').map((entry) => at(entry, key) ?? EMPTY)];
      for (const value of values) for (const { text: label } of allTexts(at(value, ...rest) ?? EMPTY)) found.add(label);
    }
  }
  return [...found].filter((label) => !label.includes('${{')).slice(0, 50);
}

const EMPTY: YamlNode = { kind: 'list', items: [], line: 1 };
