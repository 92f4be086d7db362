// What the stories of the document store's contract play on: clients of one store, documents, queries, a clock.
import { expect, vi } from 'vitest';
import type { Clock } from '../../../services/core/clock.ts';
import type { Condition, DocumentStore, Query } from '../../../services/core/ports/document-store.ts';
import type { Instant } from '../../../services/core/time.ts';
import { clientsOf } from '../clients.ts';
import type { DocumentStoreServer } from '../document-store.ts';

/** How long a search may lag behind a write. */
export const WAIT = { timeout: 15_000, interval: 50 };

/** Documents with a value of every kind, and without one in every way. */
export const PEOPLE = {
  ada: { name: 'ada', age: 36, admin: true, home: { city: 'London' }, keys: ['red', 'blue'], n: 1 },
  bob: { name: 'bob', age: 7.5, admin: false, home: { city: 'Paris' }, keys: [], n: '1' },
  cy: {
    name: 'cy',
    age: -1,
    home: null,
    keys: ['blue'],
    trips: [
      { to: 'Rome', days: 3 },
      { to: 'Oslo', days: 9 },
    ],
  },
};

export type Story = (title: string, play: (stage: Stage) => Promise<void>) => void;

export interface Stage {
  /** The first client. */
  readonly store: DocumentStore;
  open(): Promise<DocumentStore>;
  /** Puts findings by id, and waits until searches see them. */
  given(documents: Readonly<Record<string, object>>): Promise<void>;
  /** Waits until searches see so many findings. */
  seen(total: number): Promise<void>;
  /** The ids of the findings that a query gives, in its order. */
  ids(query: Query): Promise<string[]>;
  where(...conditions: Condition[]): Promise<string[]>;
  /** Lets a second pass; the time it is then. */
  later(): Instant;
  close(): Promise<void>;
}

export async function openStage(start: (clock: Clock) => Promise<DocumentStoreServer>): Promise<Stage> {
  let now = 1_000_000;
  const server = await start({ now: () => now, sleep: async () => {} });
  const { opened, open } = clientsOf(server);
  const store = await open();
  const seen = async (total: number) => {
    await vi.waitFor(async () => expect((await store.search('finding', { limit: 0 })).total).toBe(total), WAIT);
  };
  const ids = async (query: Query) => (await store.search('finding', query)).documents.map(({ id }) => id);
  return {
    store,
    open,
    async given(documents) {
      for (const [id, body] of Object.entries(documents)) await store.put('finding', id, body, 'absent');
      await seen(Object.keys(documents).length);
    },
    seen,
    ids,
    where: (...conditions) => ids({ where: conditions }),
    later() {
      now += 1_000;
      return now;
    },
    async close() {
      for (const client of opened) await client.close();
      await server.stop();
    },
  };
}
