// `pipewarden freeze` and `unfreeze`: the global stop. It is set wherever it can be, also when store and queue do not answer.
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { systemClock } from '../core/clock.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { formatInstant } from '../core/time.ts';
import { createFreezer, type Freeze, type FreezeReport } from '../responder/freeze.ts';
import { type CommonOptions, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import type { Io } from './io.ts';
import { withStore } from './ports.ts';

interface FreezeOptions extends CommonOptions {
  readonly reason?: string;
  readonly as?: string;
}

export const freezeCommand: Subcommand = (io, setExit) =>
  subcommand('freeze', 'stop all containment at once: nothing more is sent, by any responder')
    .option('--reason <text>', 'why', 'no reason was given')
    .option('--as <name>', 'who you are; default: your name on this machine')
    .addHelpText(
      'after',
      '\nIt is kept in the document store, for every responder, and in a file of the data folder, for those on this machine:\none of the two is enough. What was to be sent meanwhile waits for a person afterwards.',
    )
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<FreezeOptions>();
      const by = options.as ?? userInfo().username;
      const freeze = { by, reason: options.reason ?? '', time: formatInstant(systemClock.now()) };
      const report = await set(settingsOf(options, io), freeze, io);
      say(report, 'Frozen: nothing is sent until `pipewarden unfreeze`.', options, io);
      if (report.file !== undefined || report.store !== undefined) setExit(3);
    });

export const unfreezeCommand: Subcommand = (io, setExit) =>
  subcommand('unfreeze', 'let containment go on').action(async (_options, self: Command) => {
    const options = self.optsWithGlobals<CommonOptions>();
    const report = await set(settingsOf(options, io), undefined, io);
    say(
      report,
      'Containment goes on. What was held waits for a person: `pipewarden runs --status waiting`.',
      options,
      io,
    );
    if (report.file !== undefined || report.store !== undefined) setExit(3);
  });

async function set(settings: Settings, freeze: Freeze | undefined, io: Io): Promise<FreezeReport> {
  try {
    return await withStore(settings, io.env, (store) => createFreezer(settings.data, store).set(freeze));
  } catch (error) {
    if (error instanceof PipewardenError && error.code === 'NOT_FOUND') throw error;
    return { ...(await createFreezer(settings.data, undefined).set(freeze)), store: messageOf(error) };
  }
}

function say(report: FreezeReport, all: string, { json }: CommonOptions, io: Io): void {
  if (json) {
    io.out(`${JSON.stringify(report)}\n`);
    return;
  }
  const failed = [
    report.store === undefined
      ? ''
      : `not in the document store (${report.store}): responders on other machines do not know\n`,
    report.file === undefined ? '' : `not in the data folder (${report.file})\n`,
  ];
  io.out(failed.every((each) => each === '') ? `${all}\n` : failed.join(''));
}
