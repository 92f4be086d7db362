// Several accounts within an hour or two from a network where nobody works: account farms (I07), not onboarding, which comes
// from where people are at work already, by an administrator or by single sign-on.
//
// State of a system: 100 new accounts of the last six hours, 300 networks with the day that somebody first worked from
// them. Up to 12 KB.
import { isIP } from 'node:net';
import type { Activity } from '../../services/core/activity.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { short, withEntry } from './bounded.ts';
import { networkOf } from './client-context.ts';
import { newPrincipalIn } from './principals.ts';
import { USES, type UseKind } from './use.ts';

const WITHIN = 2 * HOUR;
const KEPT = 6 * HOUR;
const NEW_ACCOUNTS = 100;
const NETWORKS = 300;
/** So many within two hours are worth a word, and so many a look. */
const SOME = 4;
const MANY = 5;
/** A system watched for less does not know where its people are. */
const LEARNING = 3 * DAY;
/** Names without a vowel in reach, or of letters and digits mixed. */
const RANDOM = /[bcdfghjklmnpqrstvwxz]{4}|\d[a-z]+\d|[a-z]\d[a-z]\d/i;

type State = {
  readonly since: Instant;
  readonly fresh: readonly (readonly [at: Instant, network: string, name: string, random: 0 | 1])[];
  readonly networks: Readonly<Record<string, readonly [first: number, last: number]>>;
};

export const accountFlood = defineWatch<UseKind, State>({
  id: 'account-flood',
  title: 'Accounts made in series',
  summary: 'Notices several accounts made within two hours from one network that nobody worked from before.',
  catalogue: 'D137',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-2', 'CICD-SEC-1'],
  attack: [
    { tactic: 'TA0003', technique: 'T1136' },
    { tactic: 'TA0042', technique: 'T1585' },
  ],
  cases: () => import('./account-flood.cases.ts'),
  watches: USES,
  by: 'system',
  falsePositives: ['A course or a hackathon signs up from its own network.'],
  next: [
    'Look at the accounts as one: names, addresses, what they do first.',
    'Block them together, and close open registration until it is over.',
  ],

  entity: (activity) => entityOf('system', activity),
  empty: () => ({ since: 0, fresh: [], networks: {} }),

  step(state, activity) {
    const { observed_at: at, client, actor } = activity;
    const network = client && networkOf(client);
    if (network === undefined) return { state };
    const since = state.since === 0 ? at : Math.min(state.since, at);
    const made = accountIn(activity);
    if (!made) {
      if (actor === undefined || actor.type === 'bot') return { state };
      const networks = worked(state.networks, short(network), Math.floor(at / DAY));
      return { state: networks === state.networks && since === state.since ? state : { ...state, since, networks } };
    }
    const name = short(made.name);
    const before = state.fresh.filter(([when, , other]) => Math.abs(at - when) <= KEPT && other !== name);
    const entry = [at, network, name, RANDOM.test(made.name) ? 1 : 0] as const;
    const next: State = { ...state, since, fresh: [...before, entry].slice(-NEW_ACCOUNTS) };
    const [first = Number.POSITIVE_INFINITY] = state.networks[short(network)] ?? [];
    // Whoever works there since yesterday makes it a place of the company's.
    const established = first < Math.floor(at / DAY);
    const series = next.fresh.filter(([when, where]) => where === network && Math.abs(at - when) <= WITHIN);
    if (established || made.byAdmin || series.length < SOME || at - since < LEARNING) return { state: next };
    const random = series.filter(([, , , each]) => each === 1).length;
    const many = series.length >= MANY || random >= SOME;
    const times = series.map(([when]) => when);
    const minutes = Math.max(1, Math.round((Math.max(...times) - Math.min(...times)) / MINUTE));
    const where = isIP(client?.address ?? '') > 0 ? (client?.address ?? network) : network;
    return {
      state: next,
      raise: {
        severity: many ? 'medium' : 'low',
        observed: `${series.length} accounts were made within ${minutes} minutes from ${where}${random >= series.length / 2 ? ', with names that look made up' : ''}.`,
        expected: 'Nobody worked from that network before; people who join come one by one, or from where others are.',
        history: `${Object.keys(state.networks).length} networks are known.`,
        oddity: `flood:${network}:${many ? 'many' : 'some'}`,
      },
    };
  },
});

function accountIn(activity: Activity): { readonly name: string; readonly byAdmin: boolean } | undefined {
  const made = newPrincipalIn(activity);
  if (made?.what !== 'an account' || made.name === undefined) return undefined;
  // An administrator who makes them is known for it elsewhere.
  return { name: made.name, byAdmin: !made.own && activity.actor !== undefined };
}

function worked(networks: State['networks'], network: string, day: number): State['networks'] {
  const [first, last] = networks[network] ?? [day, day];
  if (networks[network] && day >= first && day <= last) return networks;
  return withEntry(
    networks,
    network,
    [Math.min(first, day), Math.max(last, day)] as const,
    NETWORKS,
    ([, seen]) => seen,
  );
}
