// The global stop: while it holds nothing is sent. It is kept in the store, for every responder, and in a file beside the
// data, so that it can be set when neither store nor queue answers.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../core/errors.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';

export interface Freeze {
  readonly by: string;
  readonly reason: string;
  /** RFC 3339, UTC. */
  readonly time: string;
}

/** Where it is set, and why not where it could not be. */
export interface FreezeReport {
  readonly file?: string;
  readonly store?: string;
}

const COLLECTION = 'control';
const ID = 'freeze';

export interface Freezer {
  /** Asked before anything is sent: of both places, one is enough. Rejects with what the store throws. */
  frozen(): Promise<Freeze | undefined>;
  /** Sets it, or takes it away, wherever that can be done. `store`: undefined where it cannot even be opened. */
  set(freeze: Freeze | undefined): Promise<FreezeReport>;
}

/** `folder`: of the data; undefined, where there is none. */
export function createFreezer(folder: string | undefined, store: DocumentStore | undefined): Freezer {
  const path = folder === undefined ? undefined : join(folder, 'frozen');
  return {
    async frozen() {
      const here = path === undefined ? undefined : readFreeze(path);
      return here ?? (await store?.get<Freeze>(COLLECTION, ID))?.body;
    },
    async set(freeze) {
      const file = path === undefined ? 'there is no data folder' : trying(() => writeFreeze(path, freeze));
      const kept = store ? await settled(putFreeze(store, freeze)) : 'it cannot be opened';
      return { ...(file !== undefined && { file }), ...(kept !== undefined && { store: kept }) };
    },
  };
}

/** A file that cannot be read, or holds anything, stops too: whoever put it there meant it. */
function readFreeze(path: string): Freeze | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return { by: 'the file system', reason: `${path} cannot be read: ${messageOf(error)}`, time: '' };
  }
  try {
    const { by, reason, time } = JSON.parse(text);
    return { by: String(by), reason: String(reason), time: String(time) };
  } catch {
    return { by: 'somebody', reason: `${path} is there`, time: '' };
  }
}

function writeFreeze(path: string, freeze: Freeze | undefined): void {
  if (freeze) writeFileSync(path, `${JSON.stringify(freeze)}\n`, { mode: 0o600 });
  else rmSync(path, { force: true });
}

async function putFreeze(store: DocumentStore, freeze: Freeze | undefined): Promise<void> {
  if (freeze) await store.put(COLLECTION, ID, freeze, 'any');
  else await store.remove(COLLECTION, ID);
}

function trying(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function settled(work: Promise<void>): Promise<string | undefined> {
  return await work.then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );
}
