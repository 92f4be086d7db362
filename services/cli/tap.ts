// `pipewarden tap`: activities as they come, redacted, on whichever machine they were received.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ACTIVITY_KINDS, type Activity, type ActivityKind } from '../core/activity.ts';
import { systemClock } from '../core/clock.ts';
import { entityOf } from '../core/entities-of.ts';
import { actorId } from '../core/identity/actor.ts';
import type { ActivityEntry } from '../core/messages.ts';
import { placeOf } from '../core/place.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import { cut, visible } from '../core/visible.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand, untilStopped } from './common.ts';
import type { Io } from './io.ts';
import { withEventLog } from './ports.ts';

interface TapOptions extends CommonOptions {
  readonly source?: string;
  readonly kind?: ActivityKind;
  readonly limit?: number;
}

/** Milliseconds between two looks; entries of a partition that are read at once. */
const [EVERY, PAGE] = [500, 500];
/** Characters of a line. */
const WIDEST = 160;

export const tapCommand: Subcommand = (io) =>
  subcommand('tap', 'show activities as they come, redacted')
    .option('--source <prefix>', 'only of sources that begin so: `github`, `github.audit`')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(ACTIVITY_KINDS))
    .option('--limit <n>', 'end after so many', limitOf)
    .addHelpText('after', '\nOne line each; with --json the whole activity. Ctrl-C stops.')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<TapOptions>();
      const settings = settingsOf(options, io);
      const { signal, off } = untilStopped();
      await withEventLog(settings, io.env, async (log) => {
        let shown = 0;
        for await (const activity of newest(log, signal)) {
          if (options.source !== undefined && !activity.source.startsWith(options.source)) continue;
          if (options.kind !== undefined && activity.kind !== options.kind) continue;
          io.out(`${options.json ? JSON.stringify(activity) : line(activity, io)}\n`);
          shown += 1;
          if (shown === options.limit) break;
        }
      });
      off();
    });

/** From now on, of all partitions; each activity once. Ends with the signal. */
async function* newest(log: EventLog, signal: AbortSignal): AsyncGenerator<Activity> {
  const places: number[] = [];
  for (let partition = 0; partition < log.partitions('activity'); partition++) {
    places.push(await log.end('activity', partition));
  }
  while (!signal.aborted) {
    let found = 0;
    for (const [partition, from] of places.entries()) {
      const entries = await log.read('activity', partition, from, PAGE);
      for (const { value, offset } of entries) {
        places[partition] = offset + 1;
        found += 1;
        const { primary, activity }: ActivityEntry = JSON.parse(value);
        // Words of the analyzer to itself are no activities.
        if (primary && activity) yield activity;
      }
    }
    if (found === 0) await systemClock.sleep(EVERY, signal).catch(() => undefined);
  }
}

function line(activity: Activity, io: Io): string {
  const { observed_at, source, kind, native_type } = activity;
  const place = placeOf(activity) ?? entityOf('runner', activity);
  const parts = [source.padEnd(16), kind.padEnd(10), native_type, place?.id, actorId(activity)];
  const text = cut(visible(parts.filter((part) => part !== undefined).join(' ')), WIDEST);
  return `${io.style('dim', new Date(observed_at).toISOString().slice(11, 19))} ${text}`;
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new InvalidArgumentError('It is a number from 1.');
}
