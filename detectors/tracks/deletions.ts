// What of a place can be deleted, in the words of the systems.
import type { Activity } from '../../services/core/activity.ts';

/** GitHub `delete_workflow_run`, `delete_logs`; Jenkins `doDelete`; GitLab `destroy_pipeline`; others `deleted`, `build.delete`. */
const DELETED = /^(?:delete|destroy|dodelete|remove|erase)|[._](?:delete|destroy|erase)d?$/i;

/** Queues of merges and robots make branches by the minute. */
export const MACHINE_BRANCH =
  /^(?:refs\/heads\/)?(?:gh-readonly-queue|merge-queue|dependabot|renovate|snyk|mergify|trunk-merge|backport|bot)[/-]|^(?:refs\/heads\/)?(?:gh-pages|changeset-release)/i;

export function isDeletion(activity: Activity): boolean {
  return activity.kind === 'run' && DELETED.test(activity.detail.action);
}

/** Undefined of tags. */
export function branchOf({ vcs }: Activity): string | undefined {
  const head = vcs?.ref?.head;
  return head?.type === 'tag' ? undefined : head?.name;
}

export function wordsOf({ actor }: Activity): string {
  return actor?.name ?? actor?.email ?? 'Somebody unnamed';
}
