// The collector host: redaction, times, ids, routing, durable append, counting and dead letters, once for all sources.
import type { Activity } from '../core/activity.ts';
import type { Clock } from '../core/clock.ts';
import { nearest } from '../core/configuration/nearest.ts';
import type { Detector } from '../core/detector.ts';
import { type ErrorCode, PipewardenError } from '../core/errors.ts';
import type { Aliases } from '../core/identity/aliases.ts';
import type { DeadLetter } from '../core/messages.ts';
import type { EventLog, NewEntry } from '../core/ports/event-log.ts';
import { cut } from '../core/visible.ts';
import type { Redactor } from '../redactor/redactor.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { activitiesOf } from './host/activities.ts';
import { NO_KNOWLEDGE } from './host/complete.ts';
import { redact } from './host/redact.ts';
import { deadLetter, refusal } from './host/refusal.ts';
import { createRouter } from './host/route.ts';
import type { Networks } from './networks/networks.ts';
import type { RedactedRecord, Source, SourceRecord } from './source.ts';
import { SOURCES } from './sources/index.ts';

export interface IngestReport {
  /** Records of which activities were made. */
  readonly accepted: number;
  readonly activities: number;
  /** The others, by their place in the call; each is on the dead-letter list. */
  readonly refused: readonly { readonly index: number; readonly code: ErrorCode; readonly message: string }[];
}

export interface Collector {
  /**
   * Resolves when all that could be made of the records is durable. Rejects with LOG_UNAVAILABLE otherwise; the caller
   * may send the same records again: ids are the same, so nothing counts twice.
   */
  ingest(records: readonly SourceRecord[], signal?: AbortSignal): Promise<IngestReport>;
}

export interface CollectorOptions {
  readonly log: EventLog;
  readonly redactor: Redactor;
  /** Their entities decide under which keys an activity is published. */
  readonly detectors: readonly Detector[];
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly sources?: readonly Source[];
  /** Configured people; none by default. */
  readonly aliases?: Aliases;
  /** Address databases; none by default. */
  readonly networks?: Networks;
}

/** Characters of an unknown source's name that are told. */
const MAX_SHOWN = 100;

type Outcome =
  | {
      readonly record: RedactedRecord;
      readonly activities: readonly Activity[];
      readonly entries: readonly NewEntry[];
      /** How many times were not credible. */
      readonly corrected: number;
    }
  | { readonly record: SourceRecord; readonly error: PipewardenError; readonly letter: DeadLetter };

export function createCollector(options: CollectorOptions): Collector {
  const { log, redactor, telemetry, clock } = options;
  const sources = new Map((options.sources ?? SOURCES).map((source) => [source.id, source]));
  const route = createRouter(options.detectors);
  const { aliases, networks } = { ...NO_KNOWLEDGE, ...options };
  const knowledge = { aliases, networks };

  function sourceOf(record: RedactedRecord): Source {
    const source = sources.get(record.source);
    if (source) return source;
    const hint = nearest(record.source, [...sources.keys()]);
    throw new PipewardenError('RECORD_UNKNOWN_SOURCE', {
      source: cut(record.source, MAX_SHOWN),
      hint: hint ? `; did you mean ${hint}?` : '',
    });
  }

  function understand(record: SourceRecord): Outcome {
    let redacted: RedactedRecord | undefined;
    try {
      redacted = redact(record, sources.get(record.source), redactor);
      const made = activitiesOf(redacted, sourceOf(redacted), knowledge);
      return { record: redacted, ...made, entries: made.activities.flatMap(route) };
    } catch (thrown) {
      const error = refusal(thrown, redacted);
      return { record, error, letter: deadLetter(record, error, redacted, clock) };
    }
  }

  return {
    async ingest(records, signal) {
      await networks.refresh();
      const outcomes = records.map(understand);
      const entries = outcomes.flatMap((outcome) => ('entries' in outcome ? outcome.entries : []));
      const letters = outcomes.flatMap((outcome) => ('letter' in outcome ? [outcome.letter] : []));
      signal?.throwIfAborted();
      if (entries.length > 0) await log.append('activity', entries);
      if (letters.length > 0) {
        await log.append(
          'dead-letter',
          letters.map((letter) => ({ key: letter.id, value: JSON.stringify(letter) })),
        );
      }
      for (const outcome of outcomes) count(outcome);
      return report(outcomes);
    },
  };

  function count(outcome: Outcome): void {
    const { metrics } = telemetry;
    const source = sources.has(outcome.record.source) ? outcome.record.source : 'unknown';
    metrics.recordsReceived.inc({ source });
    if ('letter' in outcome) {
      metrics.recordsRefused.inc({ source, reason: outcome.error.code.toLowerCase() });
      metrics.deadLetters.inc({ component: 'collector' });
      return;
    }
    for (const { kind, problems = [] } of outcome.activities) {
      metrics.activities.inc({ source, kind });
      if (problems.length > 0) metrics.fieldsUnusable.inc({ source }, problems.length);
    }
    for (const [kind, times] of Object.entries(outcome.record.redactions)) metrics.redactions.inc({ kind }, times);
    if (outcome.corrected > 0) metrics.timesCorrected.inc({ source }, outcome.corrected);
  }
}

function report(outcomes: readonly Outcome[]): IngestReport {
  const refused = outcomes.flatMap((outcome, index) =>
    'error' in outcome ? [{ index, code: outcome.error.code, message: outcome.error.message }] : [],
  );
  const activities = outcomes.reduce(
    (sum, outcome) => sum + ('activities' in outcome ? outcome.activities.length : 0),
    0,
  );
  return { accepted: outcomes.length - refused.length, activities, refused };
}
