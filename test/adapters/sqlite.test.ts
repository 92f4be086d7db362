// A database file that cannot be used is told of with its name and what to do, whichever adapter opens it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { openSqliteJobQueue } from '../../services/adapters/job-queue/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const ADAPTERS = [
  { name: 'event log', open: openSqliteEventLog, code: 'LOG_UNAVAILABLE' },
  { name: 'document store', open: openSqliteDocumentStore, code: 'STORE_UNAVAILABLE' },
  { name: 'job queue', open: openSqliteJobQueue, code: 'QUEUE_UNAVAILABLE' },
] as const;

describe.each(ADAPTERS)('the $name', ({ open, code }) => {
  function problemOf(path: string): unknown {
    try {
      open({ path, clock: systemClock });
      return undefined;
    } catch (error) {
      return error;
    }
  }

  test('begins anew with an empty file', async () => {
    const path = join(folder, 'empty.db');
    await writeFile(path, '');
    await open({ path, clock: systemClock }).close();
  });

  test('says that a file is damaged, and leaves it as it is', async () => {
    const path = join(folder, 'damaged.db');
    await writeFile(path, 'no database '.repeat(1_000));
    expect(problemOf(path)).toMatchObject({
      code,
      message: expect.stringMatching(/damaged\.db: file is not a database; it is damaged: .*from a backup/),
    });
  });

  test('says that its folder is missing', async () => {
    expect(problemOf(join(folder, 'missing', 'x.db'))).toMatchObject({
      code,
      message: expect.stringMatching(/missing\/x\.db: unable to open database file; its folder is not there/),
    });
  });
});
