// What a stranger's input reaches in a run: a machine of one's own, secrets, rights to write; and how much that weighs.
import type { Activity, ActivityOf } from '../../services/core/activity.ts';
import type { Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { impactOf, isOpenTrigger, type RunFacts } from '../../services/core/run-facts.ts';
import type { Severity } from '../../services/core/severity.ts';
import type { Instant } from '../../services/core/time.ts';
import { type SignPlace, signIn } from './injection-text.ts';

/** What a token writes that changes no code and publishes nothing. */
const HARMLESS = /^(?:pull-requests|issues|checks|statuses|discussions|labels|actions|metadata)$/;
const OWN_TOKEN = /^(?:job[-_]token|github_token|ci_job_token)$/i;

/** Of one run, as far as an alert needs it; under 500 characters. */
export type Reach = {
  /** The run's id; absent in states of earlier versions. */
  readonly run?: string;
  /** Empty: the run tells no change. */
  readonly change: string;
  readonly pipeline: string;
  readonly at: Instant;
  readonly by: string;
  readonly sign: SignPlace | '';
  /** On a machine of one's own. */
  readonly own: boolean;
  readonly privileged: boolean;
  /** It holds more than the token of every job. */
  readonly worth: boolean;
  readonly holds: string;
};

type Told = ActivityOf<'run' | 'job' | 'secret' | 'setup'>;

/** Undefined: a stranger's input would reach nothing there. */
export function reachOf(activity: Told, run: RunFacts): Reach | undefined {
  const own = run.ownRunner === true || activity.cicd?.worker?.hosted === false;
  const privileged = impactOf(run) === 'high';
  const open = isOpenTrigger(run.trigger) && privileged;
  if (!own && !open && !holdsMuch(activity)) return undefined;
  return {
    run: run.id,
    change: run.change ?? '',
    pipeline: (run.definition ?? run.pipeline ?? entityOf('pipeline', activity)?.id ?? 'a pipeline').slice(0, 120),
    at: activity.observed_at,
    by: (run.actor ?? '').slice(0, 60),
    sign: signIn({ branch: run.ref }) ?? '',
    own,
    privileged,
    worth: worth(run).length > 0 || activity.kind === 'secret',
    holds: holdings(run, activity),
  };
}

/** What is known of who wrote it. */
export interface Input {
  readonly author: string | undefined;
  readonly sign: SignPlace | '';
  readonly unread: boolean;
}

/** What a stranger's input in such a run is worth. */
export function reached(reach: Reach, { author, sign: written, unread }: Input): Raise {
  const { pipeline, change, own, holds, by } = reach;
  const sign = reach.sign === '' ? written : reach.sign;
  const who = author || by || 'A stranger';
  const severity = severityOf(reach, sign, unread);
  const why = [
    sign === '' || sign === 'body' ? '' : `its ${sign} holds text that a shell would run`,
    own ? 'it runs on a machine of one’s own' : '',
    unread ? 'it was approved unread' : '',
  ].filter((text) => text !== '');
  return {
    severity,
    observed: `A run of ${pipeline} ${change === '' ? '' : `for change #${change} `}takes input of ${who}, a stranger here, and holds ${holds}${why.length > 0 ? `; ${why.join(', and ')}` : ''}.`,
    expected: 'What strangers propose runs without secrets and without rights to write, until somebody has read it.',
    history: 'The repository has merged nothing of this author.',
    oddity: `${who} ${pipeline} ${severity}`.slice(0, 200),
  };
}

function severityOf({ own, privileged, worth: holds }: Reach, sign: SignPlace | '', unread: boolean): Severity {
  if ((sign === 'branch' || sign === 'title') && privileged) return 'high';
  if (own || unread || sign === 'branch' || sign === 'title') return 'medium';
  return holds ? 'low' : 'informational';
}

/** What this very activity says that the run was given. */
function holdsMuch({ kind, detail }: Told): boolean {
  if (kind === 'secret') return (detail.names ?? []).some((name) => !OWN_TOKEN.test(name));
  if (kind !== 'setup') return false;
  const writes = Object.entries(detail.permissions ?? {}).filter(
    ([scope, right]) => right === 'write' && !HARMLESS.test(scope),
  );
  return writes.length > 0 || (detail.variables ?? []).some((name) => !OWN_TOKEN.test(name));
}

/** Secrets, environments, and rights to change code or publish. */
function worth(run: RunFacts): readonly string[] {
  return [
    ...(run.secrets ?? []).filter((name) => !OWN_TOKEN.test(name)),
    ...(run.environments ?? []).map((name) => `the environment ${name}`),
    ...(run.writes ?? []).filter((scope) => !HARMLESS.test(scope)).map((scope) => `the right to write ${scope}`),
  ];
}

function holdings(run: RunFacts, activity: Activity): string {
  const told = activity.kind === 'secret' ? (activity.detail.names ?? []) : [];
  const all = [...new Set([...worth(run), ...told])].map((name) => name.slice(0, 60));
  if (all.length === 0)
    return (run.writes ?? []).length > 0 ? `the right to write ${run.writes?.join(', ')}` : 'a network of one’s own';
  return `${all.slice(0, 4).join(', ')}${all.length > 4 ? ` and ${all.length - 4} more` : ''}`;
}
