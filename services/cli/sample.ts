// The bundled recording through the collector, resumed where an earlier start left it.
import type { Collector } from '../collector/host.ts';
import { openRecording } from '../collector/sample/recording.ts';
import type { SourceRecord } from '../collector/source.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';

const CURSOR = 'sample';
const CHUNK = 250;

/**
 * Ingests what has not been yet and gives how many records that were. The cursor is written after the records are
 * durable: a crash in between repeats some, and a repeat changes nothing. Rejects with the signal's reason.
 */
export async function replaySample(
  collector: Collector,
  store: DocumentStore,
  signal: AbortSignal,
  onProgress: (records: number) => void,
): Promise<number> {
  const done = (await store.get<{ readonly records: number }>('cursor', CURSOR))?.body.records ?? 0;
  let read = 0;
  let chunk: SourceRecord[] = [];
  async function take(): Promise<void> {
    signal.throwIfAborted();
    await collector.ingest(chunk, signal);
    chunk = [];
    await store.put('cursor', CURSOR, { records: read }, 'any');
    onProgress(read - done);
  }
  for await (const record of openRecording()) {
    read += 1;
    if (read <= done) continue;
    chunk.push(record);
    if (chunk.length === CHUNK) await take();
  }
  if (chunk.length > 0) await take();
  return read - done;
}
