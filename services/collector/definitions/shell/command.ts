// What shell text is made of: commands, their words, and what flows into them.

export interface Word {
  readonly text: string;
  /** Some of it stood in quotes. */
  readonly quoted: boolean;
  /** From 1. */
  readonly line: number;
  /** Commands whose output it takes: `$(…)`, backticks, `<(…)`. */
  readonly inner: readonly Command[];
}

export interface Redirect {
  /** `>`, `>>`, `<`, `<<<` */
  readonly operator: string;
  readonly target: Word;
}

export interface Command {
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** What it reads through a pipe. */
  readonly from?: Command;
  /** What stands in the lines below for it to read. */
  readonly heredoc?: { readonly text: string; readonly line: number };
  /** From 1. */
  readonly line: number;
}
