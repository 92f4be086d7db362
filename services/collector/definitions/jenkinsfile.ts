// Jenkinsfiles: declarative pipelines, and scripted ones as far as their calls can be told. Nothing is run, so what Groovy
// works out stays unknown. Syntax: https://www.jenkins.io/doc/book/pipeline/syntax/.
import type { Definition } from '../../core/definition.ts';
import { type Draft, finish, linesOf, startDraft } from './draft.ts';
import { type Block, holdsSteps, stageOf } from './jenkins/blocks.ts';
import { callAt, isKey } from './jenkins/call.ts';
import { handle, handleKey, isKnownStep } from './jenkins/handlers.ts';
import { lexGroovy, type Token } from './jenkins/lexer.ts';
import type { Place } from './jenkins/place.ts';
import { withinSize } from './size.ts';
import { addVariableSecrets } from './variables.ts';

const DEPTH_LIMIT = 200;
const GATE_LIMIT = 80;
/** Words that hold steps and are none. */
const STRUCTURE =
  /^(?:steps|script|stages|post|always|success|failure|cleanup|agent|environment|options|parallel|matrix|when|input|if|else|for|while|try|catch|finally|def|tools|new)$/;
/** Variables that `withCredentials` fills: the credential is told, its variable need not be. */
const FILLED = /^(?:variable|\w+Variable)$/;

export function readJenkinsfile(path: string, source: string): Definition {
  const draft = startDraft();
  addVariableSecrets(draft, readGroovy(draft, withinSize(source, draft.problems), 1));
  return finish(draft, { system: 'jenkins', path }, linesOf(source));
}

interface OpenBlock extends Block {
  /** Brackets that are open within it. */
  brackets: number;
}

interface Walk {
  readonly draft: Draft;
  readonly tokens: readonly Token[];
  readonly blocks: OpenBlock[];
  readonly stages: Map<string, { readonly steps: string[]; readonly line: number }>;
  readonly known: Set<string>;
  /** What the next brace opens. */
  statement: Block;
}

/** `firstLine`: where the text begins in its file. Gives the variables that the text itself fills. */
export function readGroovy(draft: Draft, source: string, firstLine: number): ReadonlySet<string> {
  const tokens = lexGroovy(source, firstLine);
  const walk: Walk = { draft, tokens, blocks: [], stages: new Map(), known: new Set(), statement: { name: '' } };
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'name') readName(walk, token, at);
    else if (token.kind === 'punctuation') readPunctuation(walk, token);
    else if (token.kind === 'string' && isCommand(tokens, at)) readCommand(walk, token);
  }
  for (const [name, stage] of walk.stages) draft.jobs.push({ name, ...stage });
  return walk.known;
}

function readPunctuation(walk: Walk, { text }: Token): void {
  const block = walk.blocks.at(-1);
  if (text === '{') {
    if (walk.blocks.length < DEPTH_LIMIT) walk.blocks.push({ ...walk.statement, brackets: 0 });
    walk.statement = { name: '' };
  } else if (text === '}') walk.blocks.pop();
  else if (block && (text === '(' || text === '[')) block.brackets++;
  else if (block && (text === ')' || text === ']')) block.brackets--;
}

function readName(walk: Walk, token: Token, at: number): void {
  const { tokens, blocks } = walk;
  const [next, value] = tokens.slice(at + 1, at + 3);
  if (isKey(tokens, at)) {
    if (value?.kind === 'string') readKey(walk, token.text, value);
  } else if (next?.kind === 'punctuation' && next.text === '=') {
    if (blocks.at(-1)?.name === 'environment') walk.known.add(token.text);
  } else if (isOurs(tokens, at)) {
    const call = callAt(tokens, at);
    const [title] = call.strings;
    walk.statement = { name: token.text, ...(title ? { title: title.text } : {}) };
    const opens = next?.kind === 'punctuation' && next.text === '{';
    if (token.text === 'stage' && title) startStage(walk, token.line);
    else noteStep(walk, token, at);
    if (opens && (token.text === 'when' || token.text === 'input')) readGate(walk, token.text, at + 2);
    else handle(call, placeOf(walk));
    if (title && next?.kind === 'string') readKey(walk, token.text, title);
  }
}

function placeOf({ draft, blocks }: Walk): Place {
  return { draft, blocks, argument: (blocks.at(-1)?.brackets ?? 0) > 0 };
}

/** `docker.image(…)`, `steps.sh(…)` are steps; `text.trim()` is none. */
function isOurs(tokens: readonly Token[], at: number): boolean {
  const [owner, dot] = tokens.slice(Math.max(at - 2, 0), at);
  return dot?.text !== '.' || /^(?:docker|steps|this|script)$/.test(owner?.text ?? '');
}

function startStage({ stages, blocks, statement }: Walk, line: number): void {
  stages.set(stageOf([...blocks, statement]) ?? '', { steps: [], line });
}

function readKey(walk: Walk, key: string, value: Token): void {
  if (FILLED.test(key)) walk.known.add(value.text);
  handleKey(key, value, placeOf(walk));
}

/** A call of a stage that is no argument of another one is a step of it. */
function noteStep({ stages, blocks, tokens }: Walk, { text }: Token, at: number): void {
  const stage = stages.get(stageOf(blocks) ?? '');
  if (!stage || (blocks.at(-1)?.brackets ?? 0) > 0 || STRUCTURE.test(text) || !holdsSteps(blocks)) return;
  const next = tokens[at + 1];
  const called = next?.kind === 'string' || (next?.kind === 'punctuation' && /^[({]$/.test(next.text));
  if (called || (next?.kind === 'name' && isKnownStep(text))) stage.steps.push(text);
}

/** The words of a `when` or `input` block: what has to be so before the stage goes on. */
function readGate({ draft, tokens, blocks }: Walk, name: 'when' | 'input', from: number): void {
  const words: string[] = [];
  let depth = 1;
  for (const token of tokens.slice(from, from + GATE_LIMIT)) {
    if (token.kind === 'punctuation' && token.text === '{') depth++;
    if (token.kind === 'punctuation' && token.text === '}' && --depth === 0) break;
    if (token.kind !== 'newline') words.push(token.text);
  }
  const job = stageOf(blocks);
  const place = { ...(job === undefined ? {} : { job }), line: tokens[from]?.line ?? 1 };
  draft.gates.push({ ...place, kind: name === 'when' ? 'condition' : 'input', detail: words.join(' ').slice(0, 300) });
}

/** `'rm -rf x'.execute()`: Groovy runs a text as a command. */
function isCommand(tokens: readonly Token[], at: number): boolean {
  return tokens[at + 1]?.text === '.' && tokens[at + 2]?.text === 'execute' && tokens[at + 3]?.text === '(';
}

function readCommand(walk: Walk, token: Token): void {
  handle(callAt([{ kind: 'name', text: 'sh', line: token.line }, token], 0), placeOf(walk));
}
