// What actions say of targets that are none.
import type { Target } from '../../services/core/action.ts';
import { PipewardenError } from '../../services/core/errors.ts';

export function invalid(action: string, target: Target, problem: string): PipewardenError {
  return new PipewardenError('TARGET_INVALID', { action, target: `${target.type} ${target.id}`, problem });
}
