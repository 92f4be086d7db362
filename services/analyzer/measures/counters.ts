// Counts by repository and day what a measure of security work needs and nobody else keeps: runs that ended, and reports of scanners.
import type { Activity, ActivityOf } from '../../core/activity.ts';
import { entityOf } from '../../core/entities-of.ts';
import { contentId, isObject } from '../../core/json.ts';
import { known } from '../../core/known.ts';
import type { DayCount } from '../../core/measure.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { SeenWindow } from '../../core/seen-window.ts';
import { formatInstant } from '../../core/time.ts';
import { toolKindOf } from '../../core/tool-kinds.ts';

/** Days of repositories of a partition that may still grow, some 200 bytes each; the store keeps those before. */
const MOST_DAYS = 20_000;
/** Runs whose jobs may still end or hand in a report. */
const MOST_RUNS = 5_000;
const MOST_JOBS = 50;
/** What ended, and reports: told by a webhook and by an audit log, delivered again, taken again. */
const REMEMBERED = 20_000;

/** In the state of its consumer, which has entries of others too. */
const PREFIX = 'measure/';

/** Jobs of a run: which failed, on which day, and which handed in a report. */
interface Jobs {
  readonly failed: Readonly<Record<string, string>>;
  readonly scanned: readonly string[];
  readonly gated?: true;
}

export interface Counters {
  /** False: the entry is somebody else's. Throws SyntaxError on a damaged one. */
  restore(entry: StateEntry): boolean;
  take(activity: Activity): void;
  /** Since the last call. */
  flush(): { readonly state: readonly StateChange[]; readonly days: readonly DayCount[] };
}

export function createCounters(limits = { days: MOST_DAYS, runs: MOST_RUNS }): Counters {
  const days = new Map<string, DayCount>();
  const runs = new Map<string, Jobs>();
  const seen = new SeenWindow(REMEMBERED);
  const state = new Map<string, string | null>();
  const changed = new Map<string, DayCount>();

  function count(
    repository: string,
    day: string,
    sample: true | undefined,
    add: (before: DayCount) => Partial<DayCount>,
  ) {
    const id = contentId('measure', repository, day);
    const empty = { runs: { ended: 0, failed: 0, cancelled: 0, gated: 0 }, scans: {} };
    const before = days.get(id) ?? known({ id, repository, day, ...empty, revision: 0, sample });
    const after = { ...before, ...add(before), revision: before.revision + 1 };
    days.set(id, after);
    changed.set(id, after);
    state.set(`day/${id}`, JSON.stringify(after));
  }

  function runEnded(activity: ActivityOf<'run'>, repository: string): void {
    const { result, attempt } = activity.cicd?.pipeline?.run ?? {};
    const run = entityOf('run', activity);
    if (!result || !run || !seen.add(contentId('run', run.id, attempt ?? 1))) return;
    count(repository, dayOf(activity), activity.sample, ({ runs: before }) => ({
      runs: {
        ...before,
        ended: before.ended + 1,
        failed: before.failed + (isFailure(result) ? 1 : 0),
        cancelled: before.cancelled + (result === 'cancellation' ? 1 : 0),
      },
    }));
  }

  function reportEnded(activity: ActivityOf<'alert'>, repository: string): void {
    const { action, report, tool } = activity.detail;
    if (action !== 'scan' || !report || !seen.add(contentId('scan', activity.id))) return;
    if (report.complete) {
      const kind = toolKindOf(tool ?? '');
      count(repository, dayOf(activity), activity.sample, ({ scans }) => ({
        scans: { ...scans, [kind]: (scans[kind] ?? 0) + 1 },
      }));
    }
    const job = activity.cicd?.pipeline?.task?.name;
    if (job !== undefined) {
      follow(activity, repository, ({ scanned, ...rest }) => ({
        ...rest,
        scanned: [...new Set([...scanned, job])].slice(0, MOST_JOBS),
      }));
    }
  }

  function jobEnded(activity: ActivityOf<'job'>, repository: string): void {
    const task = activity.cicd?.pipeline?.task;
    if (!task || !isFailure(task.run?.result)) return;
    follow(activity, repository, ({ failed, ...rest }) => {
      const isNew = failed[task.name] === undefined && Object.keys(failed).length < MOST_JOBS;
      return { ...rest, failed: isNew ? { ...failed, [task.name]: dayOf(activity) } : failed };
    });
  }

  /** Whichever of the two comes first: the job's end or its report. */
  function follow(activity: Activity, repository: string, change: (before: Jobs) => Jobs): void {
    const run = entityOf('run', activity);
    if (!run) return;
    const before = runs.get(run.id) ?? { failed: {}, scanned: [] };
    const jobs = change(before);
    const job = jobs.gated ? undefined : jobs.scanned.find((name) => jobs.failed[name] !== undefined);
    const after = job === undefined ? jobs : { ...jobs, gated: true as const };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    runs.delete(run.id);
    runs.set(run.id, after);
    state.set(`run/${run.id}`, JSON.stringify(after));
    if (job === undefined) return;
    count(repository, jobs.failed[job] ?? dayOf(activity), activity.sample, ({ runs: counted }) => ({
      runs: { ...counted, gated: counted.gated + 1 },
    }));
  }

  function crowdOut(map: Map<string, unknown>, kind: string, most: number): void {
    for (const oldest of map.keys()) {
      if (map.size <= most) break;
      map.delete(oldest);
      state.set(`${kind}/${oldest}`, null);
    }
  }

  return {
    restore({ key, value }) {
      if (!key.startsWith(PREFIX)) return false;
      const own = key.slice(PREFIX.length);
      if (seen.restore({ key: own, value })) return true;
      const [, kind, name = ''] = /^(day|run)\/(.*)$/s.exec(own) ?? [];
      const stored: unknown = JSON.parse(value);
      if (kind === 'day' && isDay(stored)) days.set(name, stored);
      if (kind === 'run' && isJobs(stored)) runs.set(name, stored);
      return true;
    },
    take(activity) {
      const repository = activity.vcs?.repository?.name;
      if (repository === undefined) return;
      if (activity.kind === 'run') runEnded(activity, repository);
      else if (activity.kind === 'job') jobEnded(activity, repository);
      else if (activity.kind === 'alert') reportEnded(activity, repository);
    },
    flush() {
      crowdOut(days, 'day', limits.days);
      crowdOut(runs, 'run', limits.runs);
      const own = [...seen.flush(), ...[...state].map(([key, value]) => ({ key, value }))];
      const outcome = {
        state: own.map(({ key, value }) => ({ key: PREFIX + key, value })),
        days: [...changed.values()],
      };
      state.clear();
      changed.clear();
      return outcome;
    },
  };
}

/** Whether an entry of the activity topic may count, before it is read. */
export function mayCount(value: string): boolean {
  return (
    (value.includes('"kind":"run"') && value.includes('"result":"')) ||
    (value.includes('"kind":"job"') && /"result":"(?:failure|timeout|error)"/.test(value))
  );
}

function isFailure(result: string | undefined): boolean {
  return result === 'failure' || result === 'timeout' || result === 'error';
}

function dayOf({ observed_at }: Activity): string {
  return formatInstant(observed_at).slice(0, 10);
}

function isDay(value: unknown): value is DayCount {
  return isObject(value) && isObject(value.runs) && isObject(value.scans) && typeof value.revision === 'number';
}

function isJobs(value: unknown): value is Jobs {
  return isObject(value) && isObject(value.failed) && Array.isArray(value.scanned);
}
