// The signature of a delivery: HMAC-SHA-256 over the raw body.
// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PipewardenError } from '../../core/errors.ts';

export const SIGNATURE_HEADER = 'X-Hub-Signature-256';

/** Compares with every secret, in constant time and without stopping at the first that fits. Throws SIGNATURE_WRONG. */
export function verifySignature(raw: Buffer, signature: string, secrets: readonly string[]): void {
  const given = Buffer.from(signature);
  let fits = false;
  for (const secret of secrets) {
    // An empty secret is one that was not set: it must not open the door.
    if (secret === '') continue;
    const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`);
    if (given.length === expected.length && timingSafeEqual(given, expected)) fits = true;
  }
  if (!fits) throw new PipewardenError('SIGNATURE_WRONG');
}
