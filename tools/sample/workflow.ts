// What a pipeline of the organization is: its file, what starts it, its jobs and what each step writes into the log.
import type { Instant } from '../../services/core/time.ts';
import type { LogText } from './log-text.ts';
import type { Random } from './random.ts';

export type Trigger = 'push' | 'pull_request' | 'tag' | 'schedule';

/** The run that a step is part of, as far as a step has to know. */
export interface RunContext {
  readonly repository: string;
  /** Branch or tag. */
  readonly ref: string;
  readonly sha: string;
  readonly message: string;
  readonly start: Instant;
  /** Names of the secrets that the job is given. */
  readonly secrets: readonly string[];
  readonly random: Random;
  /** Whether a change of this path is part of what runs. */
  has(path: string): boolean;
}

export interface Step {
  readonly name: string;
  write(log: LogText, run: RunContext): void;
  /** Fails now and then on a pull request, as tests do. */
  readonly fragile?: true;
}

export interface Job {
  readonly name: string;
  /** Third-party actions in the order of their download, `owner/name@ref`. */
  readonly actions: readonly string[];
  readonly steps: readonly Step[];
  /** The release account calls the API from this job. */
  readonly publishes?: true;
}

export interface Workflow {
  readonly repository: string;
  readonly path: string;
  readonly name: string;
  readonly on: readonly Trigger[];
  readonly permissions: readonly string[];
  readonly secrets: readonly string[];
  readonly jobs: readonly Job[];
  /** It is not there before somebody pushes it. */
  readonly absent?: true;
}
