// The measures of security work of a time, from the document store: for the console's page and for `pipewarden measures`.
import type { DocumentStore } from '../../core/ports/document-store.ts';
import { DAY, formatInstant, type Instant } from '../../core/time.ts';
import { builds } from './builds.ts';
import { incidentMeasures } from './incidents.ts';
import type { Measures } from './measure.ts';
import { weaknessMeasures } from './weaknesses.ts';

/** As long as the store keeps what it rests on. */
export const MOST_DAYS = 365;

/** Of the last days, up to now. */
export async function measure(store: DocumentStore, now: Instant, days: number): Promise<Measures> {
  const window = { from: formatInstant(now - days * DAY), to: formatInstant(now) };
  const measures = [
    ...(await builds(store, window)),
    ...(await weaknessMeasures(store, window)),
    ...(await incidentMeasures(store, window)),
  ];
  return { ...window, measures };
}
