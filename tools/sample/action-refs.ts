// What the references of third-party actions resolve to, and from when on.
import type { Instant } from '../../services/core/time.ts';
import { sha } from './ids.ts';

export const CHANGED_PATHS = 'pixel-tools/changed-paths@v3';
/** 2026-04-01 02:05 UTC: somebody moves the tag of the action to another commit. */
export const REPOINTED_AT = Date.UTC(2026, 3, 1, 2, 5);

export function actionSha(action: string, at: Instant): string {
  const moved = action === CHANGED_PATHS && at >= REPOINTED_AT;
  return sha(moved ? `action/${action}/re-pointed` : `action/${action}`);
}
