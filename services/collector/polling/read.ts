// One reading, to its end: each turn's records are made durable, then its place is kept.
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Collector } from '../host.ts';
import type { Reading } from '../systems/system.ts';
import { type Held, HOLD } from './cursors.ts';

export interface ReadingOptions {
  readonly collector: Collector;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of the records of each turn when they are durable, and where it goes on. */
  onRecords?(count: number, cursor: Json): void;
  /** Told what could not be had, and why. */
  onMissing?(what: string): void;
}

/**
 * Rejects with what the reading, the collector or the store throws, and with FEED_TAKEN; what was read stays read. While a
 * turn takes its time, the cursor stays held.
 */
export async function readAll(
  held: Held,
  read: (signal: AbortSignal) => Reading,
  { collector, clock, signal, onRecords, onMissing }: ReadingOptions,
): Promise<void> {
  const ended = new AbortController();
  const lost = new AbortController();
  const both = AbortSignal.any([signal, ended.signal, lost.signal]);
  const renewing = renew(held, clock, ended.signal).catch((error: unknown) => lost.abort(error));
  try {
    for await (const { records, cursor, missing = [] } of read(both)) {
      for (const what of missing) onMissing?.(what);
      const report = await collector.ingest(records, both);
      const next = typeof cursor === 'function' ? cursor(report) : cursor;
      onRecords?.(records.length, next);
      await held.save({ cursor: next });
      both.throwIfAborted();
    }
  } finally {
    ended.abort();
    await renewing;
  }
}

/** Until the signal; rejects when it is lost to another collector. */
async function renew(held: Held, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(HOLD / 3, signal);
    } catch {
      return;
    }
    await held.save({});
  }
}

/** As it is counted. */
export function outcomeOf(error: unknown): string {
  return error instanceof PipewardenError ? error.code.toLowerCase() : 'internal';
}
