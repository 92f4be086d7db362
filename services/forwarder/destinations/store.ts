// The document store as a destination: what the console and the command read comes from here. Always on.
import type { ChainedAuditEntry } from '../../core/audit.ts';
import { fateOf, messageOf, PipewardenError } from '../../core/errors.ts';
import type { Incident } from '../../core/incident.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import { COLLECTIONS, type CollectionName } from '../../core/topics.ts';
import type { Destination, Message } from '../destination.ts';

interface Document {
  readonly collection: CollectionName;
  readonly id: string;
  readonly body: object;
  /** Of an incident, a weakness, a count: an older state never replaces a newer one. */
  readonly revision?: number;
  /** Of an audit entry: what stands in its place must be the same one. */
  readonly hash?: string;
}

/** An event log that was lost or replaced begins its chain anew: the first one stays, and the other is told of. */
function secondChain(id: string): PipewardenError {
  const problem = `another audit entry stands at ${Number(id)}: the event log is not the one that this store was fed from; put both back from one backup`;
  return new PipewardenError('STORE_REFUSED', { problem });
}

export function storeDestination(store: DocumentStore): Destination<Document> {
  async function write({ collection, id, body, revision, hash }: Document): Promise<void> {
    for (;;) {
      const stored = await store.get<Partial<Incident> & Partial<ChainedAuditEntry>>(collection, id);
      if (stored && hash !== undefined && stored.body.hash !== hash) throw secondChain(id);
      // Everything but an incident, a weakness and a count is written once and stays.
      if (stored && (revision === undefined || (stored.body.revision ?? 0) >= revision)) return;
      try {
        await store.put(collection, id, body, stored?.version ?? 'absent');
        return;
      } catch (error) {
        // Somebody else wrote it meanwhile: look again.
        if (!(error instanceof PipewardenError && error.code === 'DOCUMENT_CONFLICT')) throw error;
      }
    }
  }

  return {
    id: 'store',
    sends: ['finding', 'incident', 'weakness', 'measure', 'audit', 'dead-letter'],
    encode: toDocument,
    async send(batch, signal) {
      signal.throwIfAborted();
      // At once, so that a store may take them together; the states of one incident in their order.
      const sending = [...byPlace(batch).values()].map(async (states) => {
        for (const state of states) await write(state);
      });
      for (const sent of await Promise.allSettled(sending)) {
        if (sent.status === 'fulfilled') continue;
        const code = fateOf(sent.reason) === 'give-up' ? 'DESTINATION_REFUSED' : 'DESTINATION_BUSY';
        throw new PipewardenError(code, { destination: 'store', problem: messageOf(sent.reason) }, sent.reason);
      }
    },
    async tidy(now) {
      for (const { collection, retention_ms } of KEPT) await store.expire(collection, now - retention_ms);
    },
  };
}

function byPlace(batch: readonly Document[]): Map<string, Document[]> {
  return Map.groupBy(batch, ({ collection, id }) => `${collection}/${id}`);
}

const KEPT = Object.keys(COLLECTIONS)
  .filter(isCollection)
  .map((collection) => ({ collection, ...COLLECTIONS[collection] }));

function isCollection(name: string): name is CollectionName {
  return name in COLLECTIONS;
}

function toDocument(message: Message): Document {
  switch (message.type) {
    case 'finding':
      return { collection: 'finding', id: message.record.finding.id, body: message.record };
    case 'incident':
      return {
        collection: 'incident',
        id: message.incident.id,
        body: message.incident,
        revision: message.incident.revision,
      };
    case 'weakness': {
      const { weakness } = message;
      return { collection: 'weakness', id: weakness.id, body: weakness, revision: weakness.revision };
    }
    case 'measure':
      return { collection: 'measure', id: message.day.id, body: message.day, revision: message.day.revision };
    case 'audit':
      return {
        collection: 'audit',
        id: String(message.entry.number).padStart(12, '0'),
        body: message.entry,
        hash: message.entry.hash,
      };
    case 'dead-letter':
      return { collection: 'dead-letter', id: message.letter.id, body: message.letter };
  }
}
