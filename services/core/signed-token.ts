// Tokens for addresses: what they say, and its HMAC-SHA-256 (RFC 2104) with a key that comes from the console's
// (HKDF, RFC 5869), one for each purpose, so that a token of one purpose is none of another.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parsedJson } from './json.ts';
import type { Instant } from './time.ts';

export type Purpose = 'login' | 'decision';

/** What every token says; `nonce` tells it from all others. */
export interface Claims {
  readonly until: Instant;
  readonly nonce: string;
}

export interface Signing {
  /** The console's, 32 bytes. */
  readonly key: Uint8Array;
  /** Cryptographically strong. */
  readonly random: (bytes: number) => Buffer;
  readonly now: Instant;
}

export const claimsSchema = z.strictObject({ until: z.number(), nonce: z.string() });

/** Longer than any that is made. */
const LONGEST = 2_000;

export function signToken(
  { key, random }: Signing,
  purpose: Purpose,
  until: Instant,
  said: Readonly<Record<string, string | number | undefined>>,
): string {
  const claims = { ...said, until, nonce: random(16).toString('base64url') };
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${text}.${macOf(key, purpose, text).toString('base64url')}`;
}

/** What a token says, if it is ours and its time is not over. */
export function readToken<Said extends Claims>(
  { key, now }: Pick<Signing, 'key' | 'now'>,
  purpose: Purpose,
  schema: z.ZodType<Said>,
  token: string,
): Said | undefined {
  const [text = '', given = '', ...more] = token.length > LONGEST ? [] : token.split('.');
  const mac = Buffer.from(given, 'base64url');
  const own = macOf(key, purpose, text);
  if (more.length > 0 || mac.length !== own.length || !timingSafeEqual(mac, own)) return undefined;
  const claims = schema.safeParse(parsedJson(Buffer.from(text, 'base64url').toString()));
  return claims.success && claims.data.until > now ? claims.data : undefined;
}

function macOf(key: Uint8Array, purpose: Purpose, text: string): Buffer {
  const derived = hkdfSync('sha256', key, '', `pipewarden ${purpose}`, 32);
  return createHmac('sha256', Buffer.from(derived)).update(text).digest();
}
