// The contract of a dialect: how one CI system writes its job logs. It marks where steps begin and end and reads what the
// log says of the job; what a step did (hosts, packages, images …) is read the same way for all, in facts/.
import type { Line } from './line.ts';
import type { Setup } from './setup.ts';
import type { Steps } from './steps.ts';

/** One log that is being read. */
export interface Reading {
  readonly log: string;
  readonly steps: Steps;
  readonly setup: Setup;
}

/**
 * Sees every line once, in order, before its facts are read. It may say that the line is a command, and move `from` to
 * where that begins.
 */
export type LineReader = (line: Line) => void;

export interface Dialect {
  /** How the system writes a secret that it hid, as it stands in a log: `***`. */
  readonly masks: readonly string[];
  /** Where a line's text begins after what the system puts before it (a time); `start` where nothing does. */
  textStart?(log: string, start: number, to: number): number;
  /** With fresh state: called once for a log. */
  open(reading: Reading): LineReader;
}
