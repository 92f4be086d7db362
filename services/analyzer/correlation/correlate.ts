// Findings into incidents: union over shared links within a window, in event time. Pure over the state it is given.
//
// A finding is an incident of one; incidents that are related become one, until no two are. Merging only ever adds links
// and times, so what is related stays so, and which findings end up together does not depend on the order in which they
// came. Limits: an incident that is full or closed takes no more, so around those two order does decide.
import type { Target } from '../../core/action.ts';
import { entityOf } from '../../core/entities-of.ts';
import { type Entity, type EntityType, entityKey, runIn } from '../../core/entity.ts';
import type { FindingRecord, Link, Profiled } from '../../core/finding.ts';
import type { Incident, VerdictRecord } from '../../core/incident.ts';
import { namedBeside, reachedFrom, targetsOf, unitedTargets } from '../../core/targets-of.ts';
import { DAY, formatInstant, type Instant, MINUTE } from '../../core/time.ts';
import type { WeaknessWord } from '../../core/weakness-word.ts';
import { oddityKey } from '../judge/finding.ts';
import { type Met, shownMet, unitedMet, weightOf, withWord } from './meetings.ts';
import { near, type Span, unionOf } from './spans.ts';
import { climb, coursesOf, deedsOf, storyOf, type Telling, tellingOf, titleOf } from './tellings.ts';

/** Findings further apart than this are two stories, unless something between them joins them. */
export const WINDOW = DAY;

/** No incident has more findings; the next one opens another. Bounds what a flood can cost. */
export const FULL = 500;

/** An incident that names more is for a person. */
const MOST_TARGETS = 200;

/** Bounds what repeats add to an incident. */
const LESSONS = 2_000;

/** When a link was met as a strong one, and when as a weak one (one actor may be a bot to one feed alone). */
interface LinkTimes {
  readonly strong: readonly Span[];
  readonly weak: readonly Span[];
}

/** An incident with what correlation has to know beside what is shown. */
export interface OpenIncident {
  readonly incident: Incident;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly links: Readonly<Record<string, LinkTimes>>;
  /** Every finding; the story leaves out those that repeat a deed. */
  readonly tellings: readonly Telling[];
  /** Ids of incidents that became part of this one. */
  readonly absorbed: readonly string[];
  /** Weaknesses that its findings meet, the earliest first. */
  readonly met?: readonly Met[];
  /** What its activities were to teach whom; `held` where profiles have been told to wait. */
  readonly lessons: readonly Lesson[];
}

export interface Lesson extends Profiled {
  readonly activity: string;
  readonly held?: true;
}

/** The same oddity again, and a place that no job had gone to, stay what they were: what comes weeks later belongs to them. */
const LASTING = [oddityKey(''), 'destination:'];
const LASTING_WINDOW = 30 * DAY;

/** Two to whom an address is strange belong together for days; one to whom it is not, so shortly before or after. */
const ADDRESS = entityKey({ type: 'address', id: '' });
const ADDRESS_WINDOW = 7 * DAY;
const AT_ONCE = 10 * MINUTE;

function windowOf(key: string): number {
  if (LASTING.some((prefix) => key.startsWith(prefix))) return LASTING_WINDOW;
  return key.startsWith(ADDRESS) ? ADDRESS_WINDOW : WINDOW;
}

/**
 * One strong link in common within the window, or two weak ones, or an address that is strange to one of the two at the same time;
 * never when they would be more than full together.
 */
export function related(a: OpenIncident, b: OpenIncident): boolean {
  if (a.incident.status !== 'open' || b.incident.status !== 'open') return false;
  // An incident is sample data or it is not: what is made up must never be acted on.
  if (a.incident.sample !== b.incident.sample) return false;
  if (a.tellings.length + b.tellings.length > FULL) return false;
  let weak = 0;
  for (const [key, own] of Object.entries(a.links)) {
    const other = b.links[key];
    if (!other) continue;
    if (near(own.strong, other.strong, windowOf(key))) return true;
    const isStrange = key.startsWith(ADDRESS);
    if (isStrange && (near(own.strong, other.weak, AT_ONCE) || near(own.weak, other.strong, AT_ONCE))) return true;
    if (near([...own.strong, ...own.weak], [...other.strong, ...other.weak], WINDOW)) weak += 1;
  }
  return weak >= 2;
}

export function openIncident(record: FindingRecord): OpenIncident {
  const { finding, observed_at, tactics, links } = record;
  return shown({
    firstAt: observed_at,
    lastAt: observed_at,
    links: linkTimes(links, observed_at),
    tellings: [tellingOf(record)],
    absorbed: [],
    lessons: lessonsOf(record),
    incident: {
      id: finding.id,
      title: '',
      status: 'open',
      severity: finding.severity,
      severities: [],
      opened: finding.time,
      updated: finding.time,
      surprise: finding.surprise ?? 0,
      findings: [finding.id],
      detectors: [finding.detector],
      entities: told(record),
      targets: aimedAt(record),
      tactics,
      story: [],
      ...(finding.inputs ? { inputs: finding.inputs } : {}),
      revision: 1,
      ...(finding.sample ? { sample: true as const } : {}),
    },
  });
}

function lessonsOf({ profiled, finding }: FindingRecord): readonly Lesson[] {
  return profiled ? finding.activities.map((activity) => ({ ...profiled, activity })) : [];
}

/** The same oddity again: it changes nothing that is shown. */
export function withLesson(open: OpenIncident, lesson: Lesson): OpenIncident {
  return { ...open, lessons: [...open.lessons, lesson].slice(-LESSONS) };
}

/** With what is known of a weakness now; the same object where that changes nothing. */
export function meeting(open: OpenIncident, word: WeaknessWord): OpenIncident {
  const { incident, met = [] } = open;
  if (incident.status !== 'open' || incident.sample !== word.sample) return open;
  const now = withWord(met, open.tellings, word);
  return now === met ? open : shown({ ...open, met: now });
}

/** `survivor` takes in all of `other`. */
export function merge(survivor: OpenIncident, other: OpenIncident): OpenIncident {
  const a = survivor.incident;
  const b = other.incident;
  const inputs = [...(a.inputs ?? []), ...(b.inputs ?? [])];
  return shown({
    firstAt: Math.min(survivor.firstAt, other.firstAt),
    lastAt: Math.max(survivor.lastAt, other.lastAt),
    links: united(survivor.links, other.links),
    tellings: [...survivor.tellings, ...other.tellings],
    absorbed: [...survivor.absorbed, ...other.absorbed],
    met: unitedMet(survivor.met, other.met),
    lessons: [...survivor.lessons, ...other.lessons].slice(-LESSONS),
    incident: {
      ...a,
      surprise: Math.round((a.surprise + b.surprise) * 100) / 100,
      findings: [...a.findings, ...b.findings],
      detectors: [...a.detectors, ...b.detectors],
      entities: [...a.entities, ...b.entities],
      targets: [...(a.targets ?? []), ...(b.targets ?? [])],
      tactics: [...a.tactics, ...b.tactics],
      ...(inputs.length > 0 ? { inputs: [...new Set(inputs)] } : {}),
      revision: a.revision + 1,
    },
  });
}

/** An incident that became part of another from then on only points to it. */
export function pointTo(survivor: string, { incident }: OpenIncident): Incident {
  return { ...incident, status: 'merged', merged_into: survivor, revision: incident.revision + 1 };
}

/** What a person said: the incident is closed with it. */
export function close(incident: Incident, record: VerdictRecord): Incident {
  const { verdict, by, reason, time } = record;
  if (verdict === 'taken-back') return incident;
  return {
    ...incident,
    status: 'closed',
    verdict: { verdict, by, reason, time },
    updated: time,
    revision: incident.revision + 1,
  };
}

/** The verdict is taken back. */
export function reopen({ verdict: _, ...incident }: Incident, { time }: VerdictRecord): Incident {
  return { ...incident, status: 'open', updated: time, revision: incident.revision + 1 };
}

/** With all that follows from findings and times filled in. */
function shown(open: OpenIncident): OpenIncident {
  const { firstAt, lastAt, tellings, met = [] } = open;
  const { weaknesses: _, ...incident } = open.incident;
  const deeds = deedsOf(tellings);
  const severities = climb(deeds, weightOf(met));
  const courses = coursesOf(deeds);
  return {
    ...open,
    incident: {
      ...incident,
      title: titleOf(tellings),
      severity: severities.at(-1)?.severity ?? 'informational',
      severities,
      opened: formatInstant(firstAt),
      updated: formatInstant(lastAt),
      detectors: [...new Set(incident.detectors)].sort(),
      // In an order of their own: which finding came first must not show.
      entities: [...new Map(incident.entities.map((each) => [entityKey(each), each])).entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, entity]) => entity),
      targets: unitedTargets(incident.targets ?? [], MOST_TARGETS),
      tactics: [...new Set(incident.tactics)].sort(),
      story: storyOf(deeds),
      ...(courses.length > 0 ? { courses } : {}),
      ...(met.length > 0 ? { weaknesses: shownMet(met) } : {}),
    },
  };
}

/** What an incident is about, as far as playbooks and pages can use it. */
const TOLD: readonly EntityType[] = ['actor', 'repository', 'run'];

function told({ finding, activities, links }: FindingRecord): readonly Entity[] {
  const [activity] = activities;
  if (!activity) return [finding.entity];
  // A pipeline that is known by its name alone is nothing that an action could be aimed at.
  const types: readonly EntityType[] = activity.cicd?.pipeline?.definition ? [...TOLD, 'pipeline'] : TOLD;
  return [finding.entity, ...types.flatMap((type) => entityOf(type, activity) ?? []), ...links.flatMap(runOf)];
}

/** What an action may be aimed at: all that the deed itself names, the run that it belongs to, and what that could reach. */
function aimedAt({ activities, finding, links, reach = {} }: FindingRecord): readonly Target[] {
  const [activity] = activities;
  const own = [finding.entity, ...links.flatMap(runOf)].filter(({ type }) => type !== 'pipeline');
  return [
    ...own.map((entity) => namedBeside(entity, activity)),
    ...(activity ? [...targetsOf(activity), ...reachedFrom(activity, reach)] : []),
  ];
}

/** A run that the activity does not name, but the detector or a join knows: it is what has to be stopped. */
function runOf({ key }: Link): readonly Entity[] {
  const id = runIn(key);
  return id === undefined ? [] : [{ type: 'run', id }];
}

function linkTimes(links: readonly Link[], at: Instant): OpenIncident['links'] {
  const now: readonly Span[] = [[at, at]];
  return links.reduce<OpenIncident['links']>(
    (all, { key, weak }) => united(all, { [key]: weak ? { strong: [], weak: now } : { strong: now, weak: [] } }),
    {},
  );
}

function united(a: OpenIncident['links'], b: OpenIncident['links']): OpenIncident['links'] {
  const all: Record<string, LinkTimes> = { ...a };
  for (const [key, { strong, weak }] of Object.entries(b)) {
    const known = all[key];
    all[key] = {
      strong: unionOf(known?.strong ?? [], strong, WINDOW),
      weak: unionOf(known?.weak ?? [], weak, WINDOW),
    };
  }
  return all;
}
