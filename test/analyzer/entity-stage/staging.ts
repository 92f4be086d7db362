// An entity stage with a detector that tells what it sees, and activities of a small company to give it.
import { createEntityStage, type EntityStage, type Taken } from '../../../services/analyzer/entity-stage/stage.ts';
import type { Activity, ActivityBase, ActivityDetails, ActivityKind } from '../../../services/core/activity.ts';
import { type Context, type Detector, defineRule } from '../../../services/core/detector.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import { createRouting } from '../../../services/core/routing.ts';
import { SECOND } from '../../../services/core/time.ts';

export const START = Date.UTC(2026, 2, 2, 10);

export interface Seen {
  readonly key: string;
  readonly activity: Activity;
  readonly context: Context;
}

export interface Staging {
  readonly stage: EntityStage;
  /** As the log would: under each of its keys, and what is joined once more. */
  take(...activities: readonly Activity[]): readonly Taken[];
  /** What the telling detector saw, in order. */
  readonly seen: readonly Seen[];
}

export const INFO = {
  title: 'A title',
  summary: 'What it is for.',
  catalogue: 'D000',
  severity: 'high' as const,
  maturity: 'stable' as const,
  owasp: [],
  attack: [],
  falsePositives: [],
  next: [],
  cases: async () => ({ cases: [] }),
};

export function staging(watches: readonly ActivityKind[], more: readonly Detector[] = []): Staging {
  const seen: Seen[] = [];
  let key = '';
  const telling = defineRule<ActivityKind>({
    ...INFO,
    id: 'telling',
    watches,
    by: 'place',
    examine(activity, context) {
      seen.push({ key, activity, context });
      return undefined;
    },
  });
  const detectors = [telling, ...more];
  const keysOf = createRouting(detectors);
  const stage = createEntityStage({
    detectors,
    onFault(_detector, _activity, error): never {
      throw error;
    },
  });
  function under(at: string, activity: Activity, primary: boolean, joined?: true): Taken[] {
    key = at;
    const taken = stage.take(at, { primary, activity, ...(joined && { joined }) });
    return [taken, ...taken.joined.flatMap((each) => under(each.key, each.entry.activity, false, true))];
  }
  return {
    stage,
    seen,
    take: (...activities) =>
      activities.flatMap((activity) => keysOf(activity).flatMap((at, index) => under(at, activity, index === 0))),
  };
}

const REPOSITORY = { name: 'example/app' };

/** Of GitHub's run 7 of the workflow `build`, `seconds` after the start. */
export function ofRun<Kind extends ActivityKind>(
  seconds: number,
  kind: Kind,
  detail: ActivityDetails[Kind],
  cicd: NonNullable<Activity['cicd']>,
  fields: Partial<ActivityBase> = {},
): Activity {
  return activityAt(START + seconds * SECOND, kind, detail, {
    source: 'github.webhook',
    vcs: { provider: { name: 'github' }, repository: REPOSITORY },
    cicd,
    ...fields,
  });
}

/** A sensor's event on a runner. */
export function onRunner<Kind extends ActivityKind>(
  seconds: number,
  runner: string,
  kind: Kind,
  detail: ActivityDetails[Kind],
  process: Activity['process'] = { executable: '/usr/bin/curl', entity_id: 'p1' },
): Activity {
  return activityAt(START + seconds * SECOND, kind, detail, {
    source: 'tetragon',
    host: { name: runner },
    cicd: { worker: { name: runner } },
    ...(process && { process }),
  });
}

/** The job `test` of run 7 begins, or has ended, on a runner. */
export function job(seconds: number, action: 'queued' | 'in_progress' | 'completed', runner = 'runner-0007'): Activity {
  return ofRun(
    seconds,
    'job',
    { action },
    {
      pipeline: { name: 'build', run: { id: '7' }, task: { name: 'test' } },
      ...(action === 'queued' ? {} : { worker: { name: runner } }),
    },
  );
}
