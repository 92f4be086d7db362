// Times, counts and probabilities in words.
import { describeOdds } from '../core/odds.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../core/time.ts';
import { visible } from '../core/visible.ts';
import { type Html, html } from './html.ts';

const number = new Intl.NumberFormat('en-US');
const twoDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

export function count(amount: number): string {
  return number.format(amount);
}

/** `1 finding`, `2 findings`. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** Surprise in bits as a chance: `about 1 in 4,100`. Two digits, for more would pretend to know. */
export function oneIn(bits: number): string {
  const times = 2 ** bits;
  if (times <= 2) return 'nothing unusual by itself';
  if (times >= 1e9) return 'less than 1 in a billion';
  if (times >= 1e6) return `about 1 in ${twoDigits.format(times / 1e6)} million`;
  return `about ${describeOdds(1 / times)}`;
}

/** `2026-03-01 10:00:00 UTC`. */
export function absolute(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `4 min ago`, `in 2 h`; days and more as whole days. */
export function relative(at: Instant, now: Instant): string {
  const distance = Math.abs(now - at);
  if (distance < 10 * SECOND) return 'just now';
  const amount =
    distance < MINUTE
      ? `${Math.floor(distance / SECOND)} s`
      : distance < HOUR
        ? `${Math.floor(distance / MINUTE)} min`
        : distance < DAY
          ? `${Math.floor(distance / HOUR)} h`
          : plural(Math.floor(distance / DAY), 'day');
  return at <= now ? `${amount} ago` : `in ${amount}`;
}

/** Relative, with the absolute time on hover. */
export function ago(time: string, now: Instant): Html {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return html`${visible(time)}`;
  return html`<time datetime="${new Date(at).toISOString()}" title="${absolute(at)}">${relative(at, now)}</time>`;
}

/** Absolute, with the relative time on hover. */
export function moment(time: string | Instant, now: Instant): Html {
  const at = typeof time === 'number' ? time : Date.parse(time);
  if (Number.isNaN(at)) return html`${visible(String(time))}`;
  return html`<time datetime="${new Date(at).toISOString()}" title="${relative(at, now)}">${absolute(at)}</time>`;
}
