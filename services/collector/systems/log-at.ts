// The log of a job that has ended, where its system has it at an address: of the path, or whatever that leads to.
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Client } from './client.ts';
import { finishedLog, type LogPlace } from './logs.ts';
import type { Surroundings, Turn } from './system.ts';

export interface LogAddress {
  readonly api: Client;
  readonly path: string;
  readonly whose: LogPlace;
}

/** One that was deleted, or that nobody wrote, is told as missing. Throws what the client throws. */
export async function* logAt(
  { api, path, whose }: LogAddress,
  cursor: Json | undefined,
  surroundings: Surroundings,
  signal: AbortSignal,
): AsyncGenerator<Turn> {
  const answer = await api.bytes(path, signal, { headers: { accept: 'text/plain, */*;q=0.1' }, expect: [404] });
  if (answer.status === 404) {
    yield missingLog(whose);
    return;
  }
  // A page to sign in on, in place of an answer.
  if (/^text\/html\b/.test(answer.headers.get('content-type') ?? '')) {
    throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path, problem: 'it is a page of HTML, not a log' });
  }
  yield* finishedLog(answer.bytes(), whose, cursor, surroundings);
}

export function missingLog({ source, repository = '', run_id = '', job = '' }: LogPlace): Turn {
  return { records: [], cursor: {}, missing: [`${source}: no log of ${job} in run ${run_id} of ${repository}`] };
}
