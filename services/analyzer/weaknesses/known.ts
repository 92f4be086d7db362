// One weakness as the tracker keeps it, and what each thing that is told makes of it. Pure.
import type { ActivityOf } from '../../core/activity.ts';
import { known } from '../../core/known.ts';
import { moreSevere } from '../../core/severity.ts';
import { formatInstant, type Instant } from '../../core/time.ts';
import type { Telling, Weakness, WeaknessState } from '../../core/weakness.ts';
import { isSecret } from './kinds.ts';
import type { Marks } from './marks.ts';
import { type Facts, priorityOf } from './priority.ts';
import { severityOf } from './severity.ts';
import { type Ticketed, withBoth, withNames } from './ticketed.ts';

export type Alert = ActivityOf<'alert'>;

export interface Known extends Ticketed {
  readonly weakness: Weakness;
  readonly sure: readonly string[];
  readonly moving: readonly string[];
  /** Where it is now. */
  readonly places: readonly string[];
  readonly secret: boolean;
  /** Found at an address. */
  readonly reached: boolean;
}

const MOST = { tellings: 50, runs: 10, marks: 20, kinds: 20 };

/** What tells reports of the same apart: tool, branch and category. */
export function scopeOf({ tool, branch, category }: Pick<Telling, 'tool' | 'branch' | 'category'>): string {
  return JSON.stringify([tool.toLowerCase(), branch ?? null, category ?? null]);
}

export function scopeOfAlert({ detail, vcs }: Alert): string {
  return scopeOf(known({ tool: toolOf(detail), branch: vcs?.ref?.head?.name, category: detail.report?.category }));
}

function toolOf({ tool }: Alert['detail']): string {
  return tool ?? 'unnamed';
}

const FIXED = new Set(['fixed', 'closed', 'resolved', 'absent', 'removed', 'done']);
const SUPPRESSED = new Set(
  'suppressed|accepted|risk accepted|wontfix|won’t fix|false_positive|false positive|dismissed|safe|acknowledged|reviewed|ignored'.split(
    '|',
  ),
);

/** As its tool says it: SonarQube's states, SARIF's baseline and suppressions, a list's own words. */
export function stateOf({ action }: Alert['detail']): Telling['state'] {
  const word = action.toLowerCase();
  return FIXED.has(word) ? 'fixed' : SUPPRESSED.has(word) ? 'suppressed' : 'open';
}

/** `before`: undefined where it is told for the first time; then it is called `id`. */
export function tell(before: Known | undefined, id: string, alert: Alert, marks: Marks, facts: Facts): Known {
  const { detail, vcs, cicd, observed_at } = alert;
  const old = before?.weakness;
  const scope = scopeOfAlert(alert);
  const heard = old?.tellings.find((telling) => scopeOf(telling) === scope);
  const again = heard?.report !== undefined && heard.report === detail.report?.id;
  const telling = tellingOf(alert, heard, again);
  const run = cicd?.pipeline?.run?.id;
  const stays = again || (old?.location?.path === marks.path && old?.location?.line === marks.line);
  const location = marks.path === undefined ? undefined : known({ path: marks.path, line: marks.line });
  const weakness: Weakness = known({
    id,
    repository: old?.repository ?? vcs?.repository?.name,
    title: old?.title ?? detail.title ?? detail.rule ?? 'A weakness without a title',
    kinds: union(old?.kinds, marks.kinds, MOST.kinds),
    location: stays && old?.location ? old.location : (location ?? old?.location),
    package: detail.package ?? old?.package,
    // What follows from all tellings is worked out below.
    state: old?.state ?? 'open',
    severity: telling.severity,
    priority: telling.severity,
    rank: 0,
    reasons: [],
    first_seen: earlier(old?.first_seen, telling.first_seen),
    last_seen: later(old?.last_seen, telling.last_seen),
    fixed: old?.fixed,
    times: (old?.times ?? 0) + (again ? 0 : 1),
    verified: detail.verified || old?.verified ? (true as const) : undefined,
    exploited: detail.exploited || old?.exploited ? (true as const) : undefined,
    epss: detail.epss ?? old?.epss,
    tellings: [telling, ...(old?.tellings ?? []).filter((each) => each !== heard)].slice(0, MOST.tellings),
    runs: run === undefined ? (old?.runs ?? []) : union([run], old?.runs, MOST.runs),
    revision: (old?.revision ?? 0) + 1,
    sample: alert.sample,
  });
  const told = settled(
    {
      weakness,
      sure: union(marks.sure, before?.sure, MOST.marks),
      moving: union(marks.moving, before?.moving, MOST.marks),
      places: stays ? union(before?.places, marks.places, MOST.marks) : marks.places,
      secret: isSecret(detail) || before?.secret === true,
      reached: /^https?:/.test(marks.path ?? '') || before?.reached === true,
    },
    facts,
    observed_at,
  );
  return withNames(before, told, alert);
}

function tellingOf(alert: Alert, heard: Telling | undefined, again: boolean): Telling {
  const { detail, vcs, observed_at } = alert;
  const state = stateOf(detail);
  const own = severityOf(detail);
  return known({
    tool: toolOf(detail),
    branch: vcs?.ref?.head?.name,
    category: detail.report?.category,
    rule: detail.rule,
    // A report may have it twice; the worse counts.
    severity: again && heard ? moreSevere(heard.severity, own) : own,
    level: detail.level,
    score: detail.score,
    state: again && heard?.state === 'open' ? 'open' : state,
    first_seen: earlier(heard?.first_seen, formatInstant(Math.min(detail.first_seen ?? observed_at, observed_at))),
    last_seen: later(heard?.last_seen, formatInstant(observed_at)),
    report: detail.report?.id,
  });
}

/** A complete report of `scope` does not have it. The same object where that says nothing new. */
export function missing(before: Known, scope: string, report: string, facts: Facts, at: Instant): Known {
  const gone = (telling: Telling) =>
    scopeOf(telling) === scope && telling.state !== 'fixed' && telling.report !== report;
  const { weakness } = before;
  if (!weakness.tellings.some(gone)) return before;
  const tellings = weakness.tellings.map((telling) =>
    gone(telling) ? { ...telling, state: 'fixed' as const } : telling,
  );
  return settled({ ...before, weakness: { ...weakness, tellings, revision: weakness.revision + 1 } }, facts, at);
}

/** Two turned out to be the same: the first one's name stays; the second is told to be merged. */
export function merge(into: Known, other: Known, facts: Facts, at: Instant): readonly [Known, Weakness] {
  const [a, b] = [into.weakness, other.weakness];
  const scopes = new Set(a.tellings.map(scopeOf));
  const weakness: Weakness = {
    ...a,
    kinds: union(a.kinds, b.kinds, MOST.kinds),
    first_seen: earlier(a.first_seen, b.first_seen),
    last_seen: later(a.last_seen, b.last_seen),
    times: a.times + b.times,
    tellings: [...a.tellings, ...b.tellings.filter((telling) => !scopes.has(scopeOf(telling)))].slice(0, MOST.tellings),
    runs: union(a.runs, b.runs, MOST.runs),
    revision: a.revision + 1,
  };
  const whole: Known = {
    weakness,
    sure: union(into.sure, other.sure, MOST.marks),
    moving: union(into.moving, other.moving, MOST.marks),
    places: union(into.places, other.places, MOST.marks),
    secret: into.secret || other.secret,
    reached: into.reached || other.reached,
  };
  return [
    withBoth(settled(whole, facts, at), into, other),
    { ...b, state: 'merged', merged_into: a.id, revision: b.revision + 1 },
  ];
}

/** With what is known of its repository now. The same object where that changes nothing. */
export function reconsidered(before: Known, facts: Facts, at: Instant): Known {
  const { weakness } = before;
  const now = settled({ ...before, weakness: { ...weakness, revision: weakness.revision + 1 } }, facts, at);
  const same = now.weakness.rank === weakness.rank && `${now.weakness.reasons}` === `${weakness.reasons}`;
  return same ? before : now;
}

/** What follows from all tellings together. */
function settled(draft: Known, facts: Facts, at: Instant): Known {
  const { weakness, secret, reached } = draft;
  const { verified, exploited, epss, fixed: _fixed, ...rest } = weakness;
  const state = stateOfAll(weakness);
  const alive = weakness.tellings.filter((telling) => telling.state !== 'fixed');
  const counting = alive.length > 0 ? alive : weakness.tellings;
  const worst = counting.reduce((a, b) => (moreSevere(a.severity, b.severity) === a.severity ? a : b));
  const { severity, tool, score } = worst;
  const priority = priorityOf(
    known({ severity, tool, score, verified, exploited, epss, secret, reached, facts, now: at }),
  );
  const told = known({
    verified,
    exploited,
    epss,
    fixed: state === 'fixed' ? (weakness.fixed ?? formatInstant(at)) : undefined,
  });
  return { ...draft, weakness: { ...rest, ...told, state, severity, ...priority } };
}

function stateOfAll({ state: before, tellings }: Weakness): WeaknessState {
  if (tellings.some(({ state }) => state === 'open')) {
    return before === 'fixed' || before === 'reopened' ? 'reopened' : 'open';
  }
  return tellings.some(({ state }) => state === 'suppressed') ? 'suppressed' : 'fixed';
}

function union(a: readonly string[] = [], b: readonly string[] = [], most: number): readonly string[] {
  return [...new Set([...a, ...b])].slice(0, most);
}

function earlier(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}

function later(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}
