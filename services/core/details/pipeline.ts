// What activities around code and pipelines say beyond the fields that all have. See ../activity-details.ts.
import type { Instant } from '../time.ts';

export type Result = 'success' | 'failure' | 'cancellation' | 'skip' | 'timeout' | 'error';

/** Something that a pipeline takes from elsewhere. */
export interface Dependency {
  readonly type: 'action' | 'workflow' | 'include' | 'orb' | 'plugin' | 'image' | 'package' | 'repository' | 'download';
  /** `actions/checkout`, `node`, `left-pad`, `https://get.example.com/install.sh`. */
  readonly name: string;
  /** As it was asked for: a tag, branch, range. */
  readonly requested?: string;
  /** What that turned out to be: commit, digest, version. */
  readonly resolved?: string;
  /** Of packages: the tool (`npm`, `pip`); of others: the host it comes from. */
  readonly from?: string;
  readonly line?: number;
}

/** `action`, whatever the system calls it: `opened`, `closed`, `reopened`, `edited`, `synchronize` … */
export interface ChangeDetail {
  readonly action: string;
  /** Whose it is; who acted is the actor. */
  readonly author?: string;
  /** To the repository: `MEMBER`, `CONTRIBUTOR`, `FIRST_TIME_CONTRIBUTOR`, `NONE` … */
  readonly author_association?: string;
  readonly from_fork?: boolean;
  /** Where a change from a fork comes from. */
  readonly from_repository?: string;
  readonly merged?: boolean;
  /** What the target branch pointed at after the merge. */
  readonly merge_revision?: string;
  readonly opened_at?: Instant;
  readonly body?: string;
}

/** `verdict`: `approved`, `changes_requested`, `commented`, `dismissed`. */
export interface ReviewDetail {
  readonly action: string;
  readonly verdict?: string;
  /** Whose change it is. */
  readonly author?: string;
  /** The reviewer's, to the repository. */
  readonly author_association?: string;
  readonly body?: string;
}

export interface DiscussionDetail {
  readonly action: string;
  readonly on: 'issue' | 'change' | 'commit' | 'discussion' | 'page';
  readonly author_association?: string;
  readonly title?: string;
  readonly body?: string;
}

/** A pipeline run changed its state. */
export interface RunDetail {
  readonly action: string;
  /** The system's own word where `result` has none: `action_required`, `neutral` … */
  readonly conclusion?: string;
  /** Once it has ended: how long it ran, and how long it had waited. */
  readonly seconds?: number;
  readonly queued_seconds?: number;
  /** Its code comes from a fork, of this name. */
  readonly from_fork?: boolean;
  readonly from_repository?: string;
  /** Definitions of elsewhere that it uses. */
  readonly dependencies?: readonly Dependency[];
}

/** One step of a job, as the system tells it beside the job. */
export interface StepRun {
  readonly name: string;
  readonly result?: Result;
  readonly seconds?: number;
}

/** A job (task run) changed its state. */
export interface JobDetail {
  readonly action: string;
  readonly steps?: number;
  /** At most 200, in their order. */
  readonly step_runs?: readonly StepRun[];
  readonly conclusion?: string;
  readonly seconds?: number;
  readonly queued_seconds?: number;
  readonly environment?: string;
  /** The definition that the job itself stands in, with its ref, where a caller's is the pipeline's. */
  readonly workflow_ref?: string;
  /** Commits of the definitions that called it, innermost first. */
  readonly caller_revisions?: readonly string[];
  /** The repository whose rules made it run. */
  readonly imposer?: string;
}

/** Also the answer to who asked for one: `approved`, `rejected`. */
export interface DeploymentDetail {
  readonly action: string;
  readonly id?: string;
  readonly environment?: string;
  /** Who asked for it; who acted is the actor. */
  readonly requested_by?: string;
}

export interface ReleaseDetail {
  readonly action: string;
  readonly tag?: string;
  readonly author?: string;
  readonly prerelease?: boolean;
  readonly draft?: boolean;
  readonly assets?: number;
}

/** `type`: the tool whose package it is, `npm`, `container` … */
export interface PackageDetail {
  readonly action: string;
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly digest?: string;
  readonly author?: string;
}

/** `from`, `to`: what changed, so visibility, name, owner or the fork that was made. */
export interface RepositoryDetail {
  readonly action: string;
  readonly from?: string;
  readonly to?: string;
  readonly description?: string;
}
