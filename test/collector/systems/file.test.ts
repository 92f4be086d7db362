// A file that is followed: every line once, however the file is rotated, whenever the reader is away.
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { file } from '../../../services/collector/systems/file/file.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { type ReadOptions, type ReadSystem, readSystem, testClock } from './reading.ts';

let folder: string;
let path: string;
let read: ReadSystem;
const clock = testClock(Date.parse('2026-03-02T10:00:00Z'));

async function start(more: Partial<ReadOptions> = {}) {
  const settings = { type: 'file', path, source: 'gitlab.audit' };
  read = await readSystem({ system: file, settings, clock, folder: join(folder, 'data'), ...more });
}

/** As if the process had been stopped and begun again. */
async function restart(more: Partial<ReadOptions> = {}) {
  await read.close();
  await start(more);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followed-'));
  path = join(folder, 'audit_json.log');
  await mkdir(join(folder, 'data'));
  await start();
});
afterEach(async () => {
  await read.close();
  await rm(folder, { recursive: true });
});

const line = (number: number) =>
  `${JSON.stringify({ severity: 'INFO', time: '2026-03-02T09:59:00.000Z', author_id: 1, entity_type: 'Project', change: 'name', target_details: `line ${number}` })}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');

const look = () => read.poll('lines');
const numbers = async () =>
  (await read.activities()).map((activity) => Number(/line (\d+)/.exec(JSON.stringify(activity.record))?.[1]));
async function expectUpTo(count: number) {
  const told = (await numbers()).sort((a, b) => a - b);
  expect(told).toEqual(Array.from({ length: count }, (_, index) => index));
}

test('lines are read as they come, a half one when it is whole', async () => {
  await writeFile(path, lines(0, 3) + line(3).slice(0, 20));
  await look();
  await expectUpTo(3);
  await appendFile(path, line(3).slice(20) + line(4));
  await look();
  await expectUpTo(5);
});

test('two equal lines are two, and stay so when they are read again', async () => {
  const other = 'naïve'.repeat(3);
  await writeFile(path, line(0) + line(0) + line(1).replace('line 1', `${other} line 1`) + line(0));
  await look();
  expect((await numbers()).sort()).toEqual([0, 0, 0, 1]);
  const ids = new Set((await read.activities()).map(({ id }) => id));
  await read.close();
  // From the beginning once more.
  await rm(join(folder, 'data'), { recursive: true });
  await mkdir(join(folder, 'data'));
  await start();
  await look();
  expect(new Set((await read.activities()).map(({ id }) => id))).toEqual(ids);
});

test('renamed: what was written before and after is read, also what came late', async () => {
  await writeFile(path, lines(0, 3));
  await look();
  await appendFile(path, lines(3, 5));
  await rename(path, `${path}.1`);
  await writeFile(path, lines(6, 8));
  const reading = look();
  await systemClock.sleep(3);
  // The writer had not been told yet.
  await appendFile(`${path}.1`, line(5).trimEnd());
  await reading;
  await expectUpTo(8);
});

test('copied and truncated: what came before the copy is read from it, even when the file has grown beyond', async () => {
  await writeFile(path, lines(0, 3));
  await look();
  await appendFile(path, lines(3, 5));
  await copyFile(path, `${path}.1`);
  await truncate(path);
  await appendFile(path, lines(5, 30));
  await look();
  await expectUpTo(30);
});

test('rotated many times while the reader was away, with the old ones packed', async () => {
  await writeFile(path, lines(0, 3));
  await look();
  await read.close();
  await appendFile(path, lines(3, 5));
  for (let round = 0; round < 3; round++) {
    await rotate('copy', 5);
    await appendFile(path, lines(5 + round * 4, 9 + round * 4));
    await systemClock.sleep(5);
  }
  await start();
  await look();
  await expectUpTo(17);
});

test('truncated without a copy: what comes after is read', async () => {
  await writeFile(path, lines(0, 20));
  await look();
  await writeFile(path, lines(20, 22));
  await look();
  await expectUpTo(22);
});

test('the rest of one that is gone is lost, what came after it is not', async () => {
  await writeFile(path, lines(0, 3));
  await look();
  await rm(path);
  await writeFile(`${path}.1`, lines(3, 5));
  await writeFile(path, lines(5, 6));
  await look();
  await expectUpTo(6);
});

test('a reader that is killed between two writes goes on with the same lines', async () => {
  await writeFile(path, lines(0, 12_000));
  let turns = 0;
  await restart({
    onDurable() {
      if (++turns === 2) throw new Error('killed');
    },
  });
  await expect(look()).rejects.toThrow('killed');
  await rotate('rename', 3);
  await appendFile(path, lines(12_000, 12_010));
  await restart();
  await look();
  const told = await read.activities();
  // The block whose place was not kept is there twice, under the same ids.
  expect(new Set(told.map(({ id }) => id)).size).toBe(12_010);
  expect(new Set(await numbers()).size).toBe(12_010);
  expect(told.length).toBeGreaterThan(12_010);
});

test('whatever happens in whatever order, each line comes once', async () => {
  let seed = 23;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  let written = 0;
  await writeFile(path, '');
  await look();
  for (let step = 0; step < 60; step++) {
    const deed = random(8);
    if (deed === 0) await rotate('rename', 9);
    else if (deed === 1) await rotate('copy', 9);
    else if (deed === 2) await restart();
    else if (deed <= 4) await look();
    else {
      const many = 1 + random(50);
      await appendFile(path, lines(written, written + many));
      written += many;
    }
    // The time of a file is that of the kernel's last tick.
    await systemClock.sleep(10);
  }
  await look();
  await look();
  await expectUpTo(written);
}, 60_000);

test('a file that is not there is a mistake, one that is away for a moment is not', async () => {
  await expect(look()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  await writeFile(path, line(0));
  await look();
  await rename(path, `${path}.1`);
  await look();
  await writeFile(path, line(1));
  await look();
  await expectUpTo(2);
});

test('what is no line of a log costs no memory and no later line', async () => {
  await writeFile(path, line(0) + 'x'.repeat(20 * 1024 * 1024));
  await appendFile(path, `\n${'\0'.repeat(100)}${line(1)}not json\r\n\n${line(2)}`);
  await look();
  expect((await numbers()).filter((number) => !Number.isNaN(number)).sort()).toEqual([0, 1, 2]);
});

/** As logrotate does: `.1` is the newest, all but that are packed. */
async function rotate(how: 'rename' | 'copy', keep: number) {
  for (let number = keep; number >= 1; number--) {
    const from = number === 1 ? `${path}.1` : `${path}.${number}.gz`;
    const bytes = await readFile(from).catch(() => undefined);
    if (!bytes) continue;
    if (number === 1) await pack(`${path}.1`, `${path}.2.gz`, bytes);
    else await rename(from, `${path}.${number + 1}.gz`);
  }
  if (how === 'rename') {
    await rename(path, `${path}.1`);
    await writeFile(path, '');
  } else {
    await copyFile(path, `${path}.1`);
    await truncate(path);
  }
}

/** gzip gives what it makes the time of what it read. */
async function pack(from: string, to: string, bytes: Buffer) {
  const { mtimeMs } = await stat(from);
  await writeFile(to, gzipSync(bytes));
  // A Date would round it.
  await utimes(to, mtimeMs / 1000, mtimeMs / 1000);
  await rm(from);
}
