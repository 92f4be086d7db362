// The record of what happens is cut: a stream of the audit log paused or sent elsewhere, a trail stopped, what was kept for a
// year kept for a day. Who does that plans to do something that should not be read later (I08).
//
// State of a system: of 40 stores of records, how many days they were last said to be kept. 4 KB at most.
import type { Activity } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { isTrail } from '../protection/guards.ts';

const STORES = 40;
/** Days below which nobody who looks for an attack finds it: those are noticed after weeks. */
const FEW_DAYS = 7;
/** Names of stores that are there to be read afterwards. */
const AUDIT_STORE = /audit|trail|flow.?log|security|guardduty|compliance|siem|access.?log/i;
/** Stores of single programs come and go with these. */
const PASSING = /log (?:group|stream)$/i;

/** Days by store, as last set. */
type State = Readonly<Record<string, number>>;

export const auditTrailCut = defineWatch<'protection' | 'setting', State>({
  id: 'audit-trail-cut',
  title: 'Audit trail cut',
  summary:
    'An audit stream or trail was stopped, removed or sent elsewhere, or what it keeps is kept for a few days only.',
  catalogue: 'D127',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-10'],
  attack: [
    { tactic: 'TA0005', technique: 'T1562.008' },
    { tactic: 'TA0005', technique: 'T1070' },
  ],
  cases: () => import('./audit-trail-cut.cases.ts'),
  watches: ['protection', 'setting'],
  by: 'system',
  falsePositives: [
    'The stream moves to another collector, as announced.',
    'Retention is cut to save money, by those who decide on it.',
  ],
  next: [
    'Switch it on again, from an account that nobody else holds.',
    'Ask the person who did it, over another channel.',
    'Read what the same account did before and has done since, from other sources.',
  ],

  entity: (activity) => entityOf('system', activity),
  empty: () => ({}),

  step(state, activity) {
    if (activity.kind === 'protection') return { state, raise: ofTrail(activity) };
    const { action, name = '', from, to } = activity.detail;
    if (!/retention/i.test(action)) return { state };
    const days = Number(to);
    if (to === undefined || to === '' || !Number.isFinite(days)) return { state };
    const store = `${activity.vcs?.repository?.name ?? activity.organization ?? ''}/${action}/${name}`.slice(0, 120);
    const known = Object.hasOwn(state, store) ? state[store] : undefined;
    const stated = from === undefined ? Number.NaN : Number(from);
    const before = Number.isFinite(stated) ? stated : known;
    const next = before === days && known === days ? state : withStore(state, store, days);
    return { state: next, raise: ofRetention(activity, name, before, days) };
  },
});

function ofTrail(activity: Activity): Raise | undefined {
  if (activity.kind !== 'protection' || !isTrail(activity.detail.what)) return undefined;
  const { change, what, target } = activity.detail;
  if (change !== 'removed' && change !== 'changed') return undefined;
  const removed = change === 'removed';
  const isStream = /stream/i.test(what) && !PASSING.test(what);
  return {
    severity: removed
      ? PASSING.test(what) && !AUDIT_STORE.test(target ?? '')
        ? 'low'
        : 'high'
      : isStream
        ? 'medium'
        : 'low',
    observed: `${who(activity)} ${removed ? 'stopped or removed' : 'changed'} ${what}${target === undefined ? '' : ` of ${target}`}.`,
    expected: 'Records of what happens are switched on once and left alone.',
    history: 'A plain rule: it does not depend on history.',
    ...about(activity),
    oddity: `${change}:${what}:${target ?? ''}`,
  };
}

function ofRetention(activity: Activity, name: string, before: number | undefined, days: number): Raise | undefined {
  const isCut = before !== undefined && before > 0 && days < before;
  const isFarCut = isCut && days <= before / 4;
  const isAudit = AUDIT_STORE.test(name);
  if (days >= FEW_DAYS && !(isFarCut && isAudit)) return undefined;
  // Where nobody says what it was before, the name of the store does.
  if (before !== undefined && !isCut) return undefined;
  return {
    severity: isAudit ? 'high' : isFarCut ? 'medium' : 'low',
    observed: `${who(activity)} set ${name === '' ? 'what is kept of runs' : name} to be kept for ${days === 1 ? 'one day' : `${days} days`}${before === undefined ? '' : `; until then it was ${before}`}.`,
    expected: 'Records are kept long enough to find out about an attack weeks later.',
    history:
      before === undefined ? 'How long they were kept before is not told.' : `Kept for ${before} days until now.`,
    ...about(activity),
    oddity: `retention:${name}:${days}`,
  };
}

function who({ actor }: Activity): string {
  return actor?.name ?? actor?.email ?? 'Somebody unnamed';
}

function about(activity: Activity): Pick<Raise, 'entity'> {
  const entity = entityOf('repository', activity) ?? entityOf('actor', activity);
  return entity ? { entity } : {};
}

function withStore(state: State, store: string, days: number): State {
  const entries = Object.entries(state).filter(([each]) => each !== store);
  return Object.fromEntries([...entries, [store, days] as const].slice(-STORES));
}
