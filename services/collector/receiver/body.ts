// The raw bytes of a delivery, never more of them than the limit, and the JSON that they hold.
import { PipewardenError } from '../../core/errors.ts';

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
      throw invalid('the body ended early', error);
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

/** JSON as it is, or as the field `payload` of a form. The parser's own message would quote the body, so it is left out. */
export function parseBody(raw: Buffer, contentType: string | undefined): unknown {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? 'application/json';
  const content = decode(raw);
  if (type === 'application/json') return parse(content);
  if (type === 'application/x-www-form-urlencoded') {
    const payload = new URLSearchParams(content).get('payload');
    if (payload === null) throw invalid('the form has no field payload');
    return parse(payload);
  }
  throw invalid('the content type is neither application/json nor application/x-www-form-urlencoded');
}

function decode(raw: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    throw invalid('the body is not UTF-8');
  }
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw invalid('the body is not JSON');
  }
}

function invalid(problem: string, cause?: unknown): PipewardenError {
  return new PipewardenError('RECORD_INVALID', { source: 'github.webhook', problem }, cause);
}
