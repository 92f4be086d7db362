// One-time links into the console, for somebody by name or for anybody who only wants to look. Whoever has the
// console's key can make them: the console itself, and the command.
import { z } from 'zod';
import { claimsSchema, readToken, type Signing, signToken } from './signed-token.ts';
import { MINUTE } from './time.ts';

const LINK_LIFE = 15 * MINUTE;

const login = claimsSchema.extend({ person: z.string().optional() });

/** Path and query, good for 15 minutes. */
export function loginPath(signing: Signing, person?: string): string {
  return `/login?token=${signToken(signing, 'login', signing.now + LINK_LIFE, { person })}`;
}

/** Whom a token lets in, if it is one; its `nonce` says whether it was used. */
export function readLogin(signing: Pick<Signing, 'key' | 'now'>, token: string): z.output<typeof login> | undefined {
  return readToken(signing, 'login', login, token);
}
