// A machine that is to run jobs is registered by somebody, from somewhere, under a name that the fleet's own never had; or
// somebody who has nothing to do with runners tries to change one. A stolen registration token is worth all secrets of the
// jobs that the machine then takes. State, by system: 30 registrars, 40 networks, 60 patterns of names, 30 registrations on
// probation; under 10 KB.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { type Entity, entityKey } from '../../services/core/entity.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import type { Severity } from '../../services/core/severity.ts';
import { DAY, type Instant } from '../../services/core/time.ts';

const PROBATION = DAY;
const MOST = { registrars: 30, networks: 40, patterns: 60, waiting: 30 };
/** With fewer registrations known, nobody can say what is usual. */
const ENOUGH = 2;

type Registration = readonly [at: Instant, who: string, network: string, pattern: string];
type State = {
  readonly known: number;
  readonly registrars: readonly string[];
  readonly networks: readonly string[];
  readonly patterns: readonly string[];
  readonly waiting: readonly Registration[];
};
type Step = { readonly state: State; readonly raise?: Raise | undefined };

const REGISTERS = /regist|created?|connected|joined|added|doCreateItem/i;
const LEAVES = /un-?regist|deregist|remov|delet|destroy|disconnect|group|image|network_configuration|token|offline/i;
const REFUSED = /denied|forbidden|refused|unauthorized/i;

export const runnerRegistered = defineWatch<'runner', State>({
  id: 'runner-registered',
  title: 'Runner registered by somebody, or from somewhere, new',
  summary:
    'Learns who registers runners, from which networks and under what names, and notices one that fits none of it, and a refused try to change one by somebody who has never registered any.',
  catalogue: 'D099',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-7', 'CICD-SEC-5'],
  attack: [
    { tactic: 'TA0003', technique: 'T1543' },
    { tactic: 'TA0006', technique: 'T1552' },
  ],
  cases: () => import('./runner-registered.cases.ts'),
  watches: ['runner'],
  falsePositives: ['A new colleague adds the first machine of a new fleet, from a new place.'],
  next: [
    'Pause the runner, and look at which jobs it may take.',
    'Ask whoever registered it; reset the registration token that was used.',
  ],
  by: 'system',
  entity: (activity) => entityOf('system', activity),
  empty: () => ({ known: 0, registrars: [], networks: [], patterns: [], waiting: [] }),

  step(before, activity) {
    const state = matured(before, activity.observed_at);
    const { action } = activity.detail;
    if (REFUSED.test(action)) return { state, raise: refused(state, activity) };
    if (!REGISTERS.test(action) || LEAVES.test(action)) return { state };
    return registered(state, activity);
  },
});

function registered(state: State, activity: ActivityOf<'runner'>): Step {
  const at = activity.observed_at;
  const { who, network, pattern } = factsOf(activity);
  const waiting = [...state.waiting, [at, who, network, pattern] as const].slice(-MOST.waiting);
  const next = { ...state, waiting };
  if (state.known < ENOUGH) return { state: next };
  const fresh = {
    who: who !== '' && !state.registrars.includes(who),
    network: network !== '' && !state.networks.includes(network),
    pattern: pattern !== '' && !state.patterns.includes(pattern),
  };
  const severity = severityOf(fresh);
  if (severity === undefined) return { state: next };
  const runner = entityOf('runner', activity);
  const name = runner?.id ?? 'a runner';
  const what = [
    fresh.who ? 'this account never registered one' : '',
    fresh.network ? `nor did any come from ${activity.client?.address ?? network}` : '',
    fresh.pattern ? 'none has a name and labels like these' : '',
  ].filter((text) => text !== '');
  return {
    state: next,
    raise: {
      severity,
      ...aboutRunner(runner),
      observed: `${activity.actor?.name ?? 'Somebody'} registered the runner ${name.slice(0, 80)}${labelsIn(activity)}: ${what.join(', ')}.`,
      expected: `Runners are registered by ${state.registrars.slice(-3).join(', ') || 'nobody known'}, with names like ${state.patterns.slice(-3).map(nameOf).join(', ') || 'none known'}.`,
      history: `${state.known} registrations are known.`,
      oddity: `${who} ${network} ${pattern}`.slice(0, 200),
    },
  };
}

function severityOf({
  who,
  network,
  pattern,
}: Readonly<Record<'who' | 'network' | 'pattern', boolean>>): Severity | undefined {
  if (who && (network || pattern)) return network ? 'medium' : 'low';
  return network && pattern ? 'low' : undefined;
}

function refused(state: State, activity: ActivityOf<'runner'>): Raise | undefined {
  const { who } = factsOf(activity);
  if (who === '' || state.registrars.includes(who)) return undefined;
  const runner = entityOf('runner', activity);
  const tried = state.waiting.some(([, other]) => other === who);
  return {
    severity: tried && state.known >= ENOUGH ? 'medium' : 'low',
    ...aboutRunner(runner),
    observed: `${activity.actor?.name ?? 'Somebody'} was refused a change of the runner ${runner?.id.slice(0, 80) ?? ''}.`,
    expected: tried
      ? 'The same account registered one of its own within the day, and never did before.'
      : 'This account has never registered a runner.',
    history: `${state.known} registrations are known.`,
    oddity: `${who} refused`,
  };
}

/** The runner is what all of this is about, so what happens on it belongs to the same story. */
function aboutRunner(runner: Entity | undefined): Pick<Raise, 'entity' | 'links'> {
  return runner ? { entity: runner, links: [{ key: entityKey(runner) }] } : {};
}

function factsOf(activity: ActivityOf<'runner'>): Readonly<Record<'who' | 'network' | 'pattern', string>> {
  const labels = [...(activity.cicd?.worker?.labels ?? [])].sort().join(',');
  const pool = entityOf('pool', activity)?.id;
  return {
    // Feeds tell of one account by name here and by number there.
    who: (activity.actor?.person ?? activity.actor?.name ?? actorId(activity) ?? '').toLowerCase().slice(0, 80),
    network: networkOf(activity.client).slice(0, 60),
    pattern: pool === undefined ? '' : `${pool}|${labels}`.slice(0, 120),
  };
}

/** The network's number, or the first half of a short address and of a long one. */
function networkOf(client: ActivityOf<'runner'>['client']): string {
  if (client?.asn !== undefined) return `AS${client.asn}`;
  const address = client?.address ?? '';
  return address.includes(':') ? address.split(':').slice(0, 3).join(':') : address.split('.').slice(0, 3).join('.');
}

function matured(state: State, at: Instant): State {
  const due = state.waiting.filter(([since]) => at - since >= PROBATION);
  if (due.length === 0) return state;
  return {
    known: state.known + due.length,
    registrars: withAll(
      state.registrars,
      due.map(([, who]) => who),
      MOST.registrars,
    ),
    networks: withAll(
      state.networks,
      due.map(([, , network]) => network),
      MOST.networks,
    ),
    patterns: withAll(
      state.patterns,
      due.map(([, , , pattern]) => pattern),
      MOST.patterns,
    ),
    waiting: state.waiting.filter((each) => !due.includes(each)),
  };
}

function withAll(list: readonly string[], more: readonly string[], most: number): readonly string[] {
  const fresh = new Set(more.filter((value) => value !== ''));
  return [...list.filter((value) => !fresh.has(value)), ...fresh].slice(-most);
}

function nameOf(pattern: string): string {
  return pattern.split('|', 1)[0] ?? pattern;
}

function labelsIn({ cicd }: ActivityOf<'runner'>): string {
  const labels = cicd?.worker?.labels ?? [];
  return labels.length === 0
    ? ''
    : ` with ${labels
        .slice(0, 4)
        .map((label) => label.slice(0, 40))
        .join(', ')}`;
}
