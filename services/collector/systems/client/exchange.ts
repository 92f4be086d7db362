// One request and its answer. An answer has to begin in time, and then to go on; how long it takes as a whole is its own.
import { causeOf, PipewardenError } from '../../../core/errors.ts';
import { SECOND } from '../../../core/time.ts';

/** Until the answer begins, and between two pieces of it. */
const PATIENCE = 30 * SECOND;

export interface Line {
  readonly fetch: typeof globalThis.fetch;
  /** Takes secrets out of what an error would quote: a server may repeat what it was sent. */
  clean(text: string): string;
}

export interface Exchange {
  readonly response: Response;
  /** The body, once. Rejects with API_UNREACHABLE when it breaks off. */
  bytes(): AsyncGenerator<Uint8Array>;
  /** Leaves the body. */
  drop(): void;
}

/** What an error may say of a request: no query, which may name people. */
export interface Asked {
  readonly method: string;
  readonly path: string;
}

/** Rejects with API_UNREACHABLE, and with the signal's reason when that is why. */
export async function exchange(
  { fetch, clean }: Line,
  url: string | URL,
  init: Omit<RequestInit, 'signal'>,
  asked: Asked,
  signal: AbortSignal,
): Promise<Exchange> {
  const late = new AbortController();
  const both = AbortSignal.any([signal, late.signal]);

  async function inTime<Result>(work: Promise<Result>): Promise<Result> {
    const timer = setTimeout(() => late.abort(), PATIENCE);
    try {
      return await work;
    } catch (error) {
      signal.throwIfAborted();
      const problem = late.signal.aborted ? `nothing came for ${PATIENCE / SECOND} s` : clean(causeOf(error));
      // Without `cause`: what the client threw may hold the request.
      throw new PipewardenError('API_UNREACHABLE', { ...asked, problem });
    } finally {
      clearTimeout(timer);
    }
  }

  const response = await inTime(fetch(url, { ...init, signal: both }));
  return {
    response,
    async *bytes() {
      const reader = response.body?.getReader();
      if (!reader) return;
      try {
        for (let piece = await inTime(reader.read()); !piece.done; piece = await inTime(reader.read())) {
          yield piece.value;
        }
      } finally {
        late.abort();
      }
    },
    drop: () => late.abort(),
  };
}
