// Who may look: one-time login links and the sessions they open. Only hashes are kept, in memory; a restart ends all.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import { HOUR, type Instant, MINUTE } from '../core/time.ts';

const LINK_LIFE = 15 * MINUTE;
export const SESSION_LIFE = 12 * HOUR;
/** The oldest goes when one more comes. */
const MOST_LINKS = 16;
const MOST_SESSIONS = 64;

interface Grant {
  readonly hash: Buffer;
  readonly until: Instant;
}

export class Sessions {
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Buffer;
  #links: Grant[] = [];
  #sessions: Grant[] = [];

  constructor(clock: Clock, random: (bytes: number) => Buffer) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A token for one login within 15 minutes. */
  invite(): string {
    const token = this.#random(32).toString('base64url');
    this.#links = this.#with(this.#links, token, LINK_LIFE, MOST_LINKS);
    return token;
  }

  /** Spends a token; gives a new session's id, or undefined where the token is unknown, spent or too old. */
  enter(token: string): string | undefined {
    const link = this.#find(this.#links, token);
    if (!link) return undefined;
    this.#links = this.#links.filter((other) => other !== link);
    const id = this.#random(32).toString('base64url');
    this.#sessions = this.#with(this.#sessions, id, SESSION_LIFE, MOST_SESSIONS);
    return id;
  }

  isOpen(id: string | undefined): boolean {
    return id !== undefined && this.#find(this.#sessions, id) !== undefined;
  }

  #with(grants: readonly Grant[], secret: string, life: number, most: number): Grant[] {
    const now = this.#clock.now();
    const alive = grants.filter((grant) => grant.until > now).slice(1 - most);
    return [...alive, { hash: digest(secret), until: now + life }];
  }

  /** Looks at every grant, so that the time taken does not depend on the secret. */
  #find(grants: readonly Grant[], secret: string): Grant | undefined {
    const hash = digest(secret);
    const now = this.#clock.now();
    return grants.filter((grant) => timingSafeEqual(grant.hash, hash) && grant.until > now)[0];
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
