// JSON as one word of text: a store looks into its documents, and has nothing to look for in these.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Json } from '../../core/json.ts';

export function packed(value: Json): string {
  return deflateRawSync(JSON.stringify(value)).toString('base64');
}

/** Throws for what `packed` did not make. */
export function unpacked(text: string): Json {
  return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8'));
}
