// `pipewarden backfill`: learns from the past, from the systems' APIs and from clones, so that the first day is not blind.
import { hostname } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { detectors } from '../../detectors/index.ts';
import { createCollector } from '../collector/host.ts';
import { createCursors } from '../collector/polling/cursors.ts';
import { systemClock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import { DAY } from '../core/time.ts';
import { visible } from '../core/visible.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import { createProgress } from './backfill/progress.ts';
import { type Result, runTask } from './backfill/run.ts';
import { cloneTask, historyTasks, type Task, usageTask } from './backfill/tasks.ts';
import { type CommonOptions, type Settings, type Subcommand, settingsOf, subcommand, untilStopped } from './common.ts';
import { neededSecrets } from './configuration/secrets.ts';
import { claimDataFolder, makeDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import { knowledgeOf } from './knowledge.ts';
import { connectionsOf } from './polling.ts';
import { openPorts } from './ports.ts';
import { keyOf, redactorOf } from './redaction.ts';
import { allSecrets, openNamed } from './secrets.ts';

interface BackfillOptions extends CommonOptions {
  readonly days: number;
  readonly git?: readonly string[];
  readonly usage?: readonly string[];
  readonly repository?: string;
  readonly system?: string;
  readonly again?: boolean;
  readonly logs?: boolean;
}

export const backfillCommand: Subcommand = (io, setExit) =>
  subcommand('backfill', 'learn from the past: the systems’ APIs, or clones and exports on this machine')
    .option('--days <n>', 'how far back', daysOf, 90)
    .option('--git <path...>', 'clones to learn from, instead of the APIs')
    .option('--usage <file...>', 'usage exports of CircleCI (CSV, or gzip), instead of the APIs')
    .option('--repository <owner/name>', 'what the clone is called; default: as its origin says')
    .option('--system <name>', 'this one of the configured systems alone')
    .option('--logs', 'build logs too, of GitHub: two requests a run, and much to read')
    .option('--again', 'what was read before too')
    .addHelpText(
      'after',
      '\nIt goes on where it was stopped. What it reads is learned from and raises nothing. It may run beside\n`pipewarden start`, or before it.\n\n--logs teaches it where jobs connect to and what they install, before the first of them runs under its eyes. It costs\nGitHub two requests a run, where the rest costs one, and all that the logs hold is read.\nWhat GitHub no longer keeps (90 days, unless set otherwise) is counted.',
    )
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<BackfillOptions>();
      const settings = settingsOf(options, io);
      if (settings.sample) {
        const problem =
          'name your configuration with --config: without one there is the sample alone, and the two do not mix';
        throw new PipewardenError('USAGE', { problem });
      }
      claimDataFolder(makeDataFolder(settings.data), false);
      const results = await backfill(settings, options, io);
      for (const result of results) io.out(options.json ? `${JSON.stringify(result)}\n` : rendered(result, io));
      if (results.some(({ error }) => error !== undefined)) setExit(3);
    });

async function backfill(settings: Settings, options: BackfillOptions, io: Io): Promise<readonly Result[]> {
  const { configuration } = settings;
  const { signal, off } = untilStopped();
  const telemetry = createTelemetry(configuration.log.level);
  const needed = neededSecrets(configuration, new Set(['collector']));
  const secrets = await openNamed({ secrets: allSecrets(configuration), needed, telemetry }, io.env);
  const opened: { close(): Promise<void> }[] = [secrets];
  try {
    const ports = await openPorts(settings, secrets.of, telemetry.log);
    opened.push(ports);
    const redactor = redactorOf(configuration, keyOf(settings, secrets), secrets);
    const knowledge = knowledgeOf(configuration, telemetry.log);
    const { log } = ports;
    const collector = createCollector({ log, redactor, detectors, telemetry, clock: systemClock, ...knowledge });
    const connections = connectionsOf({ configuration, store: ports.store, redactor, telemetry, secrets });
    const cursors = createCursors(ports.store, `${hostname()}:${settings.data} backfill`, systemClock);
    const results: Result[] = [];
    for (const task of tasksOf(connections, options)) {
      const progress = createProgress(task.name, io, systemClock);
      results.push(await runTask(task, { collector, cursors, again: options.again === true, signal, progress }));
    }
    return results;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new PipewardenError('USAGE', { problem: 'stopped: the same command goes on from here' });
  } finally {
    off();
    for (const each of opened.toReversed()) await each.close();
  }
}

/** Throws USAGE where there is nothing to read. */
function tasksOf(connections: ReturnType<typeof connectionsOf>, options: BackfillOptions): readonly Task[] {
  const { git, usage, repository, system, days, logs = false } = options;
  if (git || usage) return [...(git ?? []).map((path) => cloneTask(path, repository)), ...(usage ?? []).map(usageTask)];
  const chosen = connections.filter(([name]) => system === undefined || name === system);
  if (chosen.length > 0) return historyTasks(chosen, systemClock.now() - days * DAY, logs);
  const problem =
    system === undefined
      ? 'there is nothing to read: configure `systems`, or name a clone with --git'
      : `no configured system is called ${system}: ${connections.map(([name]) => name).join(', ') || 'there is none'}`;
  throw new PipewardenError('USAGE', { problem });
}

function rendered({ name, records, missing, before, error }: Result, io: Io): string {
  const mark = error === undefined ? io.style('green', '✓') : io.style('red', '✗');
  const end = error === undefined ? (before ? ', was read before (--again reads it anew)' : '') : `, then: ${error}`;
  const head = `${mark} ${visible(name)}: ${records.toLocaleString('en-US')} records${visible(end)}\n`;
  return head + missing.map((each) => `  ${io.style('yellow', 'not read:')} ${visible(each)}\n`).join('');
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 400) return days;
  throw new InvalidArgumentError('It is 1 to 400.');
}
