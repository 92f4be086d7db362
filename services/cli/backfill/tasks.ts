// What a backfill reads: the histories of configured systems, or clones on this machine.
import { readGitHistory } from '../../collector/git-clone.ts';
import type { SourceRecord } from '../../collector/source.ts';
import type { Connection, Reading, Turn } from '../../collector/systems/system.ts';
import { isObject, type Json } from '../../core/json.ts';
import { formatInstant, type Instant, parseTime } from '../../core/time.ts';

export interface Task {
  /** The key of its cursor. */
  readonly name: string;
  read(cursor: Json | undefined, signal: AbortSignal): Reading;
}

/** Records of a clone between two places that are kept. */
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
  return {
    name: `clone ${path}`,
    async *read(cursor, signal): AsyncGenerator<Turn> {
      const done = typeof cursor === 'number' ? cursor : 0;
      let count = 0;
      let chunk: SourceRecord[] = [];
      for await (const record of readGitHistory({ path, signal, ...(repository !== undefined && { repository }) })) {
        count += 1;
        if (count <= done) continue;
        chunk.push({ ...record, history: true });
        if (chunk.length < CHUNK) continue;
        yield { records: chunk, cursor: count };
        chunk = [];
      }
      yield { records: chunk, cursor: count };
    },
  };
}
