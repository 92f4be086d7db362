// The collector host: redaction, times, ids, routing, durable append, counting and dead letters, once for all sources.
import type { Clock } from '../core/clock.ts';
import type { Detector } from '../core/detector.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Aliases } from '../core/identity/aliases.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import type { Redactor } from '../redactor/redactor.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { known } from './fields.ts';
import { NO_KNOWLEDGE } from './host/complete.ts';
import { createRouter } from './host/route.ts';
import { createUnderstanding, type Understood } from './host/understand.ts';
import type { LogPart } from './log/part.ts';
import type { Networks } from './networks/networks.ts';
import type { Source, SourceRecord } from './source.ts';

export interface IngestReport {
  /** Records of which activities were made. */
  readonly accepted: number;
  readonly activities: number;
  /** Of alerts: how many there are of each tool, repository and branch. */
  readonly scanned: readonly Scanned[];
  /** The others, by their place in the call; each is on the dead-letter list. */
  readonly refused: readonly { readonly index: number; readonly code: ErrorCode; readonly message: string }[];
  /** Of each record that is a piece of a log, but for the last: what the next piece goes on from. */
  readonly parts: readonly (Omit<LogPart, 'last'> | undefined)[];
}

export interface Scanned {
  readonly tool: string;
  readonly repository?: string;
  readonly branch?: string;
  readonly findings: number;
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

export function createCollector(options: CollectorOptions): Collector {
  const { log, telemetry } = options;
  const understand = createUnderstanding(options);
  const route = createRouter(options.detectors, log.partitions('activity'));
  const { networks } = { ...NO_KNOWLEDGE, ...options };

  return {
    async ingest(records, signal) {
      await networks.refresh();
      const outcomes = records.map(understand);
      const entries = outcomes.flatMap((outcome) => ('activities' in outcome ? outcome.activities.flatMap(route) : []));
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
      return { ...report(outcomes), parts: outcomes.map(understand.partAfter) };
    },
  };

  function count(outcome: Understood): void {
    const { metrics } = telemetry;
    const source = understand.knows(outcome.record.source) ? outcome.record.source : 'unknown';
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

function report(outcomes: readonly Understood[]): Omit<IngestReport, 'parts'> {
  const refused = outcomes.flatMap((outcome, index) =>
    'error' in outcome ? [{ index, code: outcome.error.code, message: outcome.error.message }] : [],
  );
  const activities = outcomes.reduce(
    (sum, outcome) => sum + ('activities' in outcome ? outcome.activities.length : 0),
    0,
  );
  return { accepted: outcomes.length - refused.length, activities, scanned: scannedBy(outcomes), refused };
}

function scannedBy(outcomes: readonly Understood[]): readonly Scanned[] {
  const found = new Map<string, Scanned>();
  for (const outcome of outcomes) {
    for (const activity of 'activities' in outcome ? outcome.activities : []) {
      if (activity.kind !== 'alert' || activity.detail.tool === undefined) continue;
      const { tool, action } = activity.detail;
      const { repository, ref } = activity.vcs ?? {};
      const place = known({ tool, repository: repository?.name, branch: ref?.head?.name });
      const key = JSON.stringify(place);
      found.set(key, { ...place, findings: (found.get(key)?.findings ?? 0) + (action === 'clean' ? 0 : 1) });
    }
  }
  return [...found.values()];
}
