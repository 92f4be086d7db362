// From a run's document to the decision topic: first the entries, then the note that they have gone. A crash between the
// two sends them again, and the chain knows them by their ids.
import type { DecisionEntry } from '../core/messages.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import { changeRun, getRun } from './run-store.ts';

/** Sends the entries that have not been sent, in order. */
export async function exportAudit(log: EventLog, store: DocumentStore, id: string): Promise<void> {
  const run = (await getRun(store, id))?.body;
  if (!run || run.unexported === 0) return;
  const entries: readonly DecisionEntry[] = run.audit.slice(run.exported);
  await log.append(
    'decision',
    entries.map((entry) => ({ key: id, value: JSON.stringify(entry) })),
  );
  await changeRun(store, id, (current) => {
    const exported = Math.max(current.exported, run.audit.length);
    return { ...current, exported, unexported: current.audit.length - exported };
  });
}
