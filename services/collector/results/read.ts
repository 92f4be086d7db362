// From the bytes of a report to its scans: unpacked, decoded, parsed, and told apart from others where nobody says what it is.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { nearest } from '../../core/configuration/nearest.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { readJsonSequence } from '../receiver/json-sequence.ts';
import { FORMATS } from './formats/index.ts';
import { type Format, invalid, type ReportContext, type Scan } from './report.ts';

const inflate = promisify(gunzip);

/** Gzip is known by its first bytes. Throws REPORT_INVALID, or BODY_TOO_LARGE for more than `limit` bytes. */
export async function unpacked(bytes: Buffer, limit: number): Promise<Buffer> {
  if (bytes.length > limit) throw new PipewardenError('BODY_TOO_LARGE', { limit });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await inflate(bytes, { maxOutputLength: limit });
  } catch (error) {
    const grown = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw grown ? new PipewardenError('BODY_TOO_LARGE', { limit }) : invalid('it is not what gzip wrote');
  }
}

/** `content` is not packed. Throws REPORT_INVALID, or RECORD_UNKNOWN_SOURCE where no report is called so. */
export async function readScans(
  content: Buffer,
  context: ReportContext,
): Promise<{ readonly source: string; readonly scans: readonly Scan[] }> {
  const text = decoded(content);
  const values = valuesOf(text);
  const [source, format] = formatOf(text, values, context.source);
  if (!format.places && source !== 'sarif' && context.repository === undefined) {
    throw invalid('it does not say which repository was scanned: add repository');
  }
  return { source, scans: await format.scans(text, values, context) };
}

function decoded(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw invalid('it is not UTF-8');
  }
}

/** Empty for what is no JSON. */
function valuesOf(text: string): readonly Json[] {
  if (!/^\s*[[{"n]/.test(text.slice(0, 1_000))) return [];
  try {
    return [JSON.parse(text)];
  } catch {
    // Objects and lists, as the parser made them.
    return (readJsonSequence(text) ?? []) as readonly Json[];
  }
}

function formatOf(text: string, values: readonly Json[], named: string | undefined): readonly [string, Format] {
  const names = [...FORMATS.keys()];
  if (named !== undefined) {
    const format = FORMATS.get(named);
    if (format) return [named, format];
    const near = nearest(named, names);
    const hint = near ? `; did you mean ${near}?` : `: reports are those of ${names.join(', ')}`;
    throw new PipewardenError('RECORD_UNKNOWN_SOURCE', { source: named.slice(0, 100), hint });
  }
  const fitting = [...FORMATS].filter(([, format]) => format.is(text, values[0]));
  const [only, another] = fitting;
  if (only && !another) return only;
  throw invalid(`it does not tell which tool wrote it: add source, one of ${names.join(', ')}`);
}
