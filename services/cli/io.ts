// What a subcommand sees of the world: streams, environment, and how to write to a terminal.
import { styleText } from 'node:util';

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  out(text: string): void;
  /** Progress, warnings, errors. */
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  style(format: Style, text: string): string;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Colour only on a terminal, and never with NO_COLOR (https://no-color.org), whatever FORCE_COLOR says. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  const colour = stdout.isTTY === true && !env.NO_COLOR;
  return {
    stdin,
    env,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    style: (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text),
  };
}
