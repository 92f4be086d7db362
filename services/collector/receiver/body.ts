// The raw bytes of a delivery, never more of them than the limit, and the JSON that they hold.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PipewardenError } from '../../core/errors.ts';
import { readJsonSequence } from './json-sequence.ts';

/**
 * Throws BODY_TOO_LARGE as soon as the limit is passed, RECORD_INVALID when the sender breaks off, and what `hold` throws,
 * which is told of every piece. Ends with `signal`.
 */
export async function readBody(
  request: Request,
  limit: number,
  signal: AbortSignal,
  hold: (bytes: number) => void,
): Promise<Buffer> {
  const tooLarge = () => new PipewardenError('BODY_TOO_LARGE', { limit });
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  // Whether a sender that is no longer listened to minds makes no difference.
  const stop = () => void reader?.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  while (reader) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new PipewardenError('RECORD_INVALID', { source: 'any feed', problem: 'the body ended early' }, error);
    });
    if (done) break;
    size += value.byteLength;
    try {
      if (size > limit) throw tooLarge();
      hold(value.byteLength);
    } catch (error) {
      stop();
      throw error;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, size);
}

const inflate = promisify(gunzip);

export interface Content {
  readonly source: string;
  readonly type: string | undefined;
  readonly encoding: string | undefined;
  /** Bytes, also of what is compressed. */
  readonly limit: number;
  /** Of an encoding that is no JSON; the type has been looked at. */
  readonly decode?: ((bytes: Uint8Array) => unknown) | undefined;
}

/** Whether a Content-Type header names that type, whatever its parameters. */
export function isOfType(header: string | undefined, type: string | undefined): boolean {
  return type !== undefined && header !== undefined && typeIn(header) === type;
}

function typeIn(header: string): string {
  return header.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Every type of JSON that says so, such as that of CloudEvents or of a registry's events (RFC 6839 §3.1). */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/**
 * JSON as it is, several values one after the other (a list then), or JSON in the field `payload` of a form; any of them
 * compressed by gzip. Of what is declared as lines, bytes that are not UTF-8 become U+FFFD: log shippers gather what many
 * have named, and one odd file name must not take the others with it. Rejects with RECORD_INVALID, whose message quotes nothing of the body, or BODY_TOO_LARGE.
 */
export async function parseBody(raw: Buffer, { source, type, encoding, limit, decode }: Content): Promise<unknown> {
  const invalid = (problem: string) => new PipewardenError('RECORD_INVALID', { source, problem });
  const bytes = await decompressed();
  if (decode) return decode(bytes);
  const named = typeIn(type ?? 'application/json');
  if (JSON_TYPE.test(named)) return parse(asText(bytes));
  switch (named) {
    case 'application/x-www-form-urlencoded':
      return parse(new URLSearchParams(asText(bytes)).get('payload') ?? undefined);
    case 'application/x-ndjson':
    case 'application/jsonl':
    case 'application/json-seq':
      return several(new TextDecoder().decode(bytes));
    default:
      throw invalid('the content type is none of JSON, of lines of JSON, and of a form');
  }

  async function decompressed(): Promise<Buffer> {
    if (encoding === undefined || encoding === 'identity') return raw;
    if (encoding !== 'gzip') throw invalid('the content is encoded otherwise than by gzip');
    try {
      return await inflate(raw, { maxOutputLength: limit });
    } catch (error) {
      const grown = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      throw grown ? new PipewardenError('BODY_TOO_LARGE', { limit }) : invalid('the body is not what gzip wrote');
    }
  }

  function asText(bytes: Buffer): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw invalid('the body is not UTF-8');
    }
  }

  function parse(text: string | undefined): unknown {
    if (text === undefined) throw invalid('the form has no field payload');
    try {
      return JSON.parse(text);
    } catch {
      return several(text);
    }
  }

  function several(text: string): unknown {
    const values = readJsonSequence(text);
    if (!values) throw invalid('the body is not JSON');
    return values;
  }
}
