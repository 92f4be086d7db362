// Passwords on command lines: the command, some words, the option, the password.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder } from '../../plausible.ts';
import { ALPHANUMERIC, draw } from './token.ts';

export interface OptionRow {
  readonly id: string;
  readonly provider: string;
  readonly source: string;
  /** Beginnings of the commands' names. */
  readonly commands: readonly string[];
  /** An expression. */
  readonly option: string;
  /** The password follows without a space. */
  readonly joined?: true;
  /** An example. */
  readonly text: (secret: string) => string;
}

/** The option may be anything up to ten words behind the command. */
export function option(row: OptionRow): Pattern {
  const { id, provider, source, commands, joined, text } = row;
  const words = `[A-Za-z_-]{0,12}(?:\\.exe|\\.sh)?["']?(?:[ \\t]+[^ \\t\\r\\n\\0]{1,80}){0,10}?`;
  return {
    id,
    provider,
    title: `Password on a command line of ${provider}`,
    source,
    keywords: [...new Set(commands.map((command) => command.toLowerCase()))],
    before: new RegExp(
      `(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt]))(?:${commands.join('|')})${words}[ \\t]+${row.option}${joined ? '' : '[ \\t]+'}["']?`,
    ),
    secret: /[^\0 \t\r\n"'`;|&<>-][^\0 \t\r\n"'`;|&<>]*/,
    shortest: 4,
    accepts: (secret) => !isPlaceholder(secret) && !secret.startsWith('$'),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 14);
      return { secret, text: text(secret) };
    },
  };
}
