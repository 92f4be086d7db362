// Whoever finds a key asks first whose it is, and then what it opens: a who-am-I call followed by lists, from one network,
// by a credential that never did so. Early in I06, part of most thefts since.
//
// State of a credential: 12 looks of the last quarter of an hour, 32 sorts of looks that it does, 12 networks that
// it was used from; what is new teaches after half a day. Under 2 KB.
import type { Activity } from '../../services/core/activity.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { DAY, type Instant, MINUTE } from '../../services/core/time.ts';
import { type Look, operationOf } from './operations.ts';
import { isShortLived, USES, type UseKind, useOf } from './use.ts';

const WITHIN = 15 * MINUTE;
const LOOKS = 12;
const HALF_A_DAY = DAY / 2;
const KNOWN = 12;
/** Uses that are counted a day. */
const COUNTED = 50;
/** Uses before today that make a credential one whose ways are known. */
const ENOUGH_USES = 4;
/** Reads of other repositories' pipelines that are a list too. */
const MANY_WORKFLOWS = 5;

/** First met, and when last. */
type Met = Readonly<Record<string, readonly [first: Instant, last: Instant]>>;

type State = {
  readonly looks: readonly (readonly [at: Instant, look: Look, network: string])[];
  readonly habits: Met;
  readonly networks: Met;
  /** By day: how many uses on days before the last, and on the last. */
  readonly before: number;
  readonly today: number;
  readonly day: number;
};

export const credentialInventory = defineWatch<UseKind, State>({
  id: 'credential-inventory',
  title: 'Credential tried out and looked around with',
  summary:
    'Notices a credential that asks who it is and lists what it can reach (repositories, secrets, runners, buckets, workflows), within minutes and as it never did.',
  catalogue: 'D029',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-2'],
  attack: [
    { tactic: 'TA0007', technique: 'T1087.004' },
    { tactic: 'TA0007', technique: 'T1580' },
  ],
  cases: () => import('./credential-inventory.cases.ts'),
  watches: USES,
  by: 'credential',
  falsePositives: [
    'Somebody tries the credential by hand because a job failed.',
    'A new tool checks the credential before it is used.',
  ],
  next: [
    'Ask the owner whether they tried the credential just now, and from where.',
    'If not: revoke it, and look for what was read after the lists.',
  ],

  // A token of an hour has no ways: apps list what they may see each time they get one.
  entity: (activity) =>
    isShortLived(activity.credential) ? undefined : (entityOf('credential', activity) ?? entityOf('actor', activity)),
  empty: () => ({ looks: [], habits: {}, networks: {}, before: 0, today: 0, day: 0 }),

  step(state, activity) {
    const use = useOf(activity);
    const operation = operationOf(activity);
    if (!use || !operation || failed(activity)) return { state };
    const { observed_at: at } = activity;
    const { look } = operation;
    const day = Math.max(Math.floor(at / DAY), state.day);
    const networks = met(state.networks, use.network, at);
    // A busy token must not write its state at each use.
    if (look === undefined && day === state.day && networks === state.networks && state.today >= COUNTED)
      return { state };
    const looks = state.looks.filter(([when]) => at - when <= WITHIN);
    const next: State = {
      looks: look === undefined ? looks : [...looks, [at, look, use.network] as const].slice(-LOOKS),
      habits: look === undefined ? state.habits : met(state.habits, look, at),
      networks,
      before: day > state.day ? state.before + state.today : state.before,
      today: day > state.day ? 1 : Math.min(state.today + 1, COUNTED),
      day,
    };
    return { state: next, raise: look === undefined ? undefined : judge(activity, next, use.network) };
  },
});

function judge(activity: Activity, state: State, network: string) {
  const { observed_at: at, actor, client, credential } = activity;
  const here = state.looks.filter(([, , where]) => where === network);
  const sorts = [...new Set(here.map(([, look]) => look))];
  const unusual = sorts.filter((look) => !isHabit(state.habits, look, at));
  const lists = unusual.filter((look) => look !== 'self');
  const workflows = here.filter(([, look]) => look === 'workflows').length;
  const known = state.before >= ENOUGH_USES;
  const newNetwork = !isHabit(state.networks, network, at);
  const around =
    (sorts.length >= 2 && lists.length > 0) || (workflows >= MANY_WORKFLOWS && unusual.includes('workflows'));
  // A key that never asked who it is, and asks from where it never was, is being tried out.
  const triedOut = known && newNetwork && unusual.includes('self');
  if (!around && !triedOut) return undefined;
  const severity = known && newNetwork && around ? ('medium' as const) : ('low' as const);
  const whose = `${credential?.type ?? (credential ? 'credential' : 'account')} of ${actor?.name ?? 'an unknown account'}`;
  const did = sorts.map((look) => (look === 'self' ? 'asked who it is' : `listed ${look}`)).join(', ');
  return {
    severity,
    observed: `The ${whose} ${did} from ${client?.address ?? network} within minutes.`,
    expected: known
      ? `In ${state.before} uses before today it never did${newNetwork ? ', nor was it ever used from there' : ''}.`
      : 'Credentials do the work they were made for; whoever finds one looks around first.',
    history: `${state.before} uses on earlier days, ${state.today} today.`,
    oddity: `inventory:${network}:${around ? 'around' : 'self'}`,
  };
}

function failed({ kind, detail }: Activity): boolean {
  return kind === 'request' && 'status' in detail && detail.status !== undefined && detail.status >= 400;
}

/** For half a day at least: what came just now may be the thief's. */
function isHabit(known: Met, value: string, at: Instant): boolean {
  const [first] = known[value] ?? [at];
  return at - first >= HALF_A_DAY;
}

function met(known: Met, value: string, at: Instant): Met {
  const [first, last] = known[value] ?? [at, at];
  // Times to the hour are enough, and spare a write for each use.
  if (known[value] && at - last < DAY / 24 && at >= first) return known;
  const all = { ...known, [value]: [Math.min(first, at), Math.max(last, at)] as const };
  const entries = Object.entries(all);
  if (entries.length <= KNOWN) return all;
  const [oldest] = entries.toSorted(([, a], [, b]) => a[1] - b[1]);
  return Object.fromEntries(entries.filter(([name]) => name !== oldest?.[0]));
}
