// What a reading says is new to a job, and what is usual there in words and as a picture.
import type { Raise, Reading } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import type { FirstSeenDetail } from '../baselines/first-seen.ts';
import { onMachine } from '../process/levels.ts';
import type { Contact, Contacting } from './destinations.ts';

/** What is more likely than this to be new is nothing to speak of. */
const UNUSUAL = 1 / 40;

export interface Novelties {
  readonly reading: Reading<FirstSeenDetail>;
  /** The job never met the value, and seldom meets new ones of its sort. */
  has(dimension: string, value: string | undefined): boolean;
  /** That one of `draws` values is new; 1 for what is not. */
  odds(dimension: string, value: string | undefined, draws?: number): number;
}

export function novelties(reading: Reading<FirstSeenDetail>): Novelties {
  const fresh = new Map(
    reading.detail.sightings.flatMap(({ dimension, value, times, probability }) =>
      times === 0 && probability <= UNUSUAL ? [[`${dimension} ${value}`, probability] as const] : [],
    ),
  );
  return {
    reading,
    has: (dimension, value) => value !== undefined && fresh.has(`${dimension} ${value}`),
    odds: (dimension, value, draws = 1) => Math.min((fresh.get(`${dimension} ${value}`) ?? 1) * draws, 1),
  };
}

export function known({ detail }: Reading<FirstSeenDetail>): readonly string[] {
  return (detail.known.destination ?? []).map(({ value }) => value);
}

/** Jobs that go to the same new place within a day are one story, be it a roll-out or a thief's. */
export function sharing(activity: Contacting, destination: string): Pick<Raise, 'links'> {
  return { links: [...(onMachine(activity).links ?? []), { key: `destination:${destination}` }] };
}

export function portOf({ port }: Contact): string {
  return String(port ?? 'unknown');
}

export function told(
  contacts: readonly Contact[],
  reading: Reading<FirstSeenDetail>,
): Pick<Raise, 'expected' | 'picture'> & { readonly expected: string } {
  const met = reading.detail.known.destination ?? [];
  const listed = met.slice(0, 4).map(({ value }) => value);
  const more = met.length > listed.length ? ` and ${met.length - listed.length} more` : '';
  const usual =
    listed.length === 0 ? 'Nothing is known of where it goes by name' : `It goes to ${listed.join(', ')}${more}`;
  return {
    expected: `${usual}; something new like this comes ${describeOdds(reading.probability)} times.`,
    picture: {
      type: 'known-and-new',
      what: 'destinations',
      known: met.slice(0, 12),
      fresh: contacts.map(({ host, bare }) => host ?? bare ?? ''),
    },
  };
}
