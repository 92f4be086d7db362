// A signed HTTP POST per message, by the Standard Webhooks specification
// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): headers `webhook-id`,
// `webhook-timestamp` (seconds), `webhook-signature` = `v1,` + base64 of HMAC-SHA-256 over `id.timestamp.body`. The key is
// what follows `whsec_` in the secret, base64-decoded; a secret without that prefix is taken as it is, in UTF-8.
import { createHmac } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { causeOf, PipewardenError } from '../../core/errors.ts';
import type { Destination, MessageType } from '../destination.ts';
import { toEvent } from '../formats/event.ts';

export interface WebhookOptions {
  readonly id: string;
  readonly sends: readonly MessageType[];
  readonly url: string;
  /** As it is now: asked for at each delivery. */
  readonly secret: () => string;
  readonly clock: Clock;
  /** Default 10 000. */
  readonly timeoutMs?: number;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=?|[A-Za-z0-9+/]{2}(?:==)?)$/;

interface Delivery {
  readonly id: string;
  readonly body: string;
}

/** Throws CONFIG_INVALID for a secret that is no key and for an address that holds a password. */
export function webhookDestination(options: WebhookOptions): Destination<Delivery> {
  const { id: destination, url, clock, timeoutMs = 10_000 } = options;
  keyOf(options);
  // An HTTP client refuses such an address, and quotes it in its error.
  const { username, password } = new URL(url);
  if (username || password) throw unusable(destination, 'its address holds a password: take it out');

  async function post({ id, body }: Delivery, signal: AbortSignal): Promise<void> {
    const timestamp = String(Math.floor(clock.now() / 1000));
    const signature = createHmac('sha256', keyOf(options)).update(`${id}.${timestamp}.${body}`).digest('base64');
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
    } catch (error) {
      throw new PipewardenError('DESTINATION_BUSY', { destination, problem: causeOf(error) }, error);
    }
    if (response.ok) return;
    const problem = `HTTP ${response.status}`;
    throw new PipewardenError(mayPass(response.status) ? 'DESTINATION_BUSY' : 'DESTINATION_REFUSED', {
      destination,
      problem,
    });
  }

  return {
    id: destination,
    sends: options.sends,
    batchSize: 1,
    encode(message) {
      const event = toEvent(message);
      return { id: event.id, body: JSON.stringify(event) };
    },
    async send(batch, signal) {
      for (const delivery of batch) await post(delivery, signal);
    },
  };
}

function keyOf({ id, secret: now }: WebhookOptions): Buffer {
  const secret = now();
  const [, encoded] = /^whsec_(.*)$/s.exec(secret) ?? [];
  if (encoded === undefined && secret !== '') return Buffer.from(secret);
  // Decoding skips what is no base64: too little may be left, or no key at all, by which anybody could sign.
  if (encoded && BASE64.test(encoded)) return Buffer.from(encoded, 'base64');
  throw unusable(id, 'what follows whsec_ in its secret is not base64: copy the secret whole');
}

function unusable(id: string, problem: string): PipewardenError {
  return new PipewardenError('CONFIG_INVALID', { problems: `destination ${id}: ${problem}` });
}

/** Wrong credentials, a missing page or a redirect are for a person to mend, and the message must wait for that. */
function mayPass(status: number): boolean {
  return status >= 500 || status < 400 || [401, 403, 404, 407, 408, 425, 429].includes(status);
}
