// From a dialect to a source of logs: chunks of whole lines, what the job was given, and its steps.
import type { Cicd } from '../../core/activity.ts';
import { PipewardenError } from '../../core/errors.ts';
import { contentId, type Json } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';
import { anyKnown, known } from '../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord, type Source } from '../source.ts';
import { chunksOf } from './chunks.ts';
import type { Dialect } from './dialect.ts';
import { parsePart, partAfter, WHOLE } from './part.ts';
import type { Told } from './setup.ts';
import { firstTime, lastTime, lineTime } from './stamp.ts';
import { detailOf } from './steps.ts';

export interface LogFeed extends Pick<Source, 'id' | 'title' | 'reference' | 'unpack'> {
  readonly dialect: Dialect;
  /** Where the repository is kept, when the CI system is part of it. */
  readonly provider?: string;
  /** True when the system's server puts the time before lines; else a time in a line may be any program's. */
  readonly stamped: boolean;
  /** How it writes that time, where it is not before the text, in ISO 8601. */
  readonly lineTime?: (line: string) => Instant | undefined;
  /** The newest server time of a body that is no text. */
  readonly time?: (body: Json) => Instant | undefined;
}

export function defineLogSource({ id, title, reference, unpack, time, ...feed }: LogFeed): Source {
  return defineSource({
    id,
    title,
    reference,
    body: 'log',
    identifiers: [],
    normalize: (record) => normalize(record, feed),
    partAfter: ({ body, part = WHOLE }) => partAfter(typeof body === 'string' ? body : '', feed.dialect, part),
    time: (body) =>
      time?.(body) ?? (feed.stamped && typeof body === 'string' ? lastTime(body, feed.lineTime) : undefined),
    ...(unpack && { unpack }),
  });
}

/** Long enough for a time at the beginning of a line. */
const STAMP = 48;

/** The log in chunks, then one `setup` where the log says something of it, then the steps. */
function normalize(
  record: RedactedRecord,
  feed: Omit<LogFeed, 'id' | 'title' | 'reference'>,
): readonly ActivityDraft[] {
  const { body, repository, run_id, job, organization, part = WHOLE } = record;
  if (typeof body !== 'string') {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not text' });
  }
  const { setup, steps, ordinal } = parsePart(body, feed.dialect, part);
  const text = part.head + body;
  const timeOf = feed.lineTime ?? lineTime;
  const timeAt = (start: number) => (feed.stamped ? timeOf(text.slice(start, start + STAMP)) : undefined);
  const base = known({
    native_type: record.source.slice(record.source.indexOf('.') + 1),
    organization,
    vcs: anyKnown({
      provider: feed.provider === undefined ? undefined : { name: feed.provider },
      repository: repository === undefined ? undefined : { name: repository },
    }),
    cicd: cicdOf(record),
  });

  const places: { readonly first: number; readonly id: string }[] = [];
  let observed_at: Instant | undefined;
  const chunks = [...chunksOf(body)].map((chunk, index) => {
    observed_at = (feed.stamped ? firstTime(chunk.lines, timeOf) : undefined) ?? observed_at;
    const place = [repository ?? '', run_id ?? '', job ?? '', part.chunks + index];
    const last = chunk.last && part.last;
    const natural_id = contentId(...place, ...chunk.lines, String(last));
    const first_line = part.lines + chunk.first_line;
    places.push({ first: first_line, id: natural_id });
    return known({ ...base, observed_at, natural_id, kind: 'log', detail: { ...chunk, first_line, last } });
  });
  /** Made from the chunk where it begins, so from place and content like the chunk's own. */
  const idAt = (line: number, detail: object) =>
    contentId(places.findLast(({ first }) => first <= line)?.id ?? '', JSON.stringify(detail));

  const details = steps.map((step, index) => ({ step, detail: detailOf(step, ordinal + index, part.lines + 1) }));
  return [
    ...chunks,
    ...(setup
      ? [
          setupDraft(record, base, setup, {
            natural_id: idAt(part.lines + 1, setup),
            observed_at: chunks[0]?.observed_at,
          }),
        ]
      : []),
    ...details.map(({ step, detail }) =>
      known({
        ...base,
        observed_at: timeAt(step.first.start),
        natural_id: idAt(detail.first_line, detail),
        kind: 'step',
        detail,
      }),
    ),
  ];
}

function cicdOf({ run_id, job, pipeline }: RedactedRecord): Cicd {
  return {
    pipeline: known({
      name: pipeline,
      run: run_id === undefined ? undefined : { id: run_id },
      task: job === undefined ? undefined : { name: job },
    }),
  };
}

function setupDraft(
  record: RedactedRecord,
  base: Pick<ActivityDraft, 'native_type' | 'organization' | 'vcs'>,
  { detail, worker, run }: Told,
  made: { readonly natural_id: string; readonly observed_at: Instant | undefined },
): ActivityDraft {
  const { pipeline } = cicdOf(record);
  const told = pipeline?.run && { ...pipeline.run, ...known({ trigger: run.trigger, parent: run.parent }) };
  return known({
    ...base,
    ...made,
    actor: run.startedBy === undefined ? undefined : { name: run.startedBy, type: 'unknown' as const },
    cicd: known({ pipeline: known({ ...pipeline, run: told, definition: run.definition }), worker }),
    kind: 'setup',
    detail,
  });
}
