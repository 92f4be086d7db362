// Addresses that are as good as a password: who knows what follows the host may post.
import type { Pattern, Random } from '../../pattern.ts';
import { isVariedTail } from './token.ts';

export interface WebhookRow {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly source: string;
  /** Of an example: what stands right before the secret. Also what is searched for, unless `hosts` says otherwise. */
  readonly host: string;
  /** Lower case: what `before` begins with; several, where it has several spellings. */
  readonly hosts?: readonly string[];
  readonly before?: RegExp;
  /** Where the host alone makes no address. */
  readonly example?: string;
  /** Letters, digits and what joins parts of a path, unless given. */
  readonly secret?: RegExp;
  readonly shortest: number;
  readonly accepts?: (secret: string) => boolean;
  readonly make: (random: Random) => string;
}

/** The address stays readable up to the secret. */
export function webhook(row: WebhookRow): Pattern {
  const {
    id,
    provider,
    title,
    source,
    host,
    hosts = [host],
    secret = /[A-Za-z0-9/_-]+/,
    shortest,
    accepts,
    make,
  } = row;
  return {
    id,
    provider,
    title,
    source,
    keywords: hosts,
    before: row.before ?? new RegExp(host.replace(/[.?]/g, '\\$&'), 'i'),
    secret,
    shortest,
    accepts: (value) => isVariedTail(value) && (accepts?.(value) ?? true),
    prefixed: true,
    example(random) {
      const made = make(random);
      return { secret: made, text: `curl -X POST ${row.example ?? `https://${host}`}${made}` };
    },
  };
}
