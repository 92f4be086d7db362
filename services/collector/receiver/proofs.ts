// How senders prove who they are. Every proof compares in constant time, with every secret, without stopping at the first
// that fits, and an empty secret, which is one that was not set, opens no door.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PipewardenError } from '../../core/errors.ts';
import { type Instant, MINUTE, SECOND } from '../../core/time.ts';

export interface Delivered {
  /** Undefined when there is none. */
  header(name: string): string | undefined;
  /** As it came: a signature is of these bytes. */
  readonly raw: Uint8Array;
  readonly now: Instant;
}

export interface Proof {
  /** The headers that may carry it. */
  readonly headers: readonly string[];
  /** Throws SIGNATURE_MISSING, SIGNATURE_WRONG or SIGNATURE_OLD. */
  verify(delivered: Delivered, secrets: readonly string[]): void;
}

/** A signed delivery that is older, or that far in the future, may be one that somebody has kept. */
const WINDOW = 5 * MINUTE;

/** HMAC-SHA-256 over the body, in hexadecimal behind a prefix. */
export function hmac(header: string, prefix = ''): Proof {
  return proof(header, (given, { raw }, secrets) => {
    // CircleCI lists several, of which one is enough.
    const candidates = given.split(',').map((each) => each.trim());
    return fitsAny(candidates, secrets, (secret) => prefix + digest(secret, [raw], 'hex'));
  });
}

/** The secret itself. */
export function token(header: string): Proof {
  return proof(header, (given, _delivered, secrets) => fitsAny([given], secrets, (secret) => secret));
}

/**
 * The secret as a bearer token, as a Splunk token, or as the password of basic authentication, whatever the user is
 * called: what senders can be given that have no signature (RFC 6750, RFC 7617; `Splunk` as the HTTP Event Collector has
 * it).
 */
export const authorization: Proof = proof('Authorization', (given, _delivered, secrets) => {
  const [, scheme = '', rest = ''] = /^(\w+) +(.*)$/.exec(given) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'splunk':
      return fitsAny([rest], secrets, (secret) => secret);
    case 'basic': {
      const pair = Buffer.from(rest, 'base64').toString();
      return fitsAny([pair.slice(pair.indexOf(':') + 1)], secrets, (secret) => secret);
    }
    default:
      return false;
  }
});

/** Standard Webhooks: `v1,` and base64 of the HMAC over id, time and body (https://www.standardwebhooks.com). */
export const standardWebhook: Proof = proof('webhook-signature', (given, delivered, secrets) => {
  const { header, raw, now } = delivered;
  const [id = '', at = ''] = [header('webhook-id'), header('webhook-timestamp')];
  mustBeFresh(Number(at) * SECOND, now);
  return fitsAny(given.split(' '), secrets, (secret) => {
    const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
    return `v1,${digest(key, [`${id}.${at}.`, raw], 'base64')}`;
  });
});

/** `timestamp=…,signature=…`: HMAC over time and body (https://buildkite.com/docs/apis/webhooks#webhook-signature). */
export function timedHmac(header: string): Proof {
  return proof(header, (given, { raw, now }, secrets) => {
    const [, at = '', signature = ''] = /^timestamp=(\d+),\s*signature=([0-9a-f]+)$/.exec(given) ?? [];
    mustBeFresh(Number(at) * SECOND, now);
    return fitsAny([signature], secrets, (secret) => digest(secret, [`${at}.`, raw], 'hex'));
  });
}

/** `v0=` and HMAC over `v0:time:body` (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export const slackSignature: Proof = proof('X-Slack-Signature', (given, { header, raw, now }, secrets) => {
  const at = header('X-Slack-Request-Timestamp') ?? '';
  mustBeFresh(/^\d{1,12}$/.test(at) ? Number(at) * SECOND : Number.NaN, now);
  return fitsAny([given], secrets, (secret) => `v0=${digest(secret, [`v0:${at}:`, raw], 'hex')}`);
});

/** For senders that can be set up in several ways: the first whose header is there counts. */
export function firstOf(best: Proof, ...others: readonly Proof[]): Proof {
  const proofs = [best, ...others];
  return {
    headers: proofs.flatMap(({ headers }) => headers),
    verify(delivered, secrets) {
      const isThere = ({ headers }: Proof) => headers.some((header) => delivered.header(header) !== undefined);
      (proofs.find(isThere) ?? best).verify(delivered, secrets);
    },
  };
}

function proof(
  header: string,
  fits: (given: string, delivered: Delivered, secrets: readonly string[]) => boolean,
): Proof {
  return {
    headers: [header],
    verify(delivered, secrets) {
      const given = delivered.header(header);
      if (!given) throw new PipewardenError('SIGNATURE_MISSING', { header });
      if (!fits(given, delivered, secrets)) throw new PipewardenError('SIGNATURE_WRONG');
    },
  };
}

function fitsAny(
  candidates: readonly string[],
  secrets: readonly string[],
  expectedFor: (secret: string) => string,
): boolean {
  let fits = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    const expected = Buffer.from(expectedFor(secret));
    for (const candidate of candidates) {
      const given = Buffer.from(candidate);
      if (given.length === expected.length && timingSafeEqual(given, expected)) fits = true;
    }
  }
  return fits;
}

function digest(key: string | Buffer, parts: readonly (string | Uint8Array)[], encoding: 'hex' | 'base64'): string {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest(encoding);
}

function mustBeFresh(at: Instant, now: Instant): void {
  if (!(Math.abs(now - at) <= WINDOW)) throw new PipewardenError('SIGNATURE_OLD', { minutes: WINDOW / MINUTE });
}
