// Readings of logs, kept with a real event log and a cursor that lasts over them.
import { afterEach, beforeEach } from 'vitest';
import { openSqliteDocumentStore } from '../../../services/adapters/document-store/sqlite.ts';
import { createCursors } from '../../../services/collector/polling/cursors.ts';
import { readAll } from '../../../services/collector/polling/read.ts';
import { createSafeCut } from '../../../services/collector/polling/safe-cut.ts';
import type { Reading, Surroundings } from '../../../services/collector/systems/system.ts';
import { type Clock, systemClock } from '../../../services/core/clock.ts';
import type { Json } from '../../../services/core/json.ts';
import type { DocumentStore } from '../../../services/core/ports/document-store.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { type Collecting, startCollecting } from '../collecting.ts';

const refuse = () => {
  throw new Error('nothing else is asked of them');
};

/** All that a log is read with. */
export function logSurroundings(clock: Clock = systemClock): Surroundings {
  return {
    clock,
    safeCut: createSafeCut(createRedactor({ key: new Uint8Array(32) })),
    secret: refuse,
    redact: refuse,
    client: refuse,
    onArchived: refuse,
    memory: { get: refuse, put: refuse },
  };
}

export interface LogReading {
  collecting(): Collecting;
  store(): DocumentStore;
  /** Reads to the end, from where an earlier one stopped. */
  read(reading: (cursor: Json | undefined) => Reading): Promise<void>;
}

/** Of each test its own. */
export function logReading(): LogReading {
  const { signal } = new AbortController();
  let collecting: Collecting;
  let store: DocumentStore;
  beforeEach(async () => {
    collecting = await startCollecting();
    store = openSqliteDocumentStore({ path: ':memory:', clock: systemClock });
  });
  afterEach(async () => {
    await collecting.close();
    await store.close();
  });
  return {
    collecting: () => collecting,
    store: () => store,
    async read(reading) {
      const held = await createCursors(store, 'a', systemClock).take('log');
      if (!held) throw new Error('taken');
      await readAll(held, () => reading(held.cursor), { collector: collecting.collector, clock: systemClock, signal });
    },
  };
}
