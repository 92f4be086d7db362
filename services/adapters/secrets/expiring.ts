// A credential that lives for a while: asked for when there is none, and again before it ends.
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import { type Instant, MINUTE } from '../../core/time.ts';

export interface Expiring<Credential> {
  get(signal: AbortSignal): Promise<Credential>;
  /** It was refused: the next one is asked for anew. */
  forget(): void;
}

/** It is not used in its last minutes, unless there is no other. */
const EARLY = 5 * MINUTE;

export function createExpiring<Credential extends { readonly expires: Instant }>(
  obtain: (signal: AbortSignal) => Promise<Credential>,
  clock: Clock,
): Expiring<Credential> {
  let current: Credential | undefined;
  let obtaining: Promise<Credential> | undefined;

  async function renewed(signal: AbortSignal): Promise<Credential> {
    try {
      current = await obtain(signal);
      return current;
    } catch (error) {
      if (current && clock.now() < current.expires) return current;
      throw error;
    } finally {
      obtaining = undefined;
    }
  }

  return {
    async get(signal) {
      if (current && clock.now() < current.expires - EARLY) return current;
      obtaining ??= renewed(signal);
      return await obtaining;
    },
    forget() {
      current = undefined;
    },
  };
}

/** Does the work; once more with a new credential where the first was refused as such. */
export async function withCredential<Credential, Result>(
  credentials: Expiring<Credential>,
  signal: AbortSignal,
  work: (credential: Credential) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(await credentials.get(signal));
  } catch (error) {
    if (!(error instanceof PipewardenError && error.code === 'API_REFUSED' && error.data.status === 401)) throw error;
    credentials.forget();
    return await work(await credentials.get(signal));
  }
}
