// The history of a real clone, made by git itself in a temporary folder.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameInUrl, readGitHistory } from '../../services/collector/git-clone.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { git as gitSource } from '../../services/collector/sources/git/git.ts';
import { isObject, type Json } from '../../services/core/json.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'clone-')), 'shop');
  await mkdir(folder);
  git('init', '--quiet', '--initial-branch=main');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

function git(...args: readonly string[]): string {
  return gitWith({}, ...args);
}

function gitWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): string {
  const person = { GIT_AUTHOR_NAME: 'Zoë', GIT_AUTHOR_EMAIL: 'Zoe@Acme.example', GIT_COMMITTER_NAME: 'Zoë' };
  const none = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_COMMITTER_EMAIL: 'zoe@acme.example',
  };
  return execFileSync('git', ['-C', folder, ...args], {
    env: { ...process.env, ...person, ...none, ...env },
    encoding: 'utf8',
  });
}

let seconds = 0;
/** Commits the files, one minute after the last commit, in the zone of Tokyo. */
async function commit(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  git('add', '--all');
  seconds += 60;
  const date = `${1_772_445_600 + seconds} +0900`;
  gitWith({ GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }, 'commit', '--quiet', '--allow-empty', '-m', 'a\n\nb');
  return git('rev-parse', 'HEAD').trim();
}

async function history(options: { since?: string; repository?: string } = {}): Promise<readonly SourceRecord[]> {
  const found: SourceRecord[] = [];
  for await (const record of readGitHistory({ path: folder, ...options })) found.push(record);
  return found;
}

function fields(record: SourceRecord | undefined): Readonly<Record<string, unknown>> {
  return isObject(record?.body) ? record.body : {};
}

test('commits come oldest first, with both times and their offsets', async () => {
  const first = await commit({ a: '1' });
  const second = await commit({ a: '2' });
  const records = await history();
  expect(records.map((record) => fields(record).sha)).toEqual([first, second]);
  expect(records[0]).toMatchObject({
    source: 'git',
    repository: 'shop',
    input: `${folder}:${first}`,
    body: {
      parents: [],
      author: { name: 'Zoë', email: 'Zoe@Acme.example', date: expect.stringMatching(/^2026-03-02T19:\d\d:00\+09:00$/) },
      signature: 'none',
      paths: ['a'],
    },
  });
  expect(fields(records[1]).parents).toEqual([first]);
});

test('the source makes a commit of each', async () => {
  await commit({ a: '1' });
  const [record] = await history();
  if (!record) throw new Error('one commit');
  expect(gitSource.normalize({ ...record, body: record.body as Json, redactions: {} })).toMatchObject([
    {
      kind: 'commit',
      actor: { name: 'Zoë', email: 'zoe@acme.example' },
      occurred_at: { at: record.received_at, offset_minutes: 540 },
      vcs: { repository: { name: 'shop' } },
      detail: { parents: 0, signature: 'none', paths: ['a'] },
    },
  ]);
});

test('a merge is what it changed itself; a rename is both its names', async () => {
  await commit({ a: '1\n', b: '1\n' });
  git('checkout', '--quiet', '-b', 'side');
  await commit({ b: 'side\n' });
  git('checkout', '--quiet', 'main');
  await commit({ a: 'main\n' });
  git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
  const merge = await commit({ c: 'slipped in\n' });
  git('mv', 'a', 'z');
  const renamed = await commit({});
  const records = new Map((await history()).map((record) => [fields(record).sha, fields(record)]));
  expect(records.get(merge)).toMatchObject({ parents: [expect.any(String), expect.any(String)], paths: ['c'] });
  expect(records.get(renamed)?.paths).toEqual(['a', 'z']);
});

test('names with line feeds, quotes and other scripts, and a file named like a commit', async () => {
  const sha = await commit({ a: '1' });
  const names = [sha, '\nfirst', 'päth/"quoted"', '日本\t語', '-n'];
  await commit(Object.fromEntries(names.map((name) => [name, 'x'])));
  const records = await history();
  expect(records).toHaveLength(2);
  expect(fields(records[1]).paths).toEqual(expect.arrayContaining(names));
  expect(fields(records[1]).paths).toHaveLength(names.length);
});

test('a signature is seen, not judged; no program of the clone’s choice is run', async () => {
  await commit({ a: '1' });
  git('config', 'log.showSignature', 'true');
  git('config', 'gpg.program', join(folder, 'never-run'));
  const text = git('cat-file', 'commit', 'HEAD').replace(/\n\n/, '\ngpgsig -----BEGIN\n abc\n -----END\n\n');
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  const signed = execFileSync('git', ['-C', folder, 'hash-object', '-t', 'commit', '-w', '--stdin'], {
    input: text,
    env,
  });
  git('update-ref', 'refs/heads/signed', signed.toString().trim());
  const states = (await history()).map((record) => fields(record).signature);
  expect(states.sort()).toEqual(['none', 'unknown']);
});

test('an empty repository has no history', async () => {
  expect(await history()).toEqual([]);
});

test('only what is newer, when asked', async () => {
  await commit({ a: '1' });
  const second = await commit({ a: '2' });
  const [{ received_at } = { received_at: 0 }] = (await history()).slice(-1);
  const found = await history({ since: new Date(received_at).toISOString() });
  expect(found.map((record) => fields(record).sha)).toEqual([second]);
});

test('the repository is called as its origin is', async () => {
  await commit({ a: '1' });
  git('remote', 'add', 'origin', 'git@code.example:acme/web-shop.git');
  expect((await history())[0]?.repository).toBe('acme/web-shop');
  expect((await history({ repository: 'acme/other' }))[0]?.repository).toBe('acme/other');
});

test.each([
  ['https://user:word@code.example/acme/shop.git', 'acme/shop'],
  ['ssh://git@code.example:2222/acme/shop/', 'acme/shop'],
  ['git@code.example:group/sub/shop.git', 'group/sub/shop'],
  ['../shop.git', undefined],
  ['', undefined],
])('%s is called %s', (url, name) => {
  expect(nameInUrl(url)).toBe(name);
});

describe('what git cannot read is told with the mend', () => {
  async function problem(path: string): Promise<string> {
    const reading = readGitHistory({ path }).next();
    return reading.then(
      () => '',
      (error: Error) => error.message,
    );
  }

  test('a folder without a repository', async () => {
    await rm(join(folder, '.git'), { recursive: true });
    expect(await problem(folder)).toContain('it is not a git repository; name the folder of a clone');
  });

  test('no folder', async () => {
    expect(await problem(join(folder, 'none'))).toContain('there is no such folder');
  });

  test('no git', async () => {
    const { PATH } = process.env;
    process.env.PATH = folder;
    try {
      expect(await problem(folder)).toContain('install git');
    } finally {
      process.env.PATH = PATH;
    }
  });
});

test('a reader that stops, stops git', async () => {
  await commit({ a: '1' });
  await commit({ a: '2' });
  for await (const record of readGitHistory({ path: folder })) {
    expect(record.source).toBe('git');
    break;
  }
  const aborted = readGitHistory({ path: folder, signal: AbortSignal.abort() });
  await expect(aborted.next()).rejects.toThrow();
});
