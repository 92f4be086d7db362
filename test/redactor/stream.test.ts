import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import type { Match } from '../../services/redactor/redactor.ts';
import { appearsIn, kinds, makeExample, makeSecret, plantable } from '../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(7) });

/** Pushes bytes in pieces that end at the given places. */
function inChunks(input: string | Buffer, places: readonly number[]) {
  const bytes = Buffer.from(input);
  const stream = redactor.stream();
  const out: Uint8Array[] = [];
  const matches: Match[] = [];
  let from = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    out.push(stream.push(bytes.subarray(from, place)));
    matches.push(...stream.drain());
    from = Math.max(from, place);
  }
  out.push(stream.push(bytes.subarray(from)), stream.end());
  matches.push(...stream.drain());
  return { out: Buffer.concat(out).toString(), matches };
}

const ESC = String.fromCharCode(0x1b);
const LABEL = ['RSA', 'PRIVATE', 'KEY'].join(' ');
const BODY = makeSecret('private-key', 21).split('\n').slice(1, -1);
const KEY = [`-----BEGIN ${LABEL}-----`, ...BODY, `-----END ${LABEL}-----`];

function hexOf(text: string): string {
  return Buffer.from(text)
    .toString('hex')
    .replace(/..(?=.)/g, '$&:');
}

/** Base64 as it is printed: in lines of 76 characters. */
function wrapped(text: string): string {
  return `\n${Buffer.from(`env: ${text} end of it`).toString('base64').replace(/.{76}/g, '$&\n')}\n`;
}

describe('a stream', () => {
  const piece = fc.oneof(
    fc.tuple(fc.constantFrom(...kinds), fc.nat()).map(([kind, seed]) => makeExample(kind, seed).text),
    fc.tuple(fc.constantFrom(...kinds), fc.nat()).map(([kind, seed]) => wrapped(makeExample(kind, seed).text)),
    fc
      .tuple(fc.constantFrom(...plantable), fc.nat(), fc.constantFrom('\n', '\r\n', '\n  ', ' ', '-', '","'))
      .map(([kind, seed, between]) => [...makeSecret(kind, seed)].join(between)),
    fc.tuple(fc.constantFrom(...kinds), fc.nat()).map(([kind, seed]) => hexOf(makeExample(kind, seed).text)),
    fc.tuple(fc.constantFrom(...kinds), fc.nat()).map(([kind, seed]) => JSON.stringify(makeExample(kind, seed))),
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '\n',
      '\r\n',
      ' ',
      '"',
      ',',
      'password: ',
      '\n- name: DB_PASSWORD\n  value: ',
      '<password>\n',
      `-----BEGIN ${LABEL}-----\n`,
      '日本',
      '\u{1f511}',
    ),
  );

  it('gives the same wherever the chunks begin', () => {
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

  it('gives the same where letters on lines of their own stand before a line without end', () => {
    const row = [...makeSecret('github-personal-token', 7)].join('\n');
    const text = `first\n${row}\n${'x '.repeat(60_000)}\n${row}\nlast\n`;
    const whole = inChunks(text, []);
    expect(whole.matches.map(({ kind, line }) => [kind, line])).toEqual([
      ['github-personal-token', 2],
      ['github-personal-token', 43],
    ]);
    for (let place = 65_500; place < 65_640; place++) expect(inChunks(text, [place])).toEqual(whole);
  });

  it('gives the same for an element whose content goes on in further lines', () => {
    const lines = Buffer.from(`${'x '.repeat(22)} ${makeSecret('npm-token', 3)} and more behind`).toString('base64');
    const text = `<data>\n${lines.replace(/.{76}/g, '$&\n')}\nlast\n`;
    const whole = inChunks(text, []);
    for (let place = 1; place < text.length; place++) expect(inChunks(text, [place])).toEqual(whole);
    expect(whole.matches.map(({ kind }) => kind)).toContain('npm-token');
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
    const push = (text: string) => Buffer.from(stream.push(Buffer.from(text))).toString();
    expect(push('one\ntwo\nthr')).toBe('one\ntwo\n');
    expect(push('ee')).toBe('');
    expect(Buffer.from(stream.end()).toString()).toBe('three');
  });

  it('can be taken up again at its boundary, and gives the same', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(4000), { maxLength: 6 }), (pieces, places) => {
        const bytes = Buffer.from(pieces.join(''));
        const whole = inChunks(bytes, []).out;
        const stream = redactor.stream();
        const out: Uint8Array[] = [];
        let from = 0;
        for (const place of [...places].sort((a, b) => a - b)) {
          out.push(stream.push(bytes.subarray(from, place)));
          from = Math.max(from, place);
        }
        const { input, output } = stream.boundary;
        const before = Buffer.concat(out).subarray(0, output).toString();
        expect(before + inChunks(bytes.subarray(input), []).out).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves bytes that are no text as they are', () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff));
    const secret = makeSecret('github-personal-token', 4);
    const stream = redactor.stream();
    const out = Buffer.concat([
      stream.push(noise),
      stream.push(Buffer.from(`\n${secret}\n`)),
      stream.push(noise),
      stream.end(),
    ]);
    expect(out.subarray(0, 5000)).toEqual(noise);
    expect(out.subarray(-5000)).toEqual(noise);
    expect(appearsIn(out, secret)).toBe(false);
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
    ['highlighted', KEY.map((line) => line.replace(/BEGIN|PRIVATE/g, `${ESC}[01;31m${ESC}[K$&${ESC}[m${ESC}[K`))],
    ['as source code', KEY.map((line) => `  "${line}\\n" +`)],
    ['without an end', KEY.slice(0, -1)],
    ['as source code without an end', KEY.slice(0, -1).map((line) => `  "${line}\\n" +`)],
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

  it('is the same key in a form', () => {
    const form = new URLSearchParams({ key: KEY.map((line) => line.replace(/[+/]/g, 'a')).join('\n') });
    expect(redactor.text(`${form}`).value).toMatch(/^key=\[redacted:private-key:\w+\]$/);
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
    let matches = 0;
    for (let at = 0; at < line.length; at += 50_000) {
      out += Buffer.from(stream.push(Buffer.from(line.slice(at, at + 50_000)))).toString();
      matches += stream.drain().length;
      longestHold = Math.max(longestHold, Math.min(at + 50_000, line.length) - stream.boundary.input);
    }
    out += Buffer.from(stream.end()).toString();
    matches += stream.drain().length;
    expect(out).not.toContain(['gh', 'p_'].join(''));
    expect(out).not.toMatch(/password=[^[]/);
    expect(matches).toBe(2 * secrets.length);
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
