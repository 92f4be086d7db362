// Reads recorded records: NDJSON, wrapped or plain, and whole log files (DESIGN.md section 8, "Replay input").
import { z } from 'zod';
import { type Clock, systemClock } from '../core/clock.ts';
import { nearest } from '../core/configuration/nearest.ts';
import { PipewardenError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { instant, known } from './fields.ts';
import { logsIn } from './replay/archive.ts';
import { createArrivals } from './replay/arrival.ts';
import { DAMAGED, DamagedInput, type Line, readBytes } from './replay/bytes.ts';
import { rowsAsJson } from './replay/csv.ts';
import { linesOf, MAX_LINE } from './replay/text-lines.ts';
import type { Source, SourceRecord } from './source.ts';
import { SOURCES } from './sources/index.ts';

export interface ReplayOptions {
  /** `-` is standard input. Gzip is recognized by its first bytes. */
  readonly file: string;
  /** Each line is one native record of this source; for a source of logs, the file is one log, or an archive of them. */
  readonly source?: string;
  /** Where a log, or commits, belong. */
  readonly repository?: string;
  readonly runId?: string;
  /** Of an archive: this job alone. */
  readonly job?: string;
  /** What the file is called in `input`. */
  readonly name?: string;
  readonly clock?: Clock;
  readonly stdin?: AsyncIterable<Buffer>;
  readonly sources?: readonly Source[];
}

export interface Malformed {
  /** `reason` never quotes the line. */
  readonly malformed: { readonly line: number; readonly reason: string };
}

/**
 * In the order of the file, in bounded memory. Lines that cannot be read are given out as `malformed`. Throws
 * RECORD_UNKNOWN_SOURCE for an unknown `source`, NOT_FOUND or USAGE when the file cannot be read.
 */
export async function* readReplay(options: ReplayOptions): AsyncGenerator<SourceRecord | Malformed> {
  const { file, name = file === '-' ? 'stdin' : file, sources = SOURCES, stdin = process.stdin } = options;
  const arrival = createArrivals(options.clock ?? systemClock);
  const plain = options.source === undefined ? undefined : sourceCalled(options.source, sources);
  const around = known({ repository: options.repository, run_id: options.runId, job: options.job });
  const bytes = readBytes(file, stdin);
  if (plain?.body === 'log') {
    const received = (body: string) => arrival(undefined, () => plain.time(body));
    for await (const { number, problem, content, job } of logsIn(bytes, options.job)) {
      if (problem !== undefined) yield { malformed: { line: number, reason: problem } };
      else
        yield* wholeLog(content, number, (body) => {
          const place = { ...around, job: job(body) };
          return known({ ...place, source: plain.id, received_at: received(body), body, input: `${name}:${number}` });
        });
    }
    return;
  }
  for await (const line of plain?.csv ? rowsAsJson(linesOf(bytes)) : linesOf(bytes)) {
    const read = line.damage ?? parse(line, plain);
    if (read === undefined) continue;
    if (typeof read === 'string') {
      yield { malformed: { line: line.number, reason: read } };
      continue;
    }
    const { given, ...wrapped } = read;
    const source = plain ?? sources.find(({ id }) => id === wrapped.source);
    const received_at = arrival(given, () => source?.time(wrapped.body));
    yield known({ ...around, ...wrapped, received_at, input: `${name}:${line.number}` });
  }
}

function sourceCalled(id: string, sources: readonly Source[]): Source {
  const ids = sources.map((source) => source.id);
  const found = sources.find((source) => source.id === id);
  if (found) return found;
  const near = nearest(id, ids);
  const hint = near ? `; did you mean ${near}?` : `: one of ${ids.join(', ')}`;
  throw new PipewardenError('RECORD_UNKNOWN_SOURCE', { source: id, hint });
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** What a line holds, what is wrong with it, or undefined for a blank one. */
function parse({ bytes, ended }: Line, plain: Source | undefined): Wrapped | string | undefined {
  if (!bytes) return `longer than ${MAX_LINE} bytes`;
  let content: string;
  try {
    content = decoder.decode(bytes);
  } catch {
    return ended ? 'not UTF-8' : 'not UTF-8, or cut off';
  }
  if (content.trim() === '') return undefined;
  if (plain?.body === 'text') return { source: plain.id, body: content.replace(/\r$/, '') };
  let value: Json;
  try {
    value = JSON.parse(content);
  } catch {
    return ended ? 'not JSON' : 'not JSON, or cut off: the file ends in the middle of this line';
  }
  return plain ? { source: plain.id, body: value } : unwrap(value);
}

const wrapping = z.object({
  source: z.string().min(1),
  event: z.string().nullish(),
  received_at: z.union([z.string(), z.number()]).nullish(),
  repository: z.string().nullish(),
  run_id: z.union([z.string(), z.number()]).nullish(),
  job: z.string().nullish(),
  organization: z.string().nullish(),
  pipeline: z.string().nullish(),
  // It came out of JSON.parse; looking through it again would cost time, and the stack where it is nested deep.
  body: z.custom<Json>((body) => body !== undefined),
});

type Wrapped = Pick<
  SourceRecord,
  'source' | 'event' | 'repository' | 'run_id' | 'job' | 'organization' | 'pipeline'
> & {
  readonly body: Json;
  readonly given?: number;
};

function unwrap(value: Json): Wrapped | string {
  const parsed = wrapping.safeParse(value);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.');
    return path
      ? `not a wrapped record: ${path} is missing or of the wrong type`
      : 'not a wrapped record: not an object';
  }
  const { source, event, received_at, repository, run_id, job, organization, pipeline, body } = parsed.data;
  const given = instant(received_at ?? undefined);
  if (typeof received_at === 'string' && given === undefined) return 'received_at is not a time';
  return known({
    source,
    event: event ?? undefined,
    repository: repository ?? undefined,
    run_id: run_id === null || run_id === undefined ? undefined : String(run_id),
    job: job ?? undefined,
    organization: organization ?? undefined,
    pipeline: pipeline ?? undefined,
    body,
    given,
  });
}

async function* wholeLog(
  bytes: AsyncIterable<Uint8Array>,
  line: number,
  record: (body: string) => SourceRecord,
): AsyncGenerator<SourceRecord | Malformed> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > MAX_LINE) {
        yield { malformed: { line, reason: `the log is longer than ${MAX_LINE} bytes` } };
        return;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    yield { malformed: { line, reason: DAMAGED } };
    if (size === 0) return;
  }
  // Build tools print what they like: bytes that are no UTF-8 are replaced, or a whole log would be lost for one.
  yield record(Buffer.concat(chunks).toString('utf8'));
}
