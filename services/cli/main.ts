// Puts the subcommands together and turns however one ends into an exit code (DESIGN.md section 8).
import { Command, CommanderError } from 'commander';
import { ERRORS, messageOf, PipewardenError } from '../core/errors.ts';
import { pieces } from '../core/visible.ts';
import { loadSubcommands } from './index.ts';
import { processIo } from './io.ts';
import { VERSION } from './version.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const io = processIo();
  let exit = 0;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`| head`) is no failure of ours.
      if (error.code === 'EPIPE') process.exit(exit);
      if (stream === process.stdout) io.err(`pipewarden: cannot write the results: ${error.message}\n`);
      process.exit(3);
    });
  }
  const program = new Command('pipewarden')
    .description(
      'Watches CI/CD pipelines while they run, learns what is normal, says in one explained alert what is not, and contains it.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .configureHelp({ helpWidth: 100, showGlobalOptions: false })
    .showSuggestionAfterError();
  for (const make of await loadSubcommands(argv[0])) {
    const command = make(io, (code) => {
      exit = code;
    });
    inherit(command);
    program.addCommand(command);
  }
  program.addHelpText(
    'after',
    '\nExit codes: 0 fine; 1 a check did not hold; 2 wrong use or configuration; 3 a failure.',
  );
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof PipewardenError) {
      io.err(`pipewarden: ${shown(error.message)}\n`);
      return ERRORS[error.code].exit;
    }
    io.err(`pipewarden: ${shown(messageOf(error))}\n`);
    if (io.env.PIPEWARDEN_DEBUG && error instanceof Error) io.err(`${error.stack}\n`);
    return 3;
  }
}

/** A message may quote what somebody else wrote: a ref, a name. */
function shown(message: string): string {
  return pieces(message, true)
    .map(({ text }) => text)
    .join('');
}

/** commander copies these settings only to commands that it makes itself. */
function inherit(command: Command): void {
  command.exitOverride().configureHelp({ helpWidth: 100 }).showSuggestionAfterError();
  for (const child of command.commands) inherit(child);
}
