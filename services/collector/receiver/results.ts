// `POST /v1/results`: a CI job hands in the report of a tool as the tool wrote it.
import type { Context } from 'hono';
import type { Clock } from '../../core/clock.ts';
import { nearest } from '../../core/configuration/nearest.ts';
import { MINUTE } from '../../core/time.ts';
import { unpacked } from '../results/read.ts';
import { invalid, type ReportContext } from '../results/report.ts';
import { type ResultsOptions, takeReport } from '../results/results.ts';
import { readBody } from './body.ts';
import { authorization } from './proofs.ts';

export const RESULTS_PATH = '/v1/results';
/** A CI job waits for longer than a webhook's sender does. */
export const RESULTS_DEADLINE = 5 * MINUTE;

export interface ResultsRoute extends ResultsOptions {
  /** Bearer tokens, current and previous. */
  readonly secrets: () => readonly string[];
  /** Bytes, also of a compressed report. */
  readonly bodyLimit: number;
}

const TEXTS = ['source', 'repository', 'run_id', 'job', 'revision', 'branch', 'category'] as const;
const PARAMETERS: readonly string[] = [...TEXTS, 'complete'];

/** Headers that say the same as the parameters: `Pipewarden-Run-Id`. */
const HEADER = 'Pipewarden-';

/** Answers one request; `hold` is told of every piece of the body. Throws what the sender is to be told. */
export function createResults({ secrets, bodyLimit, ...options }: ResultsRoute, clock: Clock) {
  // One after the other: a parsed report takes a multiple of its bytes.
  let last: Promise<unknown> = Promise.resolve();

  return async (context: Context, signal: AbortSignal, hold: (bytes: number) => void): Promise<object> => {
    const header = (name: string) => context.req.header(name);
    // The token does not depend on the body: who has none is not listened to.
    authorization.verify({ header, raw: new Uint8Array(), now: clock.now() }, secrets());
    const said = contextOf(context.req.query(), header);
    const body = await readBody(context.req.raw, bodyLimit, signal, hold);
    const taking = last.then(async () => {
      signal.throwIfAborted();
      const content = await unpacked(body, bodyLimit);
      return await takeReport({ ...said, content, received_at: clock.now() }, options, signal);
    });
    last = taking.catch(() => undefined);
    return await taking;
  };
}

/** A parameter goes before the header of its name; one that does not exist is told, or it would be missed in silence. */
function contextOf(
  query: Readonly<Record<string, string>>,
  header: (name: string) => string | undefined,
): ReportContext {
  for (const name of Object.keys(query)) {
    if (PARAMETERS.includes(name)) continue;
    const near = nearest(name, PARAMETERS);
    throw invalid(`no parameter is called ${name.slice(0, 100)}${near ? `; did you mean ${near}?` : ''}`);
  }
  const said = (name: string) => query[name] || header(HEADER + name.replaceAll('_', '-')) || undefined;
  const texts = TEXTS.flatMap((name) => {
    const value = said(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const complete = said('complete');
  if (complete !== undefined && complete !== 'true' && complete !== 'false') throw invalid('complete is true or false');
  return { ...Object.fromEntries(texts), ...(complete && { complete: complete === 'true' }) };
}
