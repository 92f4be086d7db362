// What readings remember beside their cursors, as documents of the same collection.
import { PipewardenError } from '../../core/errors.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import type { Memory } from '../systems/system.ts';
import { packed, unpacked } from './packed.ts';

/** Characters, packed: any store takes a document of this size. */
const MOST = 8 * 1024 * 1024;

/** `system`: the name of the system in the configuration. */
export function createMemory(store: DocumentStore, system: string): Memory {
  const idOf = (name: string) => `memory of ${system}: ${name}`;
  return {
    async get(name) {
      const found = await store.get<{ readonly packed: string }>('cursor', idOf(name));
      return found && unpacked(found.body.packed);
    },
    async put(name, value) {
      const text = packed(value);
      if (text.length > MOST) throw new PipewardenError('INTERNAL', { problem: `too much to remember of ${name}` });
      await store.put('cursor', idOf(name), { packed: text }, 'any');
    },
  };
}
