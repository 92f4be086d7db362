// An event log that exists for the length of one command.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog } from '../adapters/event-log/sqlite.ts';
import { systemClock } from '../core/clock.ts';
import type { EventLog } from '../core/ports/event-log.ts';

/** By convention, 128 and the signal's number. */
const STOPPED = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What the log holds is gone afterwards, also when somebody stops the command, or what reads it. */
export async function withTemporaryLog<Result>(work: (log: EventLog) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'pipewarden-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const stop = (signal: keyof typeof STOPPED) => process.exit(STOPPED[signal]);
  process.on('SIGHUP', stop).on('SIGINT', stop).on('SIGTERM', stop).on('exit', remove);
  const log = openSqliteEventLog({ path: join(folder, 'events.db'), clock: systemClock });
  try {
    return await work(log);
  } finally {
    await log.close();
    remove();
    process.off('SIGHUP', stop).off('SIGINT', stop).off('SIGTERM', stop).off('exit', remove);
  }
}
