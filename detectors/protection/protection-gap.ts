// A guard rail is taken off and put back within hours: open for as long as it took to do something. Whoever means well leaves
// it off, or asks for an exception (I08).
//
// State of a place: 20 guards that went in the last hours, each with its target and who did it. 4 KB at most.
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { worthOf } from './guards.ts';

const LIMIT = 20;
const WITHIN = 4 * HOUR;
const KEPT = 6 * HOUR;
/** Several changes of one edit, or a rule that is made anew by a tool. */
const ONE_EDIT = MINUTE;

type Change = readonly [at: Instant, subject: string, removed: 0 | 1];
type State = readonly Change[];

export const protectionGap = defineWatch<'protection', State>({
  id: 'protection-gap',
  title: 'Protection taken off and put back',
  summary:
    'Notices a guard rail that is gone for minutes to hours and then comes back, and with it what was done meanwhile.',
  catalogue: 'D001',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-1', 'CICD-SEC-10'],
  attack: [
    { tactic: 'TA0005', technique: 'T1562.001' },
    { tactic: 'TA0005', technique: 'T1070' },
  ],
  cases: () => import('./protection-gap.cases.ts'),
  watches: ['protection'],
  by: 'place',
  falsePositives: ['An administrator makes room for a migration and closes it again.'],
  next: ['Look at what was pushed, tagged and published while it was open.', 'Ask who did it what for.'],

  entity: (activity) => entityOf('repository', activity) ?? entityOf('actor', activity) ?? entityOf('system', activity),
  empty: () => [],

  step(state, activity) {
    const { detail, observed_at: at, actor } = activity;
    if (detail.change !== 'removed' && detail.change !== 'added') return { state };
    const removed = detail.change === 'removed';
    const subject = `${family(detail.what)}|${detail.target ?? ''}`.slice(0, 160);
    // Times, not the order of arrival, say which came first.
    const pair = state.find(
      ([when, what, wasRemoved]) =>
        what === subject && (wasRemoved === 1) !== removed && isGap(removed ? when - at : at - when),
    );
    const next = [...state.filter(([when]) => at - when <= KEPT), [at, subject, removed ? 1 : 0] as const].slice(
      -LIMIT,
    );
    if (!pair) return { state: next };
    const minutes = Math.round(Math.abs(at - pair[0]) / MINUTE);
    const worth = worthOf(activity);
    return {
      state: next,
      raise: {
        severity: worth === 'low' ? 'low' : 'medium',
        observed: `${actor?.name ?? 'Somebody unnamed'} put ${detail.what || 'a protection'}${detail.target === undefined ? '' : ` on ${detail.target}`} back after it had been off for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
        expected: 'Guard rails stay; whoever needs an exception asks for one.',
        history: 'Compared with what was taken off in the hours before.',
        oddity: `gap:${subject}`,
      },
    };
  },
});

function isGap(length: number): boolean {
  return length > ONE_EDIT && length <= WITHIN;
}

/** `branch protection: required reviews` comes back as `branch protection`. */
function family(what: string): string {
  return what.split(':', 1)[0]?.toLowerCase() ?? '';
}
