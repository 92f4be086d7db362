// The redactors that are measured side by side.
import { createRedactor } from '../../../services/redactor/engine.ts';
import type { Pattern } from '../../../services/redactor/pattern.ts';
import { PATTERNS } from '../../../services/redactor/patterns.ts';
import type { Redactor } from '../../../services/redactor/redactor.ts';
import { type NamedValue, register } from '../../../services/redactor/registered/registered.ts';
import { draw } from '../../evaluate/redactor/look-alikes/draw.ts';
import { createRandom } from '../../sample/random.ts';

const KEY = new Uint8Array(32);
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

export const variants: Readonly<Record<string, () => Redactor>> = {
  'every encoded form': () => createRedactor({ key: KEY }),
  'no encoded form': () => createRedactor({ key: KEY, encoded: false }),
  '10,000 registered values': () => {
    const { find } = register(KEY, values(10_000));
    return createRedactor({ key: KEY, ...(find && { registered: find }) });
  },
  'twice the kinds': () => createRedactor({ key: KEY, patterns: madeUp(PATTERNS.length) }),
};

/** Passwords of 12 to 40 characters. */
function values(count: number): readonly NamedValue[] {
  const random = createRandom('values');
  return Array.from({ length: count }, (_, index) => ({
    name: `VALUE_${index}`,
    value: draw(random, `${ALPHABET}${ALPHABET.toUpperCase()}-_!`, random.int(12, 40)),
  }));
}

/** Kinds as vendors make them today: a rare prefix, then random characters. */
function madeUp(count: number): readonly Pattern[] {
  const random = createRandom('kinds');
  return Array.from({ length: count }, (_, index) => {
    const prefix = `${draw(random, ALPHABET, 6)}_`;
    const secret = prefix + draw(random, ALPHABET, 40);
    return {
      id: `made-up-${index}`,
      provider: 'any',
      title: `Made-up token ${index}`,
      source: 'https://example.com/',
      keywords: [prefix],
      secret: new RegExp(`${prefix}[A-Za-z0-9]+`),
      shortest: 32,
      prefixed: true,
      example: () => ({ secret, text: secret }),
    };
  });
}
