// A secret that was encoded before it was printed, as attackers do to slip past a mask.
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { register } from '../../../services/redactor/registered/registered.ts';
import { appearsIn, keywordsOf, makeExample, makeSecret, plantable } from '../../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(3) });
const oneLine = plantable.filter((kind) => !makeSecret(kind, 1).includes('\n'));
/** A shorter keyword, read backwards, is part of ordinary words. */
const LEAST_BACKWARDS = 4;
const ESC = String.fromCharCode(0x1b);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const hexBytes = (text: string, before: string, between: string) =>
  Array.from(Buffer.from(text), (byte) => before + byte.toString(16).padStart(2, '0')).join(between);
const WORDS = 'some words that come before the text and are long enough for a line ';
const inLines = (text: string, width: number) => base64(text).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
const everyByte = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');

/** How a text is encoded, and what the redactor calls it. */
const forms: Readonly<Record<string, readonly [readonly string[], (text: string) => string]>> = {
  base64: [['base64'], base64],
  'base64 without padding': [['base64'], (text) => base64(text).replace(/=+$/, '')],
  base64url: [['base64'], (text) => Buffer.from(text).toString('base64url')],
  'base64 after one other byte': [['base64'], (text) => base64(`:${text}`)],
  'base64 after two other bytes': [['base64'], (text) => base64(`: ${text}`)],
  'base64 that a path runs into': [['base64'], (text) => `abc/${base64(text)}`],
  'base64 twice': [['base64', 'base64'], (text) => base64(base64(text))],
  'base64 three times': [['base64', 'base64', 'base64'], (text) => base64(base64(base64(text)))],
  'base64 of other text around it': [['base64'], (text) => base64(`before ${text} after`)],
  'base64 in lines': [['base64'], (text) => base64(`some words that come first\n${text}`).replace(/.{40}/g, '$&\n')],
  'base64 in lines of 70': [['base64'], (text) => inLines(`${WORDS}${text}`, 70).join('\n')],
  'base64 in lines, a longer word before': [
    ['base64'],
    (text) => `/${WORDS.replace(/\W/g, '')}/${WORDS.replace(/\W/g, '')}\n${inLines(`${WORDS}${text}`, 76).join('\n')}`,
  ],
  'base64 in lines of a container build': [
    ['base64'],
    (text) =>
      inLines(WORDS + text, 76)
        .map((line, index) => `#7 ${9.9 + index / 5} ${line}`)
        .join('\n'),
  ],
  'base64 in lines, echoed as words': [['base64'], (text) => inLines(`${WORDS}${text}`, 76).join(' ')],
  'base64 in lines, in JSON': [
    ['escaped', 'base64'],
    (text) => JSON.stringify({ content: inLines(WORDS.slice(-40) + text, 60).join('\n') }),
  ],
  'base64 in lines, in JSON in JSON': [
    ['escaped', 'escaped', 'base64'],
    (text) => JSON.stringify(JSON.stringify({ content: inLines(WORDS.slice(-40) + text, 60).join('\n') })),
  ],
  hexadecimal: [['hex'], (text) => Buffer.from(text).toString('hex')],
  'hexadecimal in capitals': [['hex'], (text) => Buffer.from(text).toString('hex').toUpperCase()],
  'hexadecimal behind half a byte': [['hex'], (text) => `f${Buffer.from(text).toString('hex')}`],
  'hexadecimal with colons': [['hex'], (text) => hexBytes(text, '', ':')],
  'hexadecimal with spaces, in capitals': [['hex'], (text) => hexBytes(text, '', ' ').toUpperCase()],
  'bytes of a program': [['hex'], (text) => hexBytes(text, '0x', ', ')],
  'bytes of a program, no spaces': [['hex'], (text) => hexBytes(text, '0x', ',')],
  'bytes of a program, no commas': [['hex'], (text) => hexBytes(text, '0x', ' ')],
  'an address': [['escaped'], everyByte],
  'an address, twice': [['escaped', 'escaped'], (text) => everyByte(everyByte(text))],
  'a JSON string of codes': [['escaped'], (text) => everyByte(text).replaceAll('%', '\\u00')],
  'a shell string of codes': [['escaped'], (text) => everyByte(text).replaceAll('%', '\\x')],
  backwards: [['reversed'], (text) => [...text].reverse().join('')],
  'letter by letter': [['spelled'], (text) => [...text].join(' ')],
  'with hyphens between': [['spelled'], (text) => [...text].join('-')],
  'as a list': [['spelled'], (text) => JSON.stringify([...text])],
  'as a list in Python': [['spelled'], (text) => `['${[...text].join("', '")}']`],
  'with rulers between': [['spelled'], (text) => [...text].join('---')],
  'with rulers between, one off': [['spelled'], (text) => `>${[...text].join('---')}`],
  'with rulers between, two off': [['spelled'], (text) => `>>${[...text].join('---')}`],
  'letter by letter up to the next word': [['spelled'], (text) => `${[...text].join('.')}.`],
  'as a list over lines': [['spelled'], (text) => JSON.stringify([...text], null, 2)],
  'one letter a line, coloured': [
    ['spelled'],
    (text) => [...text].map((letter) => `${ESC}[32m${letter}${ESC}[0m`).join('\n'),
  ],
  'one letter a line, blank lines between': [['spelled'], (text) => [...text].join('\n\n')],
  'one letter a line': [['spelled'], (text) => [...text].join('\n')],
  'one letter a line, with times': [
    ['spelled'],
    (text) => [...text].join('\n').replace(/^/gm, '2026-03-01T10:00:00.1234567Z '),
  ],
  'gzip in base64': [['gzip'], (text) => gzipSync(`PATH=/usr/bin\n${text}\nHOME=/root\n`).toString('base64')],
  'zlib in base64': [['zlib'], (text) => deflateSync(`PATH=/usr/bin\n${text}\n`).toString('base64')],
  'gzip in base64, something behind': [
    ['gzip'],
    (text) => `${gzipSync(`PATH=/usr/bin:/bin\n${text}\n`).toString('base64').replaceAll('=', 'A')}/and/more`,
  ],
  'gzip in base64, cut off': [['gzip'], (text) => gzipSync(`${text}\n${text}\n`).toString('base64').slice(0, -6)],
};

describe('hides no kind that was written as', () => {
  it.each(Object.entries(forms))('%s', (_name, [encodings, encode]) => {
    const hasLongKeyword = (kind: string) => keywordsOf(kind).every((keyword) => keyword.length >= LEAST_BACKWARDS);
    const kinds = encodings[0] === 'reversed' ? oneLine.filter(hasLongKeyword) : oneLine;

    for (const kind of kinds) {
      for (const seed of [1, 2, 3]) {
        const secret = makeSecret(kind, seed);
        const text = `first line\nsent ${encode(secret)}\nlast line\n`;
        const { value, matches } = redactor.text(text);
        expect(matches.map((match) => match.kind)).toContain(kind);
        expect(matches.find((match) => match.kind === kind)?.encodings, kind).toEqual(encodings);
        expect(windowsOf(value, encode, secret), kind).toEqual([]);
        expect(appearsIn(value, secret), kind).toBe(false);
        expect(value.startsWith('first line\n'), kind).toBe(true);
        expect(value.endsWith('\nlast line\n'), kind).toBe(true);
        expect(redactor.text(value).value, kind).toBe(value);
      }
    }
  });
});

it('gives the same fingerprint in every form', () => {
  const secret = makeSecret('github-personal-token', 5);
  const fingerprints = Object.values(forms).map(
    ([, encode]) =>
      redactor.text(encode(secret)).matches.find(({ kind }) => kind === 'github-personal-token')?.fingerprint,
  );
  expect(new Set(fingerprints)).toEqual(new Set([redactor.text(secret).matches[0]?.fingerprint]));
});

it('leaves the rest of an encoded text readable', () => {
  const { secret } = makeExample('github-personal-token', 6);
  const encoded = base64(`some words before ${secret} and some after it`);
  const { value } = redactor.text(`DATA=${encoded}`);
  const [before = '', after = ''] = value.split(/\[redacted:[^\]]*\]/);
  expect(Buffer.from(before.slice('DATA='.length), 'base64').toString()).toMatch(/^some words before/);
  expect(after.length).toBeGreaterThan(15);
});

it('finds a token in base64 that was broken into lines, with the time before each', () => {
  const secret = makeSecret('github-personal-token', 7);
  const encoded = base64(`words that come before it, so that it does not begin a line ${secret} and words behind`);
  const log = encoded.replace(/.{60}/g, '$&\n').replace(/^/gm, '2026-03-01T10:00:00.1234567Z ');
  const { value, redactions } = redactor.text(`${log}\n`);
  expect(redactions).toEqual({ 'github-personal-token': 1 });
  const flat = value.replace(/\[redacted:[^\]]*\]/g, '').replace(/^\S+ |\n/gm, '');
  expect(appearsIn(Buffer.from(flat, 'base64').toString('latin1'), secret)).toBe(false);
});

it('finds a secret in a dump of what a runner knows, encoded twice', () => {
  const secret = makeSecret('npm-token', 7);
  const known = JSON.stringify({
    NPM_TOKEN: { value: secret, isSecret: true },
    PHRASE: { value: 'open sesame', isSecret: true },
    MODE: { value: 'open door', isSecret: false },
  });
  const expected = { 'npm-token': 1, 'runner-secret': 1 };
  expect(redactor.text(base64(base64(known))).redactions).toEqual(expected);
  expect(redactor.text(JSON.stringify(known)).redactions).toEqual(expected);
  const { value } = redactor.text(known);
  expect(value).toMatch(/"PHRASE":\{"value":"\[redacted:runner-secret:\w+\]","isSecret":true\}/);
  expect(value).toContain('"MODE":{"value":"open door"');
});

it('tells each of the secrets of a compressed text', () => {
  const secrets = ['github-personal-token', 'npm-token', 'pypi-token'].map((kind) => makeSecret(kind, 8));
  const { redactions } = redactor.text(gzipSync(secrets.join('\n')).toString('base64'));
  expect(redactions).toEqual({ 'github-personal-token': 1, 'npm-token': 1, 'pypi-token': 1 });
});

it('reads a stream that is far larger than its base64', () => {
  const secret = makeSecret('github-personal-token', 8);
  const log = 'one of many lines that are the same\n'.repeat(10_000);
  const packed = gzipSync(`${log}${secret}\n${log}`).toString('base64');
  expect(redactor.text(packed).redactions).toEqual({ 'github-personal-token': 1 });
});

it('reads each of the streams in a line', () => {
  const [one, other] = ['npm-token', 'pypi-token'].map((kind) => gzipSync(makeSecret(kind, 8)).toString('base64'));
  expect(redactor.text(`${one} ${other}`).redactions).toEqual({ 'npm-token': 1, 'pypi-token': 1 });
});

it.each([
  ['base64 in lines', (text: string) => inLines(text, 76).join('\n')],
  ['one letter a line', (text: string) => [...text].join('\n')],
])('leaves no gap in a text that goes on and on: %s', (_name, encode) => {
  const secrets = Array.from({ length: 1500 }, (_, seed) => makeSecret('github-personal-token', seed));
  const { value, matches } = redactor.text(encode(secrets.join('--')));
  expect(matches.map(({ kind }) => kind)).toEqual(secrets.map(() => 'github-personal-token'));
  expect(redactor.text(value).value).toBe(value);
});

it('finds a registered value beyond ASCII however JSON writes it', () => {
  const value = 'Pässwörter-\u{1f511}-42';
  const { find } = register(new Uint8Array(32), [{ name: 'X', value }]);
  const own = createRedactor({ key: new Uint8Array(32), ...(find && { registered: find }) });
  const codes = Array.from(value.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(
    '',
  );
  expect(own.text(`{"a":"${codes}"}`).value).toMatch(/^\{"a":"\[redacted:registered-secret:\w+\]"\}$/);
});

it('does not touch encoded text that holds no secret', () => {
  for (const text of ['a plain sentence, nothing else in it', '{"name":"app","version":"1.2.3"}', 'x'.repeat(200)]) {
    for (const [, encode] of Object.values(forms)) {
      const encoded = encode(text);
      expect(redactor.text(encoded).value).toBe(encoded);
    }
  }
});

it('does not go deeper than it says, nor longer than it should', () => {
  let text = makeSecret('github-personal-token', 9);
  for (let depth = 0; depth < 12; depth++) text = base64(text);
  expect(redactor.text(text).redactions).toEqual({});
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64');
  expect(redactor.text(bomb).value).toBe(bomb);
});

/** Pieces of eight or more characters of the secret that can still be read out of the encoded text. */
function windowsOf(value: string, encode: (text: string) => string, secret: string): string[] {
  // The name of a kind may be the beginning of its form.
  const left = value.replace(/\[redacted:[a-z0-9-]+/g, '');
  const flat = left.replace(/\s+/g, '');
  const pieces: string[] = [];
  for (let at = 0; at + 8 <= secret.length; at++) {
    const piece = secret.slice(at, at + 8);
    if (flat.includes(encode(piece).replace(/\s+|=+$/g, '')) || left.includes(piece)) pieces.push(piece);
  }
  return pieces;
}
