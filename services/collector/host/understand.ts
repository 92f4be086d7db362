// From a record to its activities, or to why there are none: what the live collector and a replay do alike.
import type { Activity } from '../../core/activity.ts';
import type { Clock } from '../../core/clock.ts';
import { nearest } from '../../core/configuration/nearest.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { DeadLetter } from '../../core/messages.ts';
import { cut } from '../../core/visible.ts';
import type { Redactor } from '../../redactor/redactor.ts';
import type { LogPart } from '../log/part.ts';
import type { RedactedRecord, Source, SourceRecord } from '../source.ts';
import { SOURCES } from '../sources/index.ts';
import { activitiesOf } from './activities.ts';
import { type Knowledge, NO_KNOWLEDGE } from './complete.ts';
import { redact } from './redact.ts';
import { deadLetter, refusal } from './refusal.ts';

/** Characters of an unknown source's name that are told. */
const MAX_SHOWN = 100;

export type Understood =
  | {
      readonly record: RedactedRecord;
      readonly activities: readonly Activity[];
      /** How many times were not credible. */
      readonly corrected: number;
    }
  | { readonly record: SourceRecord; readonly error: PipewardenError; readonly letter: DeadLetter };

export interface UnderstandOptions extends Partial<Knowledge> {
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly sources?: readonly Source[];
}

export interface Understanding {
  /** Never throws: what cannot be understood is an outcome too. */
  (record: SourceRecord): Understood;
  /** Whether there is such a source. */
  readonly knows: (source: string) => boolean;
  /** Of a piece of a log, but for the last: what the next one goes on from. */
  readonly partAfter: (outcome: Understood) => Omit<LogPart, 'last'> | undefined;
}

export function createUnderstanding(options: UnderstandOptions): Understanding {
  const { redactor, clock } = options;
  const sources = new Map((options.sources ?? SOURCES).map((source) => [source.id, source]));
  const { aliases, networks } = { ...NO_KNOWLEDGE, ...options };

  function sourceOf(record: RedactedRecord): Source {
    const source = sources.get(record.source);
    if (source) return source;
    const hint = nearest(record.source, [...sources.keys()]);
    throw new PipewardenError('RECORD_UNKNOWN_SOURCE', {
      source: cut(record.source, MAX_SHOWN),
      hint: hint ? `; did you mean ${hint}?` : '',
    });
  }

  function understand(record: SourceRecord): Understood {
    let redacted: RedactedRecord | undefined;
    try {
      redacted = redact(record, sources.get(record.source), redactor);
      return { record: redacted, ...activitiesOf(redacted, sourceOf(redacted), { aliases, networks }) };
    } catch (thrown) {
      const error = refusal(thrown, redacted);
      return { record, error, letter: deadLetter(record, error, redacted, clock) };
    }
  }

  return Object.assign(understand, {
    knows: (source: string) => sources.has(source),
    partAfter: (outcome: Understood) =>
      'activities' in outcome && outcome.record.part?.last === false
        ? sources.get(outcome.record.source)?.partAfter?.(outcome.record)
        : undefined,
  });
}
