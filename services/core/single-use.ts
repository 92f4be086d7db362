// What may be used once, in whichever process: the first to write it down has it.
import { PipewardenError } from './errors.ts';
import type { DocumentStore } from './ports/document-store.ts';
import { formatInstant, type Instant } from './time.ts';

/** False where somebody has used it before. `id`: no secret, for it is kept as it stands. */
export async function useOnce(store: DocumentStore, id: string, now: Instant): Promise<boolean> {
  try {
    await store.put('used', id, { time: formatInstant(now) }, 'absent');
    return true;
  } catch (error) {
    if (error instanceof PipewardenError && error.code === 'DOCUMENT_CONFLICT') return false;
    throw error;
  }
}

export async function wasUsed(store: DocumentStore, id: string): Promise<boolean> {
  return (await store.get('used', id)) !== undefined;
}
