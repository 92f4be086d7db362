// What was found and mended: new and fixed by week, where it was found first, how long mending took, what is left.
import { sum } from 'simple-statistics';
import type { Condition, DocumentStore } from '../../core/ports/document-store.ts';
import { SEVERITIES, type Severity, WORST_FIRST } from '../../core/severity.ts';
import { DAY, formatInstant } from '../../core/time.ts';
import { toolKindOf } from '../../core/tool-kinds.ts';
import type { Weakness } from '../../core/weakness.ts';
import { type Measure, mean, median, rounded, share, type Window } from './measure.ts';
import { countsOf, eachDocument, type Read, restsOn, weeksOf } from './reading.ts';

const MOST_READ = 20_000;
const OPEN = ['open', 'reopened'] as const;
const KNOWN = [...OPEN, 'suppressed', 'fixed'] as const;
const SAMM = 'OWASP SAMM, defect management, https://owaspsamm.org/model/implementation/defect-management/';

export async function weaknessMeasures(store: DocumentStore, window: Window): Promise<readonly Measure[]> {
  const found = await newOnes(store, window);
  const mended = await fixedOnes(store, window);
  const reopened = await countsOf(store, 'weakness', 'priority', [inStates(['reopened'])]);
  return [
    byWeek(window, found, mended, sum([...reopened.values()])),
    firstFoundBy(found),
    timeToFix(mended),
    await backlog(store, window),
  ];
}

interface New {
  /** Of each week by priority, in the order of `SEVERITIES`. */
  readonly weeks: readonly number[][];
  readonly stages: ReadonlyMap<Severity, Record<Stage, number>>;
  readonly read: Read;
}

async function newOnes(store: DocumentStore, window: Window): Promise<New> {
  const weeks = weeksOf(window).map(() => SEVERITIES.map(() => 0));
  const stages = new Map(SEVERITIES.map((severity) => [severity, { before: 0, after: 0, unknown: 0 }]));
  const slice = { collection: 'weakness', field: 'first_seen', where: [inStates(KNOWN)] } as const;
  const read = await eachDocument<Weakness>(store, slice, window, MOST_READ, (weakness) => {
    const { priority, first_seen } = weakness;
    const week = weeks[weekOf(window, first_seen)];
    const index = SEVERITIES.indexOf(priority);
    if (week) week[index] = (week[index] ?? 0) + 1;
    const of = stages.get(priority);
    if (of) of[stageOf(weakness)] += 1;
  });
  return { weeks, stages, read };
}

interface Mended {
  readonly weeks: readonly number[];
  /** How many days it took. */
  readonly days: ReadonlyMap<Severity, readonly number[]>;
  readonly read: Read;
}

async function fixedOnes(store: DocumentStore, window: Window): Promise<Mended> {
  const weeks = weeksOf(window).map(() => 0);
  const days = new Map<Severity, number[]>(SEVERITIES.map((severity) => [severity, []]));
  const slice = { collection: 'weakness', field: 'fixed', where: [inStates(['fixed'])] } as const;
  const read = await eachDocument<Weakness>(store, slice, window, MOST_READ, ({ priority, first_seen, fixed = '' }) => {
    const week = weekOf(window, fixed);
    weeks[week] = (weeks[week] ?? 0) + 1;
    const took = Date.parse(fixed) - Date.parse(first_seen);
    if (took >= 0) days.get(priority)?.push(took / DAY);
  });
  return { weeks, days, read };
}

function byWeek(window: Window, found: New, mended: Mended, reopened: number): Measure {
  return {
    id: 'detection',
    title: 'Weaknesses by week',
    definition:
      'New: first seen in the week, as the tool says it, by the priority that they have now. Fixed: every tool that told it has since made a complete report without it, and it has not been told again.',
    practice: `${SAMM}; NIST SSDF RV.1 and RV.2, https://doi.org/10.6028/NIST.SP.800-218`,
    columns: ['week from', 'new', ...WORST_FIRST, 'fixed'],
    rows: weeksOf(window).map(({ from }, index) => {
      const counts = (found.weeks[index] ?? []).toReversed();
      return [from.slice(0, 10), sum(counts), ...counts, mended.weeks[index] ?? 0];
    }),
    notes: [
      `Told again after they had been fixed, and open now: ${reopened}. When that was is not kept.`,
      ...restsOn(found.read, 'weaknesses that were new'),
      ...restsOn(mended.read, 'weaknesses that were fixed'),
    ],
  };
}

function firstFoundBy({ stages, read }: New): Measure {
  return {
    id: 'escape-rate',
    title: 'Found before and after deployment',
    definition:
      'New ones by what told them first. Before: a tool that reads code, dependencies, secrets or definitions. After: a penetration test, or a test of a running application. Escaped: the share of the second in both.',
    practice: `${SAMM} (metrics and feedback); NIST SSDF RV.3, https://doi.org/10.6028/NIST.SP.800-218`,
    columns: ['priority', 'before', 'after', 'escaped, %', 'unknown'],
    rows: WORST_FIRST.map((severity) => {
      const { before, after, unknown } = stages.get(severity) ?? { before: 0, after: 0, unknown: 0 };
      return [severity, before, after, share(after, before + after), unknown];
    }),
    notes: restsOn(read, 'weaknesses that were new'),
  };
}

type Stage = 'before' | 'after' | 'unknown';

/** By the telling that was first; where two began at once, by the one that reads. */
function stageOf({ tellings, first_seen }: Weakness): Stage {
  const kinds = tellings.filter((telling) => telling.first_seen <= first_seen).map(({ tool }) => toolKindOf(tool));
  if (kinds.some((kind) => kind !== 'other' && kind !== 'dast' && kind !== 'pentest')) return 'before';
  return kinds.some((kind) => kind === 'dast' || kind === 'pentest') ? 'after' : 'unknown';
}

function timeToFix({ days, read }: Mended): Measure {
  return {
    id: 'time-to-fix',
    title: 'Time to fix',
    definition:
      'From when a weakness was first seen until the first complete reports without it, of those that were fixed in this time; in days. What is still open is not in it.',
    practice: `${SAMM}; NIST SSDF RV.2, https://doi.org/10.6028/NIST.SP.800-218`,
    columns: ['priority', 'fixed', 'median, days', 'mean, days'],
    rows: WORST_FIRST.map((severity) => {
      const took = days.get(severity) ?? [];
      return [severity, took.length, rounded(median(took)), rounded(mean(took))];
    }),
    notes: restsOn(read, 'weaknesses that were fixed'),
  };
}

/** In days, the younger end first. */
const AGES = [
  ['under 7 days', 0, 7],
  ['7 to 30', 7, 30],
  ['30 to 90', 30, 90],
  ['over 90', 90, undefined],
] as const;

async function backlog(store: DocumentStore, { to }: Window): Promise<Measure> {
  const end = Date.parse(to);
  const columns = await Promise.all(
    AGES.map(([, least, most]) =>
      countsOf(store, 'weakness', 'priority', [
        inStates(OPEN),
        {
          field: 'first_seen',
          below: formatInstant(end - least * DAY),
          ...(most !== undefined && { from: formatInstant(end - most * DAY) }),
        },
      ]),
    ),
  );
  return {
    id: 'backlog',
    title: 'Open weaknesses by age',
    definition: 'Told as open now, by how long ago they were first seen, counted from the end of this time.',
    practice: `${SAMM}; NIST SSDF RV.2, https://doi.org/10.6028/NIST.SP.800-218`,
    columns: ['priority', ...AGES.map(([name]) => name), 'all'],
    rows: WORST_FIRST.map((severity) => {
      const counts = columns.map((column) => column.get(severity) ?? 0);
      return [severity, ...counts, sum(counts)];
    }),
    notes: [],
  };
}

function inStates(states: readonly string[]): Condition {
  return { field: 'state', in: states };
}

function weekOf({ from }: Window, time: string): number {
  return Math.floor((Date.parse(time) - Date.parse(from)) / (7 * DAY));
}
