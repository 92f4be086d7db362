// docs/reference/commands.md: the help of every subcommand, as the command prints it.
import type { Command } from 'commander';
import { loadSubcommands } from '../../services/cli/index.ts';
import type { Io } from '../../services/cli/io.ts';
import { page } from './markdown.ts';

const io: Io = {
  stdin: process.stdin,
  env: {},
  out() {},
  err() {},
  outIsTerminal: false,
  errIsTerminal: false,
  style: (_format, text) => text,
};

export async function commandsPage(): Promise<string> {
  const parts = (await loadSubcommands()).flatMap((make) => {
    const command = make(io, () => {});
    return [
      describe(command, 'pipewarden'),
      ...command.commands.map((child) => describe(child, `pipewarden ${command.name()}`)),
    ];
  });
  return page(
    'Commands',
    'Exit codes: 0 fine; 1 a check did not hold, or `--fail-on` was met; 2 wrong use or configuration; 3 a failure.',
    parts,
  );
}

function describe(command: Command, parent: string): string {
  command.configureHelp({ helpWidth: 100 });
  const help = command.helpInformation().replace(/^Usage: .*?(?=\S+ )/, '');
  const usage = `${parent} ${command.name()} ${command.usage()}`;
  return `## ${parent} ${command.name()}\n\n\`\`\`text\n${usage}\n${help.split('\n').slice(1).join('\n').trimEnd()}\n\`\`\``;
}
