// The lines of a file as its readers take them: a damaged end is one more of them.
import { DAMAGED, DamagedInput, type Line, readLines } from './bytes.ts';

/** A line of JSON, or a log file, may be so long; V8 holds strings of twice that. */
export const MAX_LINE = 256 * 1024 * 1024;

/** `damage`: what is wrong with it, told without quoting it. */
export interface TextLine extends Line {
  readonly damage?: string;
}

/** Lines, and at the end of damaged input one more that says so. */
export async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<TextLine> {
  let number = 0;
  try {
    for await (const line of readLines(bytes, MAX_LINE)) {
      number = line.number;
      yield line;
    }
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    yield { number: number + 1, bytes: undefined, ended: false, damage: DAMAGED };
  }
}
