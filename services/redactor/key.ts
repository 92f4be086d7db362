// The installation's key for fingerprints: made on first start, kept in the data folder, readable by its owner alone.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, PipewardenError } from '../core/errors.ts';

export const KEY_FILE = 'redaction.key';
const KEY_BYTES = 32;

/**
 * The key of a data folder: 32 random bytes in `redaction.key`, mode 0600. When two processes start at once, both get
 * the key of the one that was first. Throws REDACTION_KEY_UNUSABLE.
 */
export function loadOrCreateKey(folder: string): Uint8Array {
  const path = join(folder, KEY_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    const key = read(path) ?? create(path);
    if (key.length === KEY_BYTES) return key;
    throw new PipewardenError('REDACTION_KEY_UNUSABLE', {
      file: path,
      problem: `it holds ${key.length} bytes, expected ${KEY_BYTES}`,
    });
  } catch (error) {
    if (error instanceof PipewardenError) throw error;
    throw new PipewardenError('REDACTION_KEY_UNUSABLE', { file: path, problem: messageOf(error) }, error);
  }
}

function read(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Writes a file of its own and links it to the name: a link never replaces, and nobody sees half a key. */
function create(path: string): Uint8Array {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    try {
      writeSync(file, randomBytes(KEY_BYTES));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      linkSync(draft, path);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return new Uint8Array(readFileSync(path));
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
