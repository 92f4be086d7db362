// How a commit came to where it is: by a reviewed proposal, or straight to the branch that everybody builds from. A merge can
// be claimed in a commit's text, so a claim counts only where the proposal that it names is known to be open.
import type { ActivityOf } from '../../services/core/activity.ts';
import { mailIdentity } from '../../services/core/identity/mail.ts';
import { HOUR, type Instant } from '../../services/core/time.ts';

/**
 * `merged`: a proposal was merged. `direct`: pushed to the default branch. `branch`: to another branch. `forge`: made on
 * the forge's own pages, which merges by rebase look like too. `unknown`: no feed tells the branch.
 */
export type Landing = 'merged' | 'direct' | 'branch' | 'forge' | 'unknown';

/** A proposal's number, when it was closed (0: it is open), and the commit that it was merged as (else empty). */
export type Proposal = readonly [id: string, closed: Instant, revision: string];

/** Feeds tell of a merge and of its push within this time of each other. */
const TOGETHER = HOUR;

/**
 * What forges write: `Merge pull request #12 from`, `Fix it (#12)`, `See merge request shop/app!12`, `Merged PR 12:`,
 * `Merged in fix (pull request #12)`.
 */
const REFERENCE =
  /(?:[Mm]erge pull request (?:'[^'\n]{0,200}' )?\(?#|pull request #|Merged PR |See merge request [^\s!]{0,200}!|\(#)(\d{1,9})\b/;

/** The proposal that the commit's text says it merges. */
export function proposalIn(message: string | undefined): string | undefined {
  return REFERENCE.exec(message?.slice(0, 2_000) ?? '')?.[1];
}

/** Whether the forge itself committed it: a merge, or an edit on its pages. */
export function byForge({ detail }: ActivityOf<'commit'>): boolean {
  return mailIdentity(detail.committer.email)?.account?.login === 'web-flow';
}

/**
 * `isDefault`: whether the branch is the repository's default one; undefined where no feed told. `proposals`: those that
 * are known, the newest last; empty where no feed tells of any.
 */
export function landingOf(
  { message, forge, sha, parents = 1, at }: Arrival,
  isDefault: boolean | undefined,
  proposals: readonly Proposal[],
): Landing {
  if (isDefault === false) return 'branch';
  if (proposals.some(([, , revision]) => revision !== '' && revision === sha)) return 'merged';
  const current = proposals.filter(([, closed]) => closed === 0 || Math.abs(at - closed) <= TOGETHER);
  if (message !== undefined && isCredible(message, current, proposals)) return 'merged';
  if (parents > 1 && isDefault === undefined) return 'merged';
  if (forge && (proposals.length === 0 || current.length > 0)) return 'forge';
  return isDefault === true ? 'direct' : 'unknown';
}

/** What a commit says of how it came; `message`: the proposal that its text names. */
export interface Arrival {
  readonly sha: string;
  readonly at: Instant;
  readonly message?: string;
  readonly forge: boolean;
  readonly parents?: number;
}

export function arrivalOf(commit: ActivityOf<'commit'>): Arrival {
  const { sha, parents } = commit.detail;
  const message = proposalIn(commit.detail.message);
  return {
    sha,
    at: commit.observed_at,
    forge: byForge(commit),
    ...(message !== undefined && { message }),
    ...(parents !== undefined && { parents }),
  };
}

/** One that is open, or from before the time that is remembered; and anything where proposals are not told at all. */
function isCredible(id: string, current: readonly Proposal[], all: readonly Proposal[]): boolean {
  if (current.some(([other]) => other === id)) return true;
  return !all.some(([other]) => other === id || Number(other) < Number(id));
}

/** The most that are remembered. */
const PROPOSALS = 40;

/** After what a feed tells of a proposal; the same list where it tells nothing new. */
export function proposalsAfter(proposals: readonly Proposal[], change: ActivityOf<'change'>): readonly Proposal[] {
  const id = change.vcs?.change?.id;
  if (id === undefined) return proposals;
  const { action, merged, merge_revision } = change.detail;
  const before = proposals.find(([other]) => other === id);
  const [, closed, revision] = before ?? [id, 0, ''];
  const ends = merged === true || /^(?:closed?|merged?|declined|abandoned|completed)$/i.test(action);
  // One that was opened again comes with another merge, or none.
  const now = ends ? change.observed_at : /^reopen/i.test(action) ? 0 : closed;
  const after: Proposal = [id, now, merged === true && merge_revision !== undefined ? merge_revision : revision];
  if (before && before[1] === after[1] && before[2] === after[2]) return proposals;
  return [...proposals.filter((each) => each !== before), after].slice(-PROPOSALS);
}
