import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import { appearsIn, kinds, makeExample, makeSecret, plantable } from '../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(7) });

/** Pushes a text in pieces that end at the given places. */
function inChunks(text: string, places: readonly number[]) {
  const stream = redactor.stream();
  let out = '';
  let from = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    out += stream.push(text.slice(from, place));
    from = place;
  }
  out += stream.push(text.slice(from));
  out += stream.end();
  return { out, matches: stream.matches };
}

const LABEL = ['RSA', 'PRIVATE', 'KEY'].join(' ');
const BODY = makeSecret('private-key', 21).split('\n').slice(1, -1);
const KEY = [`-----BEGIN ${LABEL}-----`, ...BODY, `-----END ${LABEL}-----`];

describe('a stream', () => {
  it('gives the same wherever the chunks begin', () => {
    const piece = fc.oneof(
      fc.tuple(fc.constantFrom(...kinds), fc.nat()).map(([kind, seed]) => makeExample(kind, seed).text),
      fc.string({ maxLength: 20 }),
      fc.constantFrom('\n', '\r\n', ' ', '"', 'password: ', `-----BEGIN ${LABEL}-----\n`, '日本', '\u{1f511}'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(4000), { maxLength: 12 }), (pieces, places) => {
        const text = pieces.join('');
        const whole = inChunks(text, []);
        expect(inChunks(text, places)).toEqual(whole);
        expect(redactor.text(text).value).toBe(whole.out);
        expect(whole.matches.length).toBe(Object.values(redactor.text(text).redactions).reduce((a, b) => a + b, 0));
      }),
      { numRuns: 500 },
    );
  });

  it.each(plantable)('finds %s one character at a time', (kind) => {
    const secret = makeSecret(kind, 31);
    const text = `line one\n ${secret} \nline three`;
    const { out } = inChunks(
      text,
      Array.from(text, (_character, index) => index),
    );
    expect(appearsIn(out, secret)).toBe(false);
    expect(out).toBe(redactor.text(text).value);
  });

  it('passes on finished lines at once and holds back the unfinished one', () => {
    const stream = redactor.stream();
    expect(stream.push('one\ntwo\nthr')).toBe('one\ntwo\n');
    expect(stream.push('ee')).toBe('');
    expect(stream.end()).toBe('three');
  });

  it('says where each secret began', () => {
    const secret = makeSecret('npm-token', 2);
    const { matches } = inChunks(`a\nbb ${secret}\n${KEY.join('\n')}\nx ${secret} ${secret}\n`, [9, 40]);
    expect(matches.map(({ kind, line, column }) => [kind, line, column])).toEqual([
      ['npm-token', 2, 4],
      ['private-key', 3, 1],
      ['npm-token', 3 + KEY.length, 3],
      ['npm-token', 3 + KEY.length, 4 + secret.length],
    ]);
  });
});

describe('a private key over several lines', () => {
  const fingerprint = redactor.text(KEY.join('\n')).value;

  it.each([
    ['as it is', KEY],
    ['indented', KEY.map((line) => `    ${line}`)],
    ['with timestamps', KEY.map((line, index) => `2026-03-01T10:00:0${index}.1234567Z ${line}`)],
    ['as a diff', KEY.map((line) => `+${line}`)],
    ['with CRLF', KEY.map((line) => `${line}\r`)],
    ['with output between', KEY.flatMap((line) => [line, 'other output'])],
    ['as source code', KEY.map((line) => `  "${line}\\n" +`)],
    ['without an end', KEY.slice(0, -1)],
  ])('%s', (_name, lines) => {
    const text = ['before', ...lines, 'after', ...Array.from({ length: 20 }, (_, index) => `line ${index}`)].join('\n');
    const { value, redactions } = redactor.text(text);
    expect(redactions).toEqual({ 'private-key': 1 });
    for (const part of BODY) expect(value).not.toContain(part);
    expect(value).toContain(fingerprint);
    expect(value.startsWith('before\n')).toBe(true);
    expect(value.endsWith(['after', 'line 0', 'line 1'].join('\n') + value.slice(value.indexOf('\nline 2\n')))).toBe(
      true,
    );
    expect(inChunks(text, [30, 31, 100, 101, 333]).out).toBe(value);
  });

  it('is the same key on one line', () => {
    expect(redactor.text(`{"key":"${KEY.join('\\n')}\\n"}`).value).toBe(`{"key":"${fingerprint}\\n"}`);
  });

  it('ends somewhere, even if it never does', () => {
    const endless = [KEY[0], ...Array.from({ length: 3000 }, () => BODY[0])].join('\n');
    const { value } = redactor.text(`${endless}\nBuild finished in 3 s.\n`);
    expect(value).toMatch(/^\[redacted:private-key:\w+\]\nBuild finished in 3 s\.\n$/);
  });
});

describe('a line without end', () => {
  it('is worked through with bounded memory, and secrets across the borders are caught', () => {
    const secrets: string[] = [];
    let line = '';
    while (line.length < 10_000_000) {
      const secret = makeSecret('github-personal-token', secrets.length);
      secrets.push(secret);
      line += `${'lorem ipsum '.repeat(150 + (secrets.length % 97))}${secret} password=${secret.slice(5, 20)} `;
    }
    const stream = redactor.stream();
    let out = '';
    let longestHold = 0;
    for (let at = 0; at < line.length; at += 50_000) {
      out += stream.push(line.slice(at, at + 50_000));
      longestHold = Math.max(longestHold, Math.min(at + 50_000, line.length) - stream.matches.length * 30 - out.length);
    }
    out += stream.end();
    expect(out).not.toContain(['gh', 'p_'].join(''));
    expect(out).not.toMatch(/password=[^[]/);
    expect(stream.matches.length).toBe(2 * secrets.length);
    expect(longestHold).toBeLessThan(200_000);
    expect(redactor.text(line).value).toBe(out);
  });

  it('of one huge secret leaves nothing of it', () => {
    const huge = Array.from({ length: 5_000 }, (_, seed) => makeSecret('npm-auth', seed)).join('');
    expect(redactor.text(`token=${huge}\nnext line`).value).toMatch(/^token=\[redacted:secret-value:\w+\]\nnext line$/);
    const value = redactor.text(`token=${huge} rest`).value;
    expect(value).toMatch(/^token=\[redacted:secret-value:\w+\] rest$/);
  });
});
