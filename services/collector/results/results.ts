// Takes a tool's report whole: cuts it into records of bounded size, has the collector make them durable one group after the
// other, and tells the end of it, by which others know what is no longer there.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../../core/time.ts';
import type { Redactor } from '../../redactor/redactor.ts';
import { known } from '../fields.ts';
import type { Collector, Scanned } from '../host.ts';
import type { ReportPart, SourceRecord } from '../source.ts';
import { endsOf } from './ends.ts';
import { readScans } from './read.ts';
import { invalid, type ReportContext, type Scan } from './report.ts';

export type { ReportContext } from './report.ts';

/** Records that become durable together. */
const TOGETHER = 50;

export interface ToolReport extends ReportContext {
  /** As the tool wrote it, not packed. */
  readonly content: Buffer;
  readonly received_at: Instant;
  readonly sample?: true;
}

export interface TakenReport {
  /** The same for the same report of the same run. */
  readonly report: string;
  readonly source: string;
  readonly tools: readonly string[];
  readonly findings: number;
  /** Records that could not be read; they are on the dead-letter list, and nothing is taken for gone because of them. */
  readonly refused: number;
}

export interface ResultsOptions {
  readonly collector: Collector;
  readonly redactor: Redactor;
}

/**
 * Resolves when all of the report is durable. Rejects with REPORT_INVALID, RECORD_UNKNOWN_SOURCE, or as `ingest` does; it
 * may be sent again then, and nothing of it counts twice.
 */
export async function takeReport(
  report: ToolReport,
  { collector, redactor }: ResultsOptions,
  signal?: AbortSignal,
): Promise<TakenReport> {
  const { content, received_at, sample, ...context } = report;
  const { source, scans } = await readScans(content, context);
  const { repository, run_id, job, revision, branch } = context;
  // Whatever tells one sending from another, in one spelling.
  const made = [source, repository, run_id, job, revision, branch, context.category, context.complete ?? true];
  const id = redactor.digest(Buffer.concat([Buffer.from(`${JSON.stringify(made)}\n`), content]));
  const common = known({ source, received_at, repository, run_id, job, sample });
  const part = (scan: Scan): ReportPart => known({ id, revision, branch, category: scan.category ?? context.category });

  let refused = 0;
  const scanned = new Map<Scan, Scanned[]>();
  for (const scan of scans) {
    const found: Scanned[] = [];
    for (const records of batchesOf(scan, (body) => ({ ...common, body, report: part(scan) }))) {
      const outcome = await collector.ingest(records, signal);
      refused += outcome.refused.length;
      if (outcome.accepted === 0 && found.length === 0)
        throw invalid(outcome.refused[0]?.message ?? 'nothing in it can be read');
      found.push(...outcome.scanned);
      signal?.throwIfAborted();
      // What else this process does goes on between two batches.
      await nextTurn();
    }
    scanned.set(scan, found);
  }
  const ends = endsOf(scanned, { complete: refused === 0 && (context.complete ?? true), repository });
  await collector.ingest(
    ends.map(({ scan, ...end }) => ({ ...common, ...end, report: { ...part(scan), end: true as const } })),
    signal,
  );
  const findings = ends.reduce((sum, { body }) => sum + body.findings, 0);
  return { report: id, source, tools: [...new Set(ends.map(({ body }) => body.tool))], findings, refused };
}

function* batchesOf(scan: Scan, record: (body: unknown) => SourceRecord): Generator<readonly SourceRecord[]> {
  let batch: SourceRecord[] = [];
  for (const body of scan.bodies) {
    batch.push(record(body));
    if (batch.length < TOGETHER) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
