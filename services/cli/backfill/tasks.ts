// What a backfill reads: the histories of configured systems, or clones and exports on this machine.
import { readGitHistory } from '../../collector/git-clone.ts';
import type { SourceRecord } from '../../collector/source.ts';
import { readUsage } from '../../collector/systems/circleci/usage.ts';
import { past } from '../../collector/systems/past.ts';
import type { Connection, Reading, Turn } from '../../collector/systems/system.ts';
import { systemClock } from '../../core/clock.ts';
import { isObject, type Json } from '../../core/json.ts';
import { formatInstant, type Instant, parseTime } from '../../core/time.ts';

export interface Task {
  /** The key of its cursor. */
  readonly name: string;
  read(cursor: Json | undefined, signal: AbortSignal): Reading;
}

/** Commits, or rows, between two places that are kept. */
const CHUNK = 500;

/** `since`: how far back, where a task begins; one that goes on means the time that it began with. `logs`: build logs too. */
export function historyTasks(
  connections: readonly (readonly [system: string, Connection])[],
  since: Instant,
  logs: boolean,
): readonly Task[] {
  return connections.flatMap(([system, { histories }]) =>
    histories
      .filter((history) => logs || !history.logs)
      .map(
        (history): Task => ({
          name: `${system}: ${history.name}`,
          async *read(cursor, signal) {
            const begun = isObject(cursor) ? cursor : undefined;
            const from = parseTime(begun?.since)?.at ?? since;
            const around = (place: Json): Json => ({ since: formatInstant(from), place });
            for await (const { cursor: place, ...turn } of history.read(from, begun?.place, signal)) {
              yield { ...turn, cursor: (report) => around(typeof place === 'function' ? place(report) : place) };
            }
          },
        }),
      ),
  );
}

/** `repository`: default what the clone's origin is called. */
export function cloneTask(path: string, repository: string | undefined): Task {
  return fileTask(`clone ${path}`, async function* (signal) {
    for await (const record of readGitHistory({ path, signal, ...(repository !== undefined && { repository }) }))
      yield { record };
  });
}

/** A usage export of CircleCI. */
export function usageTask(file: string): Task {
  return fileTask(`usage ${file}`, async function* (signal) {
    for await (const { line, record, problem } of readUsage(file, systemClock)) {
      signal.throwIfAborted();
      yield { ...(record && { record }), ...(problem !== undefined && { missing: `line ${line}: ${problem}` }) };
    }
  });
}

interface Piece {
  readonly record?: SourceRecord;
  readonly missing?: string;
}

/** What is read from its beginning each time: where it goes on is how many pieces are done. */
function fileTask(name: string, pieces: (signal: AbortSignal) => AsyncIterable<Piece>): Task {
  return {
    name,
    async *read(cursor, signal): AsyncGenerator<Turn> {
      const done = typeof cursor === 'number' ? cursor : 0;
      let count = 0;
      let records: SourceRecord[] = [];
      let missing: string[] = [];
      for await (const piece of pieces(signal)) {
        count += 1;
        if (count <= done) continue;
        if (piece.record) records.push(past(piece.record));
        if (piece.missing !== undefined) missing.push(piece.missing);
        if (count % CHUNK !== 0) continue;
        yield { records, missing, cursor: count };
        records = [];
        missing = [];
      }
      yield { records, missing, cursor: count };
    },
  };
}
