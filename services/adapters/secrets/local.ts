// Secrets of the environment and of files. A file is read again and again; one that is away or empty for a moment, while
// it is written anew, counts as unchanged.
import type { Clock } from '../../core/clock.ts';
import { resolveSecret } from '../../core/configuration/secret-reference.ts';
import { type Instant, SECOND } from '../../core/time.ts';
import type { Env } from './manager.ts';

export interface Local {
  /** Throws CONFIG_INVALID. */
  of(reference: string): string;
  known(reference: string): readonly string[];
}

export interface LocalOptions {
  readonly env: Env;
  readonly clock: Clock;
  /** Called when a file has another value than before. */
  onChange(): void;
}

interface Read {
  readonly at: Instant;
  readonly value: string;
  readonly before: string | undefined;
}

/** So long a file is not looked at again: deliveries may come by the hundred. */
const REST = SECOND;

export function createLocal({ env, clock, onChange }: LocalOptions): Local {
  const files = new Map<string, Read>();

  function read(reference: string): Read {
    const last = files.get(reference);
    const at = clock.now();
    if (last && at - last.at < REST) return last;
    let value: string;
    try {
      value = resolveSecret(reference, env);
    } catch (error) {
      if (!last) throw error;
      value = last.value;
    }
    const isChanged = last !== undefined && last.value !== value;
    const now = { at, value, before: isChanged ? last.value : last?.before };
    files.set(reference, now);
    if (isChanged) onChange();
    return now;
  }

  return {
    of: (reference) => read(reference).value,
    known(reference) {
      const { value, before } = read(reference);
      return before === undefined ? [value] : [value, before];
    },
  };
}
