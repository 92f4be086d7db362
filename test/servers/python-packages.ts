// Servers that PyPI has, each in a virtual environment of its own in a cache.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const run = promisify(execFile);

/** Where an environment of that name is, or will be. */
export function environmentOf(name: string): string {
  return join(CACHE, name);
}

/** Why it cannot be had on this machine; undefined when it can. */
export async function environmentMissing(name: string): Promise<string | undefined> {
  if (existsSync(environmentOf(name))) return undefined;
  return await run('python3', ['-c', 'import venv, ensurepip']).then(
    () => undefined,
    () => `${name} needs Python 3 with venv (python3-venv)`,
  );
}

/** Fetches the packages the first time. */
export async function installEnvironment(name: string, packages: readonly string[]): Promise<void> {
  const folder = environmentOf(name);
  if (existsSync(folder)) return;
  await mkdir(CACHE, { recursive: true });
  // Renamed only when whole, so that a broken download is not taken for the server.
  const partial = await mkdtemp(join(CACHE, 'partial-'));
  try {
    await run('python3', ['-m', 'venv', partial]);
    await run(join(partial, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...packages]);
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
