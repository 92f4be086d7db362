// What a Pipewarden has kept in its data folder, read past the command: for tests that compare two folders.
import { join } from 'node:path';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import type { TopicName } from '../../services/core/topics.ts';

export async function withKept<Result>(
  folder: string,
  work: (kept: { readonly log: EventLog; readonly store: DocumentStore }) => Promise<Result>,
): Promise<Result> {
  const log = openSqliteEventLog({ path: join(folder, 'events.db'), clock: systemClock });
  const store = openSqliteDocumentStore({ path: join(folder, 'documents.db'), clock: systemClock });
  try {
    return await work({ log, store });
  } finally {
    await store.close();
    await log.close();
  }
}

/** Every entry of a topic, partition by partition. The reader says what is in them. */
export async function allEntries<Value>(log: EventLog, topic: TopicName): Promise<readonly Value[]> {
  const found: Value[] = [];
  for (let partition = 0; partition < log.partitions(topic); partition++) {
    let from = 0;
    for (;;) {
      const page = await log.read(topic, partition, from, 1000);
      const last = page.at(-1);
      if (!last) break;
      found.push(...page.map(({ value }): Value => JSON.parse(value)));
      from = last.offset + 1;
    }
  }
  return found;
}
