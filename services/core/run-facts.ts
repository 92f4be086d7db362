// What is known of a run by now, put together from all that told of it: so that a detector that sees one connection can ask
// who started the run, what it holds, and whether a stranger's text reached it.
import { anyKnown } from './known.ts';
import type { Instant } from './time.ts';

export interface RunFacts {
  /** As `entityOf('run', …)` has it. */
  readonly id: string;
  /** Human name of the pipeline, and the file it is defined in. */
  readonly pipeline?: string;
  readonly definition?: string;
  /** What started it: `push`, `pull_request`, `schedule` … */
  readonly trigger?: string;
  /** Who started it, as an actor's id. */
  readonly actor?: string;
  readonly bot?: true;
  /** Its code comes from a fork. */
  readonly fork?: true;
  /** Whoever wrote the change that it runs for is a stranger to the repository (`identity/relation.ts`). */
  readonly stranger?: true;
  /** Branch or tag. */
  readonly ref?: string;
  readonly revision?: string;
  /** The pull or merge request that it runs for. */
  readonly change?: string;
  /** Names of the secrets that its jobs were given; at most 50. */
  readonly secrets?: readonly string[];
  /** What its token may write: `contents`, `packages` … */
  readonly writes?: readonly string[];
  /** What it deploys to. */
  readonly environments?: readonly string[];
  /** Names of its jobs, at most 50. */
  readonly jobs?: readonly string[];
  /** Runners that took one of its jobs, at most 20. */
  readonly runners?: readonly string[];
  /** One of them is its user's own. */
  readonly ownRunner?: true;
  /** When the first and the last thing of it was observed. */
  readonly first: Instant;
  readonly last: Instant;
}

/** What somebody could lose by what the run does. */
export type Impact = 'low' | 'medium' | 'high';

/** What a run could reach, and what has to be done something to where it was not its owner's. */
export interface RunReach {
  /** Names of the secrets that it could read; its own token goes with it. */
  readonly secrets?: readonly string[];
  /** Its user's own runners that took its jobs. */
  readonly runners?: readonly string[];
}

/** Undefined where nothing of it is known. */
export function reachOf(run: RunFacts | undefined): RunReach | undefined {
  return anyKnown({
    secrets: filled(secretsRead(run)),
    runners: run?.ownRunner ? filled(run.runners ?? []) : undefined,
  });
}

function filled(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? list : undefined;
}

function secretsRead(run: RunFacts | undefined): readonly string[] {
  return (run?.secrets ?? []).filter((name) => !OWN_TOKEN.test(name));
}

/** Tokens of the job itself, which every job has. */
const OWN_TOKEN = /^(?:job[-_]token|github_token|ci_job_token)$/i;

/**
 * High: it deploys, publishes or writes, or holds secrets of its own on a branch of the repository. Low: a fork's code
 * without any of it. Medium: all others, and whatever is not known.
 */
export function impactOf(run: RunFacts | undefined): Impact {
  if (!run) return 'medium';
  const secrets = secretsRead(run);
  const writes = (run.writes ?? []).filter((scope) => scope !== 'metadata');
  if ((run.environments ?? []).length > 0 || secrets.length > 0 || writes.length > 0) return 'high';
  return run.fork ? 'low' : 'medium';
}

/** A stranger's input in a run that holds something worth having. */
export function isPrivileged(run: RunFacts | undefined): boolean {
  return run !== undefined && impactOf(run) === 'high';
}

/** Events that a stranger causes while the run has the repository's own token and secrets. */
const OPEN_TRIGGERS =
  /^(?:pull_request_target|workflow_run|issue_comment|issues|discussion|discussion_comment|pull_request_review|pull_request_review_comment|gollum|fork|watch)$/;

export function isOpenTrigger(trigger: string | undefined): boolean {
  return OPEN_TRIGGERS.test(trigger ?? '');
}

/** What a stranger writes reaches it. */
export function takesOutsideInput(run: RunFacts | undefined): boolean {
  return run?.stranger === true || run?.fork === true || isOpenTrigger(run?.trigger);
}
