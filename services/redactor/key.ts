// The installation's key for fingerprints, and other keys beside it: made on first start, kept in the data folder, readable by
// its owner alone. Rotation puts the one for fingerprints aside, so that whoever holds a secret can still look for its old ones.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { keyId } from './marker.ts';

export const KEY_FILE = 'redaction.key';
export const KEY_BYTES = 32;

/** `redaction.key.<id>`: one that was put aside. */
const KEPT = new RegExp(`^${KEY_FILE.replace('.', '\\.')}\\.[0-9a-f]{4}$`);

/**
 * A key of a data folder: 32 random bytes in `redaction.key`, or the file that is named, mode 0600. When two processes start
 * at once, both get the key of the one that was first. Throws REDACTION_KEY_UNUSABLE.
 */
export function loadOrCreateKey(folder: string, file: string = KEY_FILE): Uint8Array {
  return usable(join(folder, file), (path) => {
    mkdirSync(folder, { recursive: true });
    return read(path) ?? create(path);
  });
}

/**
 * Puts the key aside and makes another. There is a key at every moment, also after a crash at any. A process that has
 * loaded the old one uses it until it ends. Throws REDACTION_KEY_UNUSABLE.
 */
export function rotateKey(folder: string): { readonly before: Uint8Array; readonly after: Uint8Array } {
  const before = loadOrCreateKey(folder);
  const after = usable(join(folder, KEY_FILE), (path) => {
    const draft = writeDraft(path);
    try {
      link(path, `${path}.${keyId(before)}`);
      renameSync(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
    return new Uint8Array(readFileSync(path));
  });
  return { before, after };
}

/** The present key, and those that were put aside. Throws REDACTION_KEY_UNUSABLE. */
export function allKeys(folder: string): readonly Uint8Array[] {
  const present = loadOrCreateKey(folder);
  const kept = readdirSync(folder).filter((name) => KEPT.test(name));
  return [present, ...kept.sort().map((name) => new Uint8Array(readFileSync(join(folder, name))))];
}

function usable(path: string, keyAt: (path: string) => Uint8Array): Uint8Array {
  try {
    const key = keyAt(path);
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
  const draft = writeDraft(path);
  try {
    link(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  return new Uint8Array(readFileSync(path));
}

function writeDraft(path: string): string {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(KEY_BYTES));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return draft;
}

/** Gives a file a second name, unless that is taken. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
