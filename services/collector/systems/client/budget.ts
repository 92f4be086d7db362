// How much of a rate limit is used. Systems tell what is left with each answer:
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api,
// https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
import type { Clock } from '../../../core/clock.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../core/time.ts';

/** GitHub's advice where a refusal says nothing else: a minute, and twice as long each time. */
const FIRST_PAUSE = MINUTE;
const LONGEST_PAUSE = HOUR;
/** An answer is not asked for at the very moment in which the limit begins anew. */
const AFTER_RESET = SECOND;

export interface Budget {
  /** Resolves when a request may be sent, and counts it. */
  wait(signal: AbortSignal): Promise<void>;
  /** Reads an answer; true: it was refused for the rate, and is to be asked again after `wait`. */
  refused(response: Pick<Response, 'status' | 'headers'>): boolean;
}

/** For one limit. `share`: in (0, 1]. */
export function createBudget(clock: Clock, share: number): Budget {
  let limit: number | undefined;
  let remaining = 0;
  let reset: Instant = 0;
  let quietUntil: Instant = 0;
  let refusals = 0;

  /** When the next request may be sent. */
  function nextAt(): Instant {
    const isSpent = limit !== undefined && remaining <= limit * (1 - share) && reset > clock.now();
    return Math.max(quietUntil, isSpent ? reset + AFTER_RESET : 0);
  }

  return {
    async wait(signal) {
      for (let at = nextAt(); at > clock.now(); at = nextAt()) await clock.sleep(at - clock.now(), signal);
      if (limit !== undefined && reset <= clock.now()) limit = undefined;
      remaining -= 1;
    },
    refused({ status, headers }) {
      const now = clock.now();
      const told = (name: string) => numberIn(headers, `x-ratelimit-${name}`) ?? numberIn(headers, `ratelimit-${name}`);
      const resetAt = told('reset');
      // Seconds since 1970, or from now.
      const until = resetAt === undefined ? undefined : resetAt > 1e9 ? resetAt * SECOND : now + resetAt * SECOND;
      const left = told('remaining');
      const whole = told('limit');
      if (whole !== undefined && left !== undefined && until !== undefined) {
        // Answers overtake each other: within a window, less is newer.
        remaining = limit !== undefined && until === reset ? Math.min(remaining, left) : left;
        limit = whole;
        reset = until;
      }
      const after = numberIn(headers, 'retry-after');
      const isRefusal = status === 429 || (status === 403 && (after !== undefined || left === 0));
      if (!isRefusal) {
        if (status < 400) refusals = 0;
        return false;
      }
      const doubled = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** refusals);
      refusals += 1;
      const pause = after !== undefined ? after * SECOND : left === 0 && until !== undefined ? until - now : doubled;
      quietUntil = Math.max(quietUntil, now + Math.min(LONGEST_PAUSE, Math.max(SECOND, pause)) + AFTER_RESET);
      return true;
    },
  };
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
