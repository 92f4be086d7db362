// `pipewarden measures`: how the security work goes, each number with what it means.
import { type Command, InvalidArgumentError } from 'commander';
import { MOST_DAYS, measure } from '../console/measures/measures.ts';
import { systemClock } from '../core/clock.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { withStore } from './ports.ts';
import { renderMeasures } from './render/measures.ts';

export const measuresCommand: Subcommand = (io) =>
  subcommand('measures', 'measure the security work: coverage, detection, time to fix, failed builds, incidents')
    .option('--days <n>', `of so many days up to now, up to ${MOST_DAYS}`, daysOf, 30)
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions & { readonly days: number }>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const measures = await measure(store, systemClock.now(), options.days);
        io.out(options.json ? `${JSON.stringify(measures)}\n` : renderMeasures(measures, io));
      });
    });

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new InvalidArgumentError(`It is 1 to ${MOST_DAYS}.`);
}
