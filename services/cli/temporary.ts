// An event log that exists for the length of one command.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog } from '../adapters/event-log/sqlite.ts';
import { systemClock } from '../core/clock.ts';
import type { EventLog } from '../core/ports/event-log.ts';

export async function withTemporaryLog<Result>(
  work: (log: EventLog, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'pipewarden-'));
  const log = openSqliteEventLog({ path: join(folder, 'events.db'), clock: systemClock });
  try {
    return await work(log, folder);
  } finally {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
