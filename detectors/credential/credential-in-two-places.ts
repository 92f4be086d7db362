// One credential at work in two networks within minutes, on two machines, in one of which it never was: two people (I08). A
// laptop that turns its VPN on keeps its programs; two versions of one program are two machines.
//
// State of a credential: the last use of 8 machines, 12 networks, how often it was used. Under 2 KB. Not guarded by a
// probation, as profiles are: which of the two came in first must not matter.
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { DAY, type Instant, MINUTE } from '../../services/core/time.ts';
import { short, withEntry } from './bounded.ts';
import { isBrowser } from './client-context.ts';
import { isShortLived, USES, type UseKind, useOf } from './use.ts';

const AT_ONCE = 10 * MINUTE;
const MACHINES = 8;
const NETWORKS = 12;
/** A network counts as known when the credential was met there so long ago. */
const SETTLED = DAY / 2;
const ENOUGH_USES = 3;
/** Of a credential that is used all the time, two uses within minutes say nothing: by chance at most this often. */
const BY_CHANCE = 1 / 8;

type Machine = readonly [at: Instant, network: string, product: string, agent: string];

type State = {
  readonly since: Instant;
  readonly uses: number;
  readonly machines: readonly Machine[];
  readonly networks: Readonly<Record<string, readonly [first: Instant, last: Instant]>>;
  /** When two machines were first at work at once: 0 never. */
  readonly twice: Instant;
};

export const credentialInTwoPlaces = defineWatch<UseKind, State>({
  id: 'credential-in-two-places',
  title: 'Credential in two places at once',
  summary:
    'Notices a credential that two machines use within ten minutes from two networks, one of which it was never used from.',
  catalogue: 'D024',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-2'],
  attack: [{ tactic: 'TA0001', technique: 'T1078' }],
  cases: () => import('./credential-in-two-places.cases.ts'),
  watches: USES,
  by: 'credential',
  falsePositives: [
    'Somebody works on two machines, one of them on a telephone’s network.',
    'A shared key gets a second user.',
  ],
  next: [
    'Ask the owner whether both uses are theirs.',
    'If not: revoke the credential, and look at what each of the two did.',
  ],

  entity: (activity) =>
    isShortLived(activity.credential) ? undefined : (entityOf('credential', activity) ?? entityOf('actor', activity)),
  empty: () => ({ since: 0, uses: 0, machines: [], networks: {}, twice: 0 }),

  step(state, activity) {
    const use = useOf(activity);
    // A laptop and a telephone have browsers of one name.
    if (use?.product === undefined || use.agent === undefined || isBrowser(use.product)) return { state };
    const { observed_at: at, actor, client, credential } = activity;
    const { product, agent, network } = use;
    const name = short(network);
    const [first, last] = state.networks[name] ?? [at, at];
    const met = [Math.min(first, at), Math.max(last, at)] as const;
    const other = state.machines.find(
      ([when, where, what, which]) =>
        Math.abs(at - when) <= AT_ONCE && where !== network && what === product && which !== agent,
    );
    const next: State = {
      since: state.since === 0 ? at : Math.min(state.since, at),
      uses: state.uses + 1,
      machines: newest(state.machines, [at, network, product, agent]),
      networks: withEntry(state.networks, name, met, NETWORKS, ([, seen]) => seen),
      twice: other && state.twice === 0 ? at : state.twice,
    };
    if (!other || state.uses < ENOUGH_USES || chance(state, at) > BY_CHANCE) return { state: next };
    // Who did so before today works so.
    if (state.twice > 0 && at - state.twice >= SETTLED) return { state: next };
    const [, elsewhere] = other;
    const isKnown = (where: string) => at - (next.networks[short(where)]?.[0] ?? at) >= SETTLED;
    // Both unknown is fine too where a third is: the first of them was the surprise.
    const settled = Object.values(next.networks).some(([since]) => at - since >= SETTLED);
    if (!settled || (isKnown(network) && isKnown(elsewhere))) return { state: next };
    const whose = `${credential?.type ?? (credential ? 'credential' : 'account')} of ${actor?.name ?? 'an unknown account'}`;
    return {
      state: next,
      raise: {
        severity: 'medium',
        observed: `Two machines used the ${whose} within ten minutes, from ${client?.address ?? network} and from ${elsewhere}, with two versions of ${product}.`,
        expected: `In ${state.uses} uses before, it was never at work in two networks at once.`,
        history: `${Object.keys(next.networks).length} networks are known.`,
        oddity: `twice:${[network, elsewhere].sort().join(':')}`,
      },
    };
  },
});

/** That two uses of it fall within ten minutes of each other, were they spread evenly. */
function chance({ since, uses }: State, at: Instant): number {
  return -Math.expm1((-uses * 2 * AT_ONCE) / Math.max(at - since, DAY));
}

/** Of each machine in each network the last use. */
function newest(machines: readonly Machine[], now: Machine): readonly Machine[] {
  const same = machines.find((each) => each.slice(1).every((value, index) => value === now[index + 1]));
  if (same && same[0] >= now[0]) return machines;
  return [...machines.filter((each) => each !== same), now].sort((a, b) => a[0] - b[0]).slice(-MACHINES);
}
