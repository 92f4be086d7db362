// What the look-alikes are drawn from.
import type { Random } from '../../../sample/random.ts';

/** One sort of harmless text. `make` gives a line, or a few, as a build log holds them. */
export interface Family {
  readonly name: string;
  readonly make: (random: Random) => string;
}

const HEX = '0123456789abcdef';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

export function draw(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(random.int(0, alphabet.length - 1))).join('');
}

export function hex(random: Random, length: number): string {
  return draw(random, HEX, length);
}

/** Of so many random bytes, padded. */
export function base64(random: Random, bytes: number): string {
  return Buffer.from(hex(random, bytes * 2), 'hex').toString('base64');
}

export function uuid(random: Random): string {
  const digits = hex(random, 32);
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`];
  return [...parts, digits.slice(20)].join('-');
}

export function version(random: Random): string {
  const numbers = [random.int(0, 24), random.int(0, 40), random.int(0, 30)].join('.');
  return `${numbers}${random.pick(['', '', '', '-rc.1', '-beta.12', `+build.${random.int(1, 900)}`, '-SNAPSHOT'])}`;
}

/** A made-up word of two to four syllables. */
export function word(random: Random): string {
  const syllable = () => draw(random, 'bcdfglmnprst', 1) + draw(random, 'aeiou', 1) + random.pick(['', 'n', 'r', 's']);
  return Array.from({ length: random.int(2, 4) }, syllable).join('');
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `storeLocalIndex`: so many words as one name. */
export function camel(random: Random, words: number): string {
  const [first = '', ...rest] = Array.from({ length: words }, () => word(random));
  return first + rest.map(capitalized).join('');
}

export function snake(random: Random, words: number): string {
  return Array.from({ length: words }, () => word(random)).join('_');
}

export function letters(random: Random, length: number): string {
  return draw(random, LETTERS, length);
}

/** GitHub’s prefix of a log line. */
export function time(random: Random): string {
  const two = (from: number, to: number) => String(random.int(from, to)).padStart(2, '0');
  const fraction = String(random.int(0, 9_999_999)).padStart(7, '0');
  return `2026-${two(1, 12)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}.${fraction}Z`;
}
