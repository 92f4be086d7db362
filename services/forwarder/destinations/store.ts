// The document store as a destination: what the console and the command read comes from here. Always on.
import { fateOf, messageOf, PipewardenError } from '../../core/errors.ts';
import type { Incident } from '../../core/incident.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import type { CollectionName } from '../../core/topics.ts';
import type { Destination, Message } from '../destination.ts';

interface Document {
  readonly collection: CollectionName;
  readonly id: string;
  readonly body: object;
  /** Of an incident: an older state never replaces a newer one. */
  readonly revision?: number;
}

export function storeDestination(store: DocumentStore): Destination<Document> {
  async function write({ collection, id, body, revision }: Document): Promise<void> {
    for (;;) {
      const stored = await store.get<Partial<Incident>>(collection, id);
      // Everything but an incident is written once and stays.
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
    sends: ['finding', 'incident', 'audit', 'dead-letter'],
    encode: toDocument,
    async send(batch, signal) {
      for (const document of batch) {
        signal.throwIfAborted();
        try {
          await write(document);
        } catch (error) {
          const code = fateOf(error) === 'give-up' ? 'DESTINATION_REFUSED' : 'DESTINATION_BUSY';
          throw new PipewardenError(code, { destination: 'store', problem: messageOf(error) }, error);
        }
      }
    },
  };
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
    case 'audit':
      return { collection: 'audit', id: String(message.entry.number).padStart(12, '0'), body: message.entry };
    case 'dead-letter':
      return { collection: 'dead-letter', id: message.letter.id, body: message.letter };
  }
}
