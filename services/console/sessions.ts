// Who is logged in, and as whom. Only hashes are kept, in memory; a restart ends all sessions.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import { HOUR, type Instant } from '../core/time.ts';

export const SESSION_LIFE = 12 * HOUR;
/** The oldest goes when one more comes. */
const MOST_SESSIONS = 64;

export interface Session {
  /** Absent: somebody who may look, and says nothing in anybody's name. */
  readonly person?: string;
  /** Shown with every form, and wanted back: nobody else's page knows it. */
  readonly formToken: string;
}

interface Grant extends Session {
  readonly hash: Buffer;
  readonly until: Instant;
}

export class Sessions {
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Buffer;
  #sessions: Grant[] = [];

  constructor(clock: Clock, random: (bytes: number) => Buffer) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Gives a new session's id. */
  enter(person: string | undefined): string {
    const id = this.#random(32).toString('base64url');
    const now = this.#clock.now();
    const alive = this.#sessions.filter(({ until }) => until > now).slice(1 - MOST_SESSIONS);
    const formToken = createHmac('sha256', id).update('form').digest('base64url');
    const grant = { hash: digest(id), until: now + SESSION_LIFE, formToken, ...(person !== undefined && { person }) };
    this.#sessions = [...alive, grant];
    return id;
  }

  /** Looks at every session, so that the time taken does not depend on the id. */
  of(id: string | undefined): Session | undefined {
    if (id === undefined) return undefined;
    const hash = digest(id);
    const now = this.#clock.now();
    return this.#sessions.filter((grant) => timingSafeEqual(grant.hash, hash) && grant.until > now)[0];
  }
}

/** Whether a form came from a page of this session. */
export function isOwnForm({ formToken }: Session, given: unknown): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(formToken));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
