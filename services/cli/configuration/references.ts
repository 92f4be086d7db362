// Whether references to secrets are written as their kinds want it, wherever they stand in the configuration.
import type { z } from 'zod';
import { problemOf } from '../../adapters/secrets/field.ts';

/** For `superRefine` of the whole configuration. Nothing is asked for. */
export function checkReferences(
  value: unknown,
  context: z.core.$RefinementCtx,
  path: readonly PropertyKey[] = [],
): void {
  if (typeof value === 'string') {
    const message = problemOf(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message, path: [...path] });
  } else if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) checkReferences(each, context, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) checkReferences(each, context, [...path, key]);
  }
}
