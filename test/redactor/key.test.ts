import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEY_FILE, loadOrCreateKey } from '../../services/redactor/key.ts';

describe('the key of an installation', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pipewarden-key-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is made on first start, kept, and readable by its owner alone', async () => {
    const data = join(folder, 'data');
    const key = loadOrCreateKey(data);
    expect(key).toHaveLength(32);
    expect(loadOrCreateKey(data)).toEqual(key);
    expect((await stat(join(data, KEY_FILE))).mode & 0o777).toBe(0o600);
    expect(await readdir(data)).toEqual([KEY_FILE]);
  });

  it('is one, however many processes start at once', async () => {
    const module = new URL('../../services/redactor/key.ts', import.meta.url).href;
    const script = `import { loadOrCreateKey } from ${JSON.stringify(module)};
      process.stdout.write(Buffer.from(loadOrCreateKey(${JSON.stringify(folder)})).toString('hex'));`;
    const run = promisify(execFile);
    const runs = await Promise.all(
      Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '--eval', script])),
    );
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect(runs[0]?.stdout).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is refused when the file holds something else', async () => {
    await writeFile(join(folder, KEY_FILE), 'short');
    expect(() => loadOrCreateKey(folder)).toThrow(/it holds 5 bytes, expected 32/);
  });
});
