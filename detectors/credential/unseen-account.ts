// An account that nobody has seen on this system does something privileged: the account made minutes ago, the break-glass
// administrator that never signs in, a session without a log-in (I10, I15, I23, I40).
//
// State of a system: 2,000 accounts with when they were first, last and last privileged (those seen longest ago give way), 50 new principals of
// the last hour, two counts. Up to 80 KB; an account changes it once a day. Where more are at work than fit, who is new cannot be
// told, and nothing is.
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { surpriseOf } from '../../services/core/odds.ts';
import { DAY, formatInstant, HOUR, type Instant } from '../../services/core/time.ts';
import { type Acquaintances, acquainted, isCrowded, met, nobody } from './acquaintances.ts';
import { short } from './bounded.ts';
import { isPrivilegedFamily, operationOf } from './operations.ts';
import { newPrincipalIn } from './principals.ts';
import { USES, type UseKind } from './use.ts';

/** A system watched for less has accounts that have not come by yet. */
const LEARNING = 14 * DAY;
/** For so long an account that was never seen before is a new face. */
const YOUNG = DAY;
const ACCOUNTS = 2_000;
const BIRTHS = 50;
/** In bits, 1 in 8: where faces come and go, a new one says little. */
const UNUSUAL = 3;

type Known = readonly [name: string, first: Instant, lastDay: number, privilegedDay: number];

type Counts = readonly [accounts: number, fresh: number];

type State = {
  readonly since: Instant;
  readonly accounts: Acquaintances<Known>;
  /** What was made when, by whom; the name's hash where it is told. */
  readonly births: readonly (readonly [at: Instant, name: string, by: string])[];
  /** Accounts that did something privileged, by day, and those of them that were new faces: before today, and today. */
  readonly before: Counts;
  readonly today: Counts;
  readonly day: number;
};

export const unseenAccount = defineWatch<UseKind, State>({
  id: 'unseen-account',
  title: 'Unseen account does something privileged',
  summary:
    'Knows the accounts that are at work on a system, and notices one that nobody has seen (made within the hour, or never used) reaching for settings, secrets, scripts, runners or access rights.',
  catalogue: 'D040',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-2', 'CICD-SEC-1'],
  attack: [
    { tactic: 'TA0003', technique: 'T1136' },
    { tactic: 'TA0004', technique: 'T1078.003' },
  ],
  cases: () => import('./unseen-account.cases.ts'),
  watches: USES,
  by: 'system',
  falsePositives: ['A new administrator begins to work.', 'The break-glass account is used in an emergency.'],
  next: [
    'Ask whoever is responsible for the account whether they act with it now.',
    'If not: end its sessions, disable it, and undo what it did.',
  ],

  entity: (activity) => entityOf('system', activity),
  empty: () => ({ since: 0, accounts: nobody(), births: [], before: [0, 0], today: [0, 0], day: 0 }),

  step(state, activity) {
    const who = entityOf('actor', activity);
    const operation = operationOf(activity);
    if (!who || !operation || activity.actor?.type === 'bot') return { state };
    const { observed_at: at, client, actor } = activity;
    const since = state.since === 0 ? at : Math.min(state.since, at);
    const name = short(who.id);
    const day = Math.floor(at / DAY);
    const known = met(state.accounts, name);
    const [, first, lastDay, privilegedDay] = known ?? [name, at, day, 0];
    const isNew = at - first < YOUNG && first - since >= LEARNING;
    const granted = newPrincipalIn(activity);
    const reaches = isPrivilegedFamily(operation.family) || operation.family === 'administration pages';
    const privileged = reaches && client?.address !== undefined && !granted?.own;
    // One a day and account counts, so that a busy administrator does not outnumber the rest.
    const counts = privileged && day > privilegedDay;
    const seen: Known = [name, Math.min(first, at), Math.max(lastDay, day), counts ? day : privilegedDay];
    const changed = !known || seen.some((each, index) => each !== known[index]);
    const births = granted ? born(state, at, granted.name ?? '', name) : state.births;
    const next: State =
      !changed && births === state.births && since === state.since
        ? state
        : {
            since,
            accounts: changed ? acquainted(state.accounts, seen, ACCOUNTS) : state.accounts,
            births,
            ...(counts ? counted(state, day, isNew) : { before: state.before, today: state.today, day: state.day }),
          };
    if (!isNew || !privileged || isCrowded(next.accounts, day)) return { state: next };
    const birth = births.find(
      ([when, whom, by]) =>
        at >= when && at - when <= HOUR && by !== name && (whom === '' || whom === short(actor?.name ?? '')),
    );
    // Not today's: of one intruder's accounts the second must not look usual.
    const [accounts, fresh] = next.before;
    const probability = (fresh + 1) / (accounts + 2);
    const critical =
      operation.family === 'script console' || operation.family === 'runners' || granted?.what === 'an account';
    const medium = surpriseOf(probability) >= UNUSUAL && (birth !== undefined || critical);
    return {
      state: next,
      raise: {
        severity: medium ? 'medium' : 'low',
        entity: who,
        observed: `${actor?.name ?? who.id} was first seen ${first === at ? 'just now' : `at ${formatInstant(first).slice(0, 16).replace('T', ' ')} UTC`} and reached for ${operation.family} from ${client?.address ?? 'an unknown address'}.${birth ? ' An account or access was granted there within the hour before.' : ''}`,
        expected: `Of ${accounts} times that an account began a day with privileges here, ${fresh} were of accounts just seen.`,
        history: `${state.accounts.known.length} accounts, watched since ${formatInstant(since).slice(0, 10)}.`,
        oddity: `unseen:${operation.family}`,
      },
    };
  },
});

function counted(
  { before, today, day: last }: State,
  day: number,
  isNew: boolean,
): Pick<State, 'before' | 'today' | 'day'> {
  const [accounts, fresh] = day > last ? [0, 0] : today;
  const past: Counts = day > last ? [before[0] + today[0], before[1] + today[1]] : before;
  return { before: past, today: [accounts + 1, fresh + (isNew ? 1 : 0)], day: Math.max(day, last) };
}

function born({ births }: State, at: Instant, name: string, by: string): State['births'] {
  const whom = name === '' ? '' : short(name);
  return [...births.filter(([when]) => Math.abs(at - when) <= HOUR), [at, whom, by] as const].slice(-BIRTHS);
}
