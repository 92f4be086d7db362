// Our token at Vault: renewed while it can be, and another one asked for when it cannot.
// https://developer.hashicorp.com/vault/api-docs/auth/token#renew-a-token-self
import { PipewardenError } from '../../../core/errors.ts';
import { type Instant, SECOND } from '../../../core/time.ts';
import type { World } from '../manager.ts';
import type { Call } from './call.ts';
import { type Lease, leaseIn, login } from './login.ts';

export interface Session {
  /** Does the work with a token that lives; once more with another where Vault refuses the first. */
  using<Result>(signal: AbortSignal, work: (token: string) => Promise<Result>): Promise<Result>;
  due(): Instant;
  keep(signal: AbortSignal): Promise<void>;
}

interface Held extends Lease {
  readonly since: Instant;
  /** How long it lived when it was new. */
  readonly first: number;
}

/** Of its life; what fails is tried again in what is left. */
const RENEWED_AT = 2 / 3;
/** One that is renewed for less than this part of its first life is near its end, whatever is done. */
const WORTH = 1 / 3;
const AGAIN = 5 * SECOND;

export function createSession(world: World, call: Call): Session {
  const { clock } = world;
  let held: Held | undefined;
  let nextTry: Instant = 0;
  let entering: Promise<Held> | undefined;

  /** Many secrets are read at once: they share one login. */
  function enter(signal: AbortSignal): Promise<Held> {
    entering ??= login(world, call, signal)
      .then((lease) => {
        held = { ...lease, since: clock.now(), first: lease.life };
        return held;
      })
      .finally(() => {
        entering = undefined;
      });
    return entering;
  }

  async function renew({ token, first }: Held, signal: AbortSignal): Promise<void> {
    const lease = leaseIn(await call('auth/token/renew-self', { token, body: {} }, signal));
    if (lease.life < first * WORTH) await enter(signal);
    else held = { ...lease, token, since: clock.now(), first };
  }

  const due = () => (held ? Math.max(held.since + held.life * RENEWED_AT, nextTry) : Number.POSITIVE_INFINITY);

  return {
    due,
    async keep(signal) {
      if (!held || due() > clock.now()) return;
      nextTry = clock.now() + AGAIN;
      try {
        if (held.renewable) await renew(held, signal).catch(() => enter(signal));
        else await enter(signal);
      } catch {
        // It is tried again soon; when the token has ended, reading a secret fails and says why.
      }
    },
    async using(signal, work) {
      const current = held && clock.now() < held.since + held.life ? held : await enter(signal);
      try {
        return await work(current.token);
      } catch (error) {
        // A token that was revoked is refused like one without the right.
        if (!(error instanceof PipewardenError && error.data.status === 403)) throw error;
        if (held === current) await enter(signal);
        return await work((held ?? current).token);
      }
    },
  };
}
