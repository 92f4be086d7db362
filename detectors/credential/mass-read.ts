// One account reads many more repositories than it ever did: what is done with stolen credentials in the end (I06, I08, I23,
// I31, I33, I39, I41), and what mirrors, scanners and backups do every day.
//
// By account and not by credential, since apps get another token each hour. State: 600 reads of the last day (time, hash of the
// repository, network), hashes of 400 repositories read before, for 45 days the most distinct ones within an hour and in all,
// 12 networks. Up to 28 KB while something is going on; under 2 KB usually.
import type { Activity } from '../../services/core/activity.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import type { Severity } from '../../services/core/severity.ts';
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import { short, withEntry } from './bounded.ts';
import { networkOf } from './client-context.ts';
import { operationOf } from './operations.ts';
import { isAppsOwn } from './use.ts';

const READS = 600;
const DAYS = 45;
const NETWORKS = 12;
const KNOWN = 400;
/** Of what is read, the share that was read on days before: what comes again is moved, what is new is taken. */
const MOSTLY = 0.8;
/** Distinct repositories: fewer are nothing to speak of, from a new network, and from a known one. */
const WORTH_A_WORD = 3;
const SOME = 8;
const MANY = 15;
const STRANGE = 7 * DAY;
/** Times the most that it ever did. */
const FAR_ABOVE = 3;

type State = {
  readonly since: Instant;
  readonly reads: readonly (readonly [at: Instant, repository: string, network: string])[];
  /** Hashes of repositories read before the last day; the latest last. */
  readonly known: readonly string[];
  /** Of whole days: most within an hour, all, newest last. */
  readonly days: readonly (readonly [day: number, hour: number, all: number])[];
  readonly networks: Readonly<Record<string, readonly [first: Instant, last: Instant]>>;
};

export const massRead = defineWatch<'request' | 'repository', State>({
  id: 'mass-read',
  title: 'Many repositories read at once',
  summary:
    'Counts the distinct repositories that each account clones, downloads or exports in an hour and a day, and notices many more than it ever read, above all from a network that it was never at.',
  catalogue: 'D137',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-2', 'CICD-SEC-6'],
  attack: [
    { tactic: 'TA0009', technique: 'T1213.003' },
    { tactic: 'TA0010', technique: 'T1567' },
  ],
  cases: () => import('./mass-read.cases.ts'),
  watches: ['request', 'repository'],
  by: 'actor',
  falsePositives: [
    'A mirror, scanner or backup runs for the first time.',
    'Somebody sets up a new machine and clones what they work on.',
  ],
  next: [
    'Ask the owner whether they are cloning; look at the network and program.',
    'If not: revoke the credential now, and rotate every secret in what was read.',
  ],

  entity: (activity) => entityOf('actor', activity),
  empty: () => ({ since: 0, reads: [], known: [], days: [], networks: {} }),

  step(state, activity) {
    const { observed_at: at, client } = activity;
    const network = (client && networkOf(client)) ?? '';
    const known = remembered(state, network, at);
    const repository = readIn(activity);
    if (repository === undefined) return { state: known };
    const read = [at, short(repository), short(network)] as const;
    // A repository that is read again within the hour is one read; a fetch a minute must not push out the rest.
    const again = known.reads.some(([when, what]) => what === read[1] && Math.abs(at - when) < HOUR);
    if (again) return { state: known };
    const next = closed({ ...known, reads: [...known.reads, read] }, at);
    return { state: next, raise: judge(activity, next, network) };
  },
});

function judge(activity: Activity, state: State, network: string) {
  const { observed_at: at, actor, client, credential } = activity;
  const [first = at] = state.networks[short(network)] ?? [];
  const established = state.days.length >= 3 || at - state.since >= 7 * DAY;
  // Once it is well known, what it met a few days ago is new as well: thieves come back.
  const fresh = at - state.since >= 3 * STRANGE ? STRANGE : DAY;
  const newNetwork = established && at - first < fresh && network !== '';
  // What is read elsewhere is no reason to tell of an ordinary read here.
  const here = state.reads.filter(([, , from]) => from === short(network));
  const readWithin = (span: number) =>
    new Set(here.filter(([when]) => Math.abs(at - when) <= span).map(([, what]) => what));
  const lately = readWithin(DAY);
  const [hour, day] = [readWithin(HOUR).size, lately.size];
  const mostHour = Math.max(0, ...state.days.map(([, most]) => most));
  const mostDay = Math.max(0, ...state.days.map(([, , all]) => all));
  const farHour = hour > FAR_ABOVE * Math.max(mostHour, 1);
  const farDay = day > FAR_ABOVE * Math.max(mostDay, 1);
  const beyond = hour >= FAR_ABOVE * Math.max(mostHour, 1);
  const more = farHour || (beyond && newNetwork) ? hour : farDay ? day : 0;
  // As many as it always read, or what it always read, but elsewhere: whoever moved it, or has it now.
  const moved = newNetwork && more === 0 && hour >= SOME ? ('low' as const) : undefined;
  const count = moved ? hour : more;
  const grave = severityOf(count, newNetwork, established, isAppsOwn(credential));
  const severity = moved ?? (grave !== undefined && newNetwork && isKnown(lately, state) ? 'low' : grave);
  if (severity === undefined) return undefined;
  const whose = `${credential?.type ?? (credential ? 'credential' : 'account')} of ${actor?.name ?? 'an unknown account'}`;
  return {
    severity,
    observed: `The ${whose} read ${count} repositories within ${count === hour ? 'an hour' : 'a day'} from ${client?.address ?? 'an unknown address'}${newNetwork ? ', where it was never used before' : ''}.`,
    expected: established
      ? `On its busiest day it read ${mostDay}, at most ${mostHour} within an hour.`
      : 'It has no past to compare with.',
    history: `${state.days.length} days with reads are known.`,
    // Told again when it grows tenfold, beyond a hundred.
    oddity: `reads:${network}:${severity}:${Math.max(1, Math.floor(Math.log10(count)))}`,
  };
}

function isKnown(read: ReadonlySet<string>, { known }: State): boolean {
  return [...read].filter((what) => known.includes(what)).length >= MOSTLY * read.size;
}

function severityOf(count: number, newNetwork: boolean, established: boolean, appsOwn: boolean): Severity | undefined {
  if (newNetwork) {
    if (count >= 2 * MANY) return 'high';
    if (count >= SOME) return 'medium';
    return count >= WORTH_A_WORD ? 'low' : undefined;
  }
  if (count >= 2 * MANY && established) return 'medium';
  if (count >= MANY) return established || appsOwn ? 'low' : count >= 2 * MANY ? 'medium' : 'low';
  return undefined;
}

function readIn(activity: Activity): string | undefined {
  const repository = activity.vcs?.repository?.name;
  if (repository === undefined) return undefined;
  if (activity.kind === 'repository') return /download|export/.test(activity.detail.action) ? repository : undefined;
  if (activity.kind === 'request' && (activity.detail.status ?? 200) >= 400) return undefined;
  const family = operationOf(activity)?.family;
  return family === 'git reads' || family === 'exports' ? repository : undefined;
}

function remembered(state: State, network: string, at: Instant): State {
  const since = state.since === 0 ? at : Math.min(state.since, at);
  if (network === '') return since === state.since ? state : { ...state, since };
  const name = short(network);
  const [first, last] = state.networks[name] ?? [at, at];
  // To the hour: a busy token must not write its state at each use.
  if (state.networks[name] && at >= first && at - last < HOUR && since === state.since) return state;
  const met = [Math.min(first, at), Math.max(last, at)] as const;
  return { ...state, since, networks: withEntry(state.networks, name, met, NETWORKS, ([, seen]) => seen) };
}

/** Reads of more than a day ago become numbers of their days; ten minutes later, so that late ones count. */
function closed(state: State, at: Instant): State {
  const open = state.reads.filter(([when]) => at - when <= DAY + HOUR);
  const over = state.reads.filter(([when]) => at - when > DAY + HOUR);
  if (over.length === 0 && open.length <= READS) return state;
  const days = new Map(state.days.map((each) => [each[0], each]));
  for (const day of new Set(over.map(([when]) => Math.floor(when / DAY)))) {
    const own = over.filter(([when]) => Math.floor(when / DAY) === day).sort((a, b) => a[0] - b[0]);
    const most = Math.max(
      ...own.map(
        ([when]) =>
          new Set(own.filter(([other]) => other <= when && when - other <= HOUR).map(([, what]) => what)).size,
      ),
    );
    const all = new Set(own.map(([, what]) => what)).size;
    const [, hour = 0, total = 0] = days.get(day) ?? [];
    // A day that is closed in parts was counted in parts.
    days.set(day, [day, Math.max(hour, most), Math.max(total, all)]);
  }
  const read = over.map(([, what]) => what);
  const known = [...new Set([...state.known.filter((what) => !read.includes(what)), ...read])].slice(-KNOWN);
  return {
    ...state,
    reads: open.slice(-READS),
    known,
    days: [...days.values()].sort((a, b) => a[0] - b[0]).slice(-DAYS),
  };
}
