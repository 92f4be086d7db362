// A data folder belongs to one start at a time, and is either the sample's or real.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimDataFolder, type DataPaths, lockDataFolder, makeDataFolder } from '../../services/cli/data-folder.ts';

let folder: string;
let paths: DataPaths;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-'));
  paths = makeDataFolder(folder);
});
afterEach(() => rm(folder, { recursive: true }));

describe('the lock', () => {
  test('tells who holds it, and can be taken again after its release', () => {
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(`is in use by process ${process.pid}`);
    lock.release();
    lockDataFolder(folder).release();
  });

  test('that cannot be made is not taken for one that somebody holds', async () => {
    await mkdir(join(folder, 'lock.db'));
    expect(() => lockDataFolder(folder)).toThrow(/^cannot use the data folder .*; change its owner, or name another/);
  });

  test('is given back when the folder turns out to be of no use', async () => {
    await mkdir(join(folder, 'pid'));
    for (let time = 0; time < 2; time++) expect(() => lockDataFolder(folder)).toThrow('cannot use the data folder');
  });
});

describe('sample and real data never mix', () => {
  /** What a start leaves behind. */
  async function use(): Promise<void> {
    await writeFile(paths.documents, '');
  }

  test('real data is safe from a start that forgot its configuration', async () => {
    claimDataFolder(paths, false);
    await use();
    expect(() => claimDataFolder(paths, true)).toThrow('name the configuration with --config');
    claimDataFolder(paths, false);
    expect(existsSync(join(folder, 'sample'))).toBe(false);
  });

  test('the sample’s folder is not taken for real', async () => {
    claimDataFolder(paths, true);
    await use();
    expect(() => claimDataFolder(paths, false)).toThrow('holds the sample');
    claimDataFolder(paths, true);
  });

  test('a start that left nothing behind decides nothing', () => {
    claimDataFolder(paths, true);
    claimDataFolder(paths, false);
    claimDataFolder(paths, true);
  });
});
