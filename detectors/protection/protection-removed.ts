// A guard rail was taken away, or passed by somebody who does not do so every week. Rarely first, nearly always worth a page:
// somebody is acting right now.
//
// State of a place: 30 people who passed its guards, each with the days on which they did and the last of them, and when a guard
// of branches was put up last. 3 KB at most.
import type { Activity, ActivityOf } from '../../services/core/activity.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { type Severity, shiftSeverity } from '../../services/core/severity.ts';
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import { withEntry } from '../credential/bounded.ts';
import { guardsBranches, isHarmless, isSignInPolicy, isTrail, loosenedSetting, worthOf } from './guards.ts';

const PEOPLE = 30;
/** Earlier days on which somebody passed guards here, and is expected to. */
const USUAL_DAYS = 3;
/** Who replaces a protection by a ruleset puts up the one before the other goes. */
const REPLACED = HOUR;

type State = {
  readonly people: Readonly<Record<string, readonly [days: number, last: number]>>;
  readonly added: Instant;
};

export const protectionRemoved = defineWatch<'protection' | 'setting', State>({
  id: 'protection-removed',
  title: 'Protection removed',
  summary: 'A branch protection, ruleset or other guard rail was removed, switched off, lowered or overridden.',
  catalogue: 'D001',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-1'],
  attack: [{ tactic: 'TA0005', technique: 'T1562.001' }],
  cases: () => import('./protection-removed.cases.ts'),
  watches: ['protection', 'setting'],
  by: 'place',
  falsePositives: ['An administrator replaces an old protection by a ruleset, or makes room for a planned migration.'],
  next: [
    'Put the protection back, unless its owner says why not.',
    'Look at what was pushed to the ref while it was open.',
  ],

  entity: (activity) => entityOf('repository', activity) ?? entityOf('actor', activity) ?? entityOf('system', activity),
  empty: () => ({ people: {}, added: 0 }),

  step(state, activity) {
    if (activity.kind === 'setting') {
      const found = loosenedSetting(activity);
      return { state, raise: found && raiseOf(activity, found, found.severity, 'loosened') };
    }
    const { detail } = activity;
    if (isTrail(detail.what)) return { state };
    if (detail.change === 'added') {
      const added = guardsBranches(detail.what) ? Math.max(state.added, activity.observed_at) : state.added;
      return { state: added === state.added ? state : { ...state, added } };
    }
    if (detail.change === 'removed') {
      return { state, raise: raiseOf(activity, detail, removedWorth(state, activity), 'removed') };
    }
    if (isSignInPolicy(activity)) return { state, raise: raiseOf(activity, detail, 'low', 'changed') };
    if (detail.change === 'changed' && (detail.bypass?.length ?? 0) > 0) {
      return { state, raise: raiseOf(activity, detail, 'low', 'changed who may pass') };
    }
    if (detail.change !== 'overridden') return { state };
    const who = entityOf('actor', activity)?.id ?? '';
    const day = Math.floor(activity.observed_at / DAY);
    const [days, last] = (Object.hasOwn(state.people, who) ? state.people[who] : undefined) ?? [0, 0];
    const isUsual = days - (day === last ? 1 : 0) >= USUAL_DAYS;
    const severity = isUsual || isHarmless(detail.reasons) ? 'low' : 'medium';
    const person = [days + 1, day] as const;
    return {
      state:
        day > last ? { ...state, people: withEntry(state.people, who, person, PEOPLE, ([, when]) => when) } : state,
      raise: raiseOf(activity, detail, severity, 'overrode'),
    };
  },
});

/** Less where another guard was put up just before, and where a bot sets what is written down elsewhere. */
function removedWorth({ added }: State, activity: ActivityOf<'protection'>): Severity {
  const since = activity.observed_at - added;
  const isReplaced = guardsBranches(activity.detail.what) && since >= 0 && since <= REPLACED;
  const steps = (isReplaced ? 1 : 0) + (activity.actor?.type === 'bot' ? 1 : 0);
  return shiftSeverity(worthOf(activity), -steps);
}

type Guard = Pick<ActivityOf<'protection'>['detail'], 'what' | 'target' | 'bypass'>;

function raiseOf({ actor, vcs }: Activity, detail: Guard, severity: Severity, verb: string) {
  const what = detail.what || 'a protection';
  const who = actor?.name ?? actor?.email ?? 'Somebody unnamed';
  const where = [detail.target, vcs?.repository?.name].filter(Boolean).join(' of ');
  const whose = detail.bypass && detail.bypass.length > 0 ? `: ${detail.bypass.slice(0, 5).join(', ')}` : '';
  return {
    severity,
    observed: `${who} ${verb} ${what}${where ? ` on ${where}` : ''}${whose}.`,
    expected: 'Guard rails stay; whoever needs an exception asks for one.',
    history: 'What was removed is told each time; of what was passed, whether the same person has done so before.',
    picture: {
      type: 'delta' as const,
      lines: [{ sign: '-' as const, text: `${what}${where ? ` on ${where}` : ''}` }],
    },
    ...((severity === 'low' || severity === 'informational') && { oddity: `${verb}:${who}:${what}` }),
  };
}
