// Where a secret stood, and what a terminal does not show.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { appearsIn, makeSecret, plantable } from '../../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(5) });
const ESC = String.fromCharCode(0x1b);
const oneLine = plantable.filter((kind) => !makeSecret(kind, 1).includes('\n'));

it('says in which line and column each secret stood', () => {
  const word = fc.constantFrom('step', 'done', 'é', '日本', 'a=1', '"', '');
  const secret = fc.tuple(fc.constantFrom(...oneLine), fc.nat()).map(([kind, seed]) => makeSecret(kind, seed));
  const line = fc.tuple(word, secret, word).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const { matches } = redactor.text(lines.join('\n'));
      for (const match of matches) {
        const bytes = Buffer.from(lines[match.line - 1] ?? '');
        const [, planted = ''] = (lines[match.line - 1] ?? '').split(' ');
        expect(
          bytes
            .subarray(match.column - 1)
            .toString()
            .startsWith(planted),
        ).toBe(true);
      }
      expect(new Set(matches.map((match) => match.line)).size).toBe(lines.length);
    }),
  );
});

const half = (secret: string) => Math.floor(secret.length / 2);

describe('every kind is found with', () => {
  it.each<[string, (secret: string) => string]>([
    ['a colour inside', (secret) => `${secret.slice(0, half(secret))}${ESC}[31m${secret.slice(half(secret))}`],
    ['a colour in its first letters', (secret) => `${secret.slice(0, 2)}${ESC}[1;32m${secret.slice(2)}`],
    ['colours reset as `tput sgr0` does', (secret) => `${secret.slice(0, 3)}${ESC}(B${ESC}[m${secret.slice(3)}`],
    ['colours around', (secret) => `${ESC}[33m${secret}${ESC}[0m`],
    ['a carriage return inside', (secret) => `${secret.slice(0, half(secret))}\r${secret.slice(half(secret))}`],
    [
      'each letter coloured',
      (secret) => [...secret].map((letter) => `${ESC}[3${letter.charCodeAt(0) % 8}m${letter}`).join(''),
    ],
    ['an erased line before', (secret) => `working 99%\r${ESC}[K${secret}`],
  ])('%s', (_name, write) => {
    for (const kind of oneLine) {
      const secret = makeSecret(kind, 12);
      const whole = redactor.text(secret).matches[0]?.fingerprint;
      const { value, matches } = redactor.text(`before ${write(secret)} after\nnext`);
      expect(
        matches.map(({ fingerprint }) => fingerprint),
        kind,
      ).toContain(whole);
      expect(appearsIn(value.replace(/\p{Cc}(?:\[[\d;]*[a-zA-Z]|\(B)?/gu, ''), secret), kind).toBe(false);
    }
  });
});

it('counts what was encoded, secret or not', () => {
  const text = Buffer.from('a text that is no secret at all, only encoded').toString('base64');
  expect(redactor.text(`plain words and paths/like/this/one`).encoded).toBe(0);
  expect(redactor.text(`sent ${text}`).encoded).toBeGreaterThanOrEqual(text.replace(/=+$/, '').length - 2);
  expect(redactor.text(`sent ${text}`).value).toBe(`sent ${text}`);
});
