// The folder of real data that stands beside the checkout of those who build Pipewarden, and what is read from it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { z } from 'zod';

export const ROOT = join(import.meta.dirname, '..');
export const SHARED = join(ROOT, '../shared');

/** `what`: subject and verb. */
export function sayMissing(what: string): void {
  process.stderr.write(`${what} not here: they stand in ../shared beside a developer’s checkout.\n`);
}

/** A file of the folder, unpacked where its name ends in `.gz`; undefined: it is not there. */
export function readShared(path: string): Buffer | undefined {
  const file = join(SHARED, path);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** The rows of a file of JSON lines; none, where it is missing. */
export function readRows<Row>(path: string, schema: z.ZodType<Row>): readonly Row[] {
  const text = readShared(path)?.toString() ?? '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(JSON.parse(line)));
}
