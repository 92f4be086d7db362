// Which job a runner works on, so that what a sensor sees there is told of the job. Sensors know the machine alone; the CI
// system says which job took it, sometimes later than the sensor. Nothing waits for it: what comes before is examined
// as the pool's at once, and again as the job's when that is known.
import type { Activity, Cicd } from '../../core/activity.ts';
import { isObject, type Json } from '../../core/json.ts';
import { SENSOR_KINDS } from '../../core/routing.ts';
import { runsAreCountedBy } from '../../core/run-ids.ts';
import { systemOf } from '../../core/system-of.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../core/time.ts';
import type { Store } from './store.ts';

/** A job that nobody said has ended is taken for over. */
const LONGEST_JOB = 24 * HOUR;
/** Whatever a runner did so long ago, no job of it goes on: many runners come for one job. */
export const RUNNER_LASTS = 2 * LONGEST_JOB;
/** Clocks of runner and CI system differ by so much; jobs on a runner follow each other at that distance or more. */
const SKEW = 5 * SECOND;
const MOST_JOBS = 8;
/** What came before the job was known. */
const MOST_WAITING = 60;
const LONGEST_WAIT = 15 * MINUTE;
/** A name is asked for, and then the address is called. */
const NAME_TO_CALL = 10 * SECOND;
const MOST_NAMES = 40;

interface JobOnRunner {
  readonly vcs?: Activity['vcs'];
  readonly cicd: Cicd;
  readonly organization?: string;
  readonly from: Instant;
  /** Undefined while it runs. */
  readonly to?: Instant;
}

interface RunnerState {
  readonly jobs: readonly JobOnRunner[];
  readonly waiting: readonly Activity[];
  /** Process, name, time: what was looked up last. */
  readonly names: readonly (readonly [process: string, name: string, at: Instant])[];
}

const NOTHING: RunnerState = { jobs: [], waiting: [], names: [] };

export interface Runners {
  /** An activity under its runner's key: what it became, and what had waited for it. */
  follow(runner: string, activity: Activity): readonly Activity[];
}

export function createRunners(store: Store): Runners {
  return {
    follow(runner, activity) {
      const state = stateOf(store.get(runner));
      const write = (next: RunnerState) => store.set(runner, next as unknown as Json, activity.observed_at);
      if (!SENSOR_KINDS.has(activity.kind)) {
        const jobs = jobsAfter(state.jobs, activity);
        if (jobs === state.jobs) return [];
        const found = state.waiting.map((each) => placed(each, jobs));
        const waiting = state.waiting.filter((each, index) => found[index] === each);
        write({ ...state, jobs, waiting });
        return found.filter((each, index) => each !== state.waiting[index]);
      }
      const names = namesAfter(state.names, activity);
      const called = withName(activity, names);
      const whole = placed(called, state.jobs);
      const waits = whole === called && !isPlaced(called);
      const waiting = waits ? waitingAfter(state.waiting, called) : state.waiting;
      if (names !== state.names || waiting !== state.waiting) write({ ...state, names, waiting });
      return [ownedBy(state.jobs.at(-1), whole)];
    },
  };
}

function stateOf(state: Json | undefined): RunnerState {
  // Written by `follow` alone.
  return isObject(state) ? (state as unknown as RunnerState) : NOTHING;
}

/** Names a repository, or a pipeline that stands for itself: it needs no job to be told of. */
function isPlaced({ vcs, cicd }: Activity): boolean {
  return vcs?.repository !== undefined || cicd?.pipeline !== undefined;
}

/** The activity as the job's that the runner had then; as it is where it had none. */
function placed(activity: Activity, jobs: readonly JobOnRunner[]): Activity {
  const at = activity.observed_at;
  const job = jobs.findLast(({ from, to }) => at >= from - SKEW && at <= (to ?? from + LONGEST_JOB) + SKEW);
  if (!job) return activity;
  const { worker } = activity.cicd ?? {};
  return {
    ...activity,
    ...(job.organization !== undefined && { organization: job.organization }),
    ...(job.vcs && { vcs: job.vcs }),
    cicd: { ...job.cicd, ...(worker && { worker: { ...job.cicd.worker, ...worker } }) },
  };
}

/** What happens between two jobs happens on a runner of the system whose job was the last. */
function ownedBy(last: JobOnRunner | undefined, activity: Activity): Activity {
  const { cicd } = activity;
  const system = last?.cicd.system;
  if (system === undefined || cicd?.system !== undefined) return activity;
  return { ...activity, cicd: { ...cicd, worker: { ...cicd?.worker, system } } };
}

const ENDED = /^(?:completed?|finished?|success|failed|canceled|cancelled|skipped|timeout|error)$/i;

function jobsAfter(jobs: readonly JobOnRunner[], activity: Activity): readonly JobOnRunner[] {
  const { cicd, vcs, organization, observed_at: at } = activity;
  if (cicd?.pipeline === undefined || (activity.kind !== 'job' && activity.kind !== 'run')) return jobs;
  const ended = ENDED.test(activity.detail.action) || cicd.pipeline.run?.state === 'finished';
  const seconds = ended && 'seconds' in activity.detail ? activity.detail.seconds : undefined;
  const from = seconds === undefined ? at : at - seconds * SECOND;
  const same = jobs.find((each) => isSame(each.cicd, cicd));
  const byPlace = runsAreCountedBy(activity) === 'repository';
  const next: JobOnRunner = {
    ...same,
    ...(organization !== undefined && { organization }),
    // Where pipelines do not belong to a repository, they stand for themselves.
    ...(byPlace && vcs && { vcs: { ...same?.vcs, ...vcs } }),
    cicd: { ...joined(same?.cicd, cicd), system: systemOf(activity.source) },
    from: Math.min(same?.from ?? from, from),
    ...(ended && { to: Math.max(same?.to ?? at, at) }),
  };
  if (same && JSON.stringify(same) === JSON.stringify(next)) return jobs;
  return [...jobs.filter((each) => each !== same), next].sort((a, b) => a.from - b.from).slice(-MOST_JOBS);
}

function isSame(a: Cicd, b: Cicd): boolean {
  const [one, other] = [a.pipeline, b.pipeline];
  return one?.run?.id === other?.run?.id && one?.task?.name === other?.task?.name;
}

function joined(before: Cicd | undefined, told: Cicd): Cicd {
  return {
    ...before,
    ...told,
    pipeline: { ...before?.pipeline, ...told.pipeline },
    worker: { ...before?.worker, ...told.worker },
  };
}

/** Of each thing one: a loop of a thousand equal calls must not push out what else happened. */
function waitingAfter(waiting: readonly Activity[], activity: Activity): readonly Activity[] {
  const fresh = waiting.filter(({ observed_at }) => activity.observed_at - observed_at <= LONGEST_WAIT);
  const same = fresh.some((each) => oddityOf(each) === oddityOf(activity));
  return same || fresh.length >= MOST_WAITING ? fresh : [...fresh, activity];
}

function oddityOf({ kind, detail, process }: Activity): string {
  return JSON.stringify([kind, detail, process?.executable, process?.command_line]);
}

function namesAfter(names: RunnerState['names'], activity: Activity): RunnerState['names'] {
  if (activity.kind !== 'dns') return names;
  return [...names, [processOf(activity), activity.detail.name, activity.observed_at] as const].slice(-MOST_NAMES);
}

function processOf({ process }: Activity): string {
  return process?.entity_id ?? String(process?.pid ?? '');
}

/** A connection to an address goes to the name that its process asked for just before. */
function withName(activity: Activity, names: RunnerState['names']): Activity {
  if (activity.kind !== 'connection' || activity.detail.host !== undefined) return activity;
  const process = processOf(activity);
  const asked = names.findLast(([by, , at]) => by === process && Math.abs(activity.observed_at - at) <= NAME_TO_CALL);
  return asked ? { ...activity, detail: { ...activity.detail, host: asked[1] } } : activity;
}
