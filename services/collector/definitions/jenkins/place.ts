// What a call of a pipeline needs to know to be understood, and what several of them do alike.
import type { Fact } from '../../../core/definition.ts';
import { addScript, type Draft } from '../draft.ts';
import { type Block, stageOf } from './blocks.ts';
import type { Call } from './call.ts';
import type { Token } from './lexer.ts';

export interface Place {
  readonly draft: Draft;
  readonly blocks: readonly Block[];
  /** It stands within the brackets of another call. */
  readonly argument: boolean;
}

export type Handler = (call: Call, place: Place) => void;

/** Values that come from who proposes a change; in a double-quoted string they become part of the script. */
const PASTED =
  /\$\{?(?:env\.|params\.)?(CHANGE_(?:TITLE|BRANCH|FORK|AUTHOR\w{0,20})|BRANCH_NAME|TAG_NAME|GIT_BRANCH|gitlab(?:SourceBranch|MergeRequestTitle|MergeRequestDescription|UserName)|ghprb\w{1,40})\b/g;

export function where({ blocks }: Place, { line }: { readonly line: number }): Fact {
  const job = stageOf(blocks);
  return { ...(job === undefined ? {} : { job }), line };
}

export function credential(place: Place, { text, line }: Token): void {
  place.draft.secrets.push({ ...where(place, { line }), name: text, via: 'credential' });
}

export function readText({ draft, blocks }: Place, token: Token, step: string, shell?: string): void {
  const pasted = token.interpolated ? [...token.text.matchAll(PASTED)].map(([, name = '']) => name) : [];
  // A string over several lines begins with a line break.
  const text = token.text.replace(/^\n/, '');
  const line = token.line + (text.length < token.text.length ? 1 : 0);
  addScript(draft, { job: stageOf(blocks), step, shell, untrusted: [...new Set(pasted)] }, text, line);
}
