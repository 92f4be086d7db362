// The history of a real clone, made by git itself in a temporary folder.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

test('where a shallow clone ends, what a commit changed is not known', async () => {
  await commit({ '.github/workflows/ci.yml': '1' });
  const edge = await commit({ a: '1' });
  const last = await commit({ a: '2' });
  const whole = folder;
  folder = join(whole, '..', 'shallow');
  execFileSync('git', ['clone', '--quiet', '--depth', '2', `file://${whole}`, folder]);
  const records = await history();
  expect(records.map((record) => fields(record).sha)).toEqual([edge, last]);
  expect(fields(records[0])).not.toHaveProperty('paths');
  expect(fields(records[0]).parents).toHaveLength(1);
  expect(fields(records[1]).paths).toEqual(['a']);
});

test('no setting of the clone leaves a path out', async () => {
  await commit({ a: '1', 'deep/b': '1' });
  const settings = { 'log.showRoot': 'false', 'diff.relative': 'true', 'color.ui': 'always', 'log.diffMerges': 'off' };
  for (const [name, value] of Object.entries(settings)) git('config', name, value);
  await commit({ '.gitmodules': '[submodule "lib"]\n\tpath = lib\n\turl = ./lib\n\tignore = all\n' });
  git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD').trim()},lib`);
  gitWith({}, 'commit', '--quiet', '-m', 'a submodule is pointed elsewhere');
  const top = folder;
  folder = join(top, 'deep');
  const paths = (await history()).map((record) => fields(record).paths);
  expect(paths).toEqual([['a', 'deep/b'], ['.gitmodules'], ['lib']]);
});

test('a replacement is not history', async () => {
  const sha = await commit({ a: '1' });
  const forged = git('commit-tree', '-m', 'never happened', 'HEAD^{tree}').trim();
  git('replace', sha, forged);
  expect((await history()).map((record) => fields(record).sha)).toEqual([sha]);
});

test('broken dates, encodings and headers lose no commit', async () => {
  const tree = git('mktree').trim();
  const headers = [
    'J\u00f6rg <j@x> 1700000000 +0100\nencoding ISO-8859-1',
    'J\u00f6rg <j@x> 1700000001 +0100',
    'A <a@x> 1700000002 +051800',
    'A <a@x> 18446744073709551614 +0000',
    'A <a@x> -5 +0000',
    'A <a@x>',
    ' <> 1700000004 +0000',
    'A\0B <a@x> 1700000005 +0000',
    'A <a@x> 1700000006 +0000\nencoding none-such',
  ];
  for (const [index, header] of headers.entries()) {
    const text = `tree ${tree}\nauthor ${header.split('\n')[0]}\ncommitter ${header}\n\na\0b\nparent c\n`;
    const hash = execFileSync('git', ['-C', folder, 'hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], {
      input: Buffer.from(text, 'latin1'),
    });
    git('update-ref', `refs/heads/broken-${index}`, hash.toString().trim());
  }
  const names = (await history()).map((record) => fields(record).author);
  expect(names).toHaveLength(headers.length);
  expect(names).toContainEqual({ name: 'J\u00f6rg', email: 'j@x', date: '2023-11-14T23:13:20+01:00' });
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

test('without an origin, as its folder is, also when its .git is named', async () => {
  await commit({ a: '1' });
  folder = join(folder, '.git');
  expect((await history())[0]?.repository).toBe('shop');
});

test.each([
  ['https://user:word@code.example/acme/shop.git', 'acme/shop'],
  ['ssh://git@code.example:2222/acme/shop/', 'acme/shop'],
  ['git@code.example:group/sub/shop.git', 'group/sub/shop'],
  ['../shop.git', undefined],
  ['file:///home/ada/shop.git', undefined],
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

  test('a folder of another user', async () => {
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
    try {
      expect(await problem(relative(process.cwd(), folder))).toMatch(/--add safe\.directory \/.*shop$/);
    } finally {
      delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER;
    }
  });

  test('a partial clone without folders', async () => {
    await commit({ a: '1' });
    git('config', 'uploadpack.allowFilter', 'true');
    const partial = join(folder, '..', 'partial');
    execFileSync('git', ['clone', '--quiet', '--no-checkout', '--filter=tree:0', `file://${folder}`, partial]);
    expect(await problem(partial)).toContain('clone again without --filter');
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
