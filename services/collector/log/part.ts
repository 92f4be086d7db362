// A log that comes in pieces, because it is long or still being written: what a piece has to know of those before it.
// What two lines say together (an action's header, and far above it the commit that it led to) is not told where a cut
// falls between them.
import { chunksOf } from './chunks.ts';
import type { Dialect } from './dialect.ts';
import { type ParsedLog, parseLog } from './parse.ts';
import type { Step } from './steps.ts';

/** What a piece goes on from. Pieces end with a whole line, but for the last one. */
export interface LogPart {
  /** Lines, chunks and begun steps that came before. */
  readonly lines: number;
  readonly chunks: number;
  readonly steps: number;
  /** Redacted lines with which the last step began (and ended): they are read again, for their markers alone. */
  readonly head: string;
  /** What lines outside of a step are called, when some step was seen. */
  readonly outside?: string;
  readonly last: boolean;
}

/** A log that comes at once. */
export const WHOLE: LogPart = { lines: 0, chunks: 0, steps: 0, head: '', last: true };

/** Kept of a step's beginning: its marker, and the header that some systems put behind it. */
const HEAD_LINES = 60;
const HEAD_LINE_LENGTH = 500;

export interface ParsedPart extends ParsedLog {
  /** Of the first step. */
  readonly ordinal: number;
}

/** Lines and steps count from the beginning of the log. A step that goes on is given with its first line here. */
export function parsePart(body: string, dialect: Dialect, part: LogPart): ParsedPart {
  const { head, lines, outside } = part;
  const text = head + body;
  const parsed = parseLog(text, dialect, { lines: lines - lineCount(head), known: head.length, outside });
  // What ended before this piece was told with the piece before.
  const steps = parsed.steps.filter((step) => step.last_line > lines);
  const goesOn = steps[0] !== undefined && steps[0].first.number <= lines;
  return { ...parsed, steps, ordinal: part.steps + (goesOn ? 0 : 1) };
}

/** What the next piece goes on from. `body`: redacted, as this piece was understood. */
export function partAfter(body: string, dialect: Dialect, part: LogPart): Omit<LogPart, 'last'> {
  const { lines, steps, open, ordinal } = parsePart(body, dialect, part);
  const chunks = part.chunks + [...chunksOf(body)].length;
  const last = steps.at(-1);
  if (!last) return { ...part, lines, chunks };
  const head = headOf(part.head + body, last, open);
  return { lines, chunks, steps: ordinal + steps.length - 1, head, outside: last.name };
}

function headOf(text: string, { first, last_line }: Step, open: boolean): string {
  const rest = text.slice(first.start);
  const count = last_line - first.number + 1;
  const beginning = rest.split('\n', open ? HEAD_LINES : Math.min(HEAD_LINES, count));
  const end = open || count <= HEAD_LINES ? [] : rest.split('\n', count).slice(-1);
  return [...beginning, ...end].map((line) => `${line.slice(0, HEAD_LINE_LENGTH)}\n`).join('');
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}
