// A job's log, read once from top to bottom: its steps, what each did, and what the job was given.

import type { Dialect } from './dialect.ts';
import { createFacts } from './facts/facts.ts';
import { generic } from './generic.ts';
import { afterColours, type Line } from './line.ts';
import { createSetup, type Told } from './setup.ts';
import { createSteps, type Step } from './steps.ts';

export interface ParsedLog {
  readonly lines: number;
  readonly steps: readonly Step[];
  /** The last step has not ended: what comes behind the log may be its doing too. */
  readonly open: boolean;
  /** Undefined: the log says nothing of it. */
  readonly setup: Told | undefined;
}

const RETURN = 0x0d;

/** Where a log begins that is the rest of a longer one. */
export interface Beginning {
  /** Lines before it. */
  readonly lines: number;
  /** Up to here it was read before, and stands there for its markers alone. */
  readonly known: number;
  /** What lines before the first marker are called. */
  readonly outside: string | undefined;
}

/**
 * Lines as `chunksOf` counts them. Where the dialect knows no step, the markers that any system's jobs may print (folds,
 * `docker build`) divide the log. Linear in the length of the log; never throws.
 */
export function parseLog(log: string, dialect: Dialect, beginning?: Beginning): ParsedLog {
  const { lines = 0, known = 0, outside } = beginning ?? {};
  const reading = { log, steps: createSteps(lines + 1), setup: createSetup() };
  const read = dialect.open(reading);
  let fallback = dialect === generic ? undefined : generic.open(reading);
  if (outside !== undefined) reading.steps.outside(outside);
  const line: Line = { log, number: lines, start: 0, from: 0, to: 0, command: false };
  const readFacts = createFacts(line, reading.steps, dialect.masks);
  for (let at = log.startsWith('\uFEFF') ? 1 : 0; at < log.length; ) {
    const newline = log.indexOf('\n', at);
    const next = newline === -1 ? log.length : newline;
    let to = next;
    while (to > at && log.charCodeAt(to - 1) === RETURN) to -= 1;
    line.number += 1;
    line.start = at;
    line.to = to;
    line.from = afterColours(log, dialect.textStart?.(log, at, to) ?? at, to);
    line.command = false;
    const before = reading.steps.last;
    read(line);
    if (reading.steps.last !== before) fallback = undefined;
    fallback?.(line);
    if (at >= known) readFacts();
    at = next + 1;
  }
  const { isOpen } = reading.steps;
  return { lines: line.number, steps: reading.steps.finish(line.number), open: isOpen, setup: reading.setup.told() };
}
