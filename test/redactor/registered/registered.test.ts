// Values that the user has registered go, whatever they look like and however they are written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { register } from '../../../services/redactor/registered/registered.ts';
import { parseValues } from '../../../services/redactor/registered/values.ts';

const key = new Uint8Array(32).fill(9);

/** Where values are found in a text, by the registry alone. */
function found(values: readonly string[], text: string): readonly string[] {
  const { find } = register(
    key,
    values.map((value, index) => ({ name: `${index}`, value })),
  );
  const bytes = Buffer.from(text);
  const places = new Set<string>();
  find?.(bytes, 0, bytes.length, (start, end, _secret, encodings) => {
    if (encodings.length === 0) places.add(`${start}-${end}`);
  });
  return [...places].sort();
}

function searched(values: readonly string[], text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const places = new Set<string>();
  for (const value of values) {
    for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) {
      places.add(`${at}-${at + Buffer.byteLength(value)}`);
    }
  }
  return [...places].sort();
}

it('finds exactly what a plain search finds, at every edge, overlapping, one in another', () => {
  const value = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', '1', 'é'), minLength: 9, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(6), { maxLength: 12 }),
      (all, picks) => {
        const { refused } = register(
          key,
          all.map((one) => ({ name: one, value: one })),
        );
        const values = all.filter((one) => !refused.some(({ name }) => name === one));
        const text = picks.map((pick) => all[pick] ?? 'ab').join('');
        expect(found(values, text)).toEqual(searched(values, text));
      },
    ),
    { numRuns: 300 },
  );
});

describe('a registered value', () => {
  const value = 'correct horse/battery "staple" é';
  const { find } = register(key, [{ name: 'PHRASE', value }]);
  const redactor = createRedactor({ key, ...(find && { registered: find }) });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const print = redactor.text(value).matches[0]?.fingerprint;

  it.each([
    ['as it is', value],
    ['in a sentence', `it is ${value}, really`],
    ['in JSON', JSON.stringify({ value })],
    ['in an address', `https://example.com/?q=${encodeURIComponent(value)}&x=1`],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ value }))],
    ['in JSON of a program that trusts ASCII alone', JSON.stringify({ value }).replace('é', '\\u00e9')],
    ['in a form', new URLSearchParams({ q: value }).toString()],
    ['as a shell lists it', `declare -x A="${value.replaceAll('"', '\\"')}"`],
    ['backwards, letter for letter', [...value].reverse().join('')],
    ['backwards', Buffer.from(value).reverse().toString('latin1')],
    ['in base64', base64(value)],
    ['in base64 of JSON', base64(JSON.stringify({ value }))],
    ['in base64, twice', base64(base64(`x ${value}`))],
    ['in hexadecimal', Buffer.from(value).toString('hex')],
    ['coloured', `${value.slice(0, 9)}\u001b[1m${value.slice(9)}`],
  ])('%s', (name, text) => {
    const bytes = name === 'backwards' ? Buffer.from(text, 'latin1') : Buffer.from(text);
    const stream = redactor.stream();
    const out = Buffer.concat([stream.push(bytes), stream.end()]).toString('latin1');
    const matches = stream.drain();
    expect(matches.map(({ kind }) => kind)).toEqual(['registered-secret']);
    expect(matches[0]?.fingerprint).toBe(print);
    expect(out).not.toMatch(/horse|yrettab|staple/);
  });
});

/** What is left of a text when the value is registered. */
function without(value: string, text: string): string {
  const { find } = register(key, [{ name: 'NOTE', value }]);
  return createRedactor({ key, ...(find && { registered: find }) }).text(text).value;
}

it('knows a value of several lines by each of them', () => {
  const value = ['first line of sixteen', 'second-one', 'short'].join('\n');
  const out = without(value, value.replace(/^/gm, '2026-03-01T10:00:00Z   '));
  expect(out).not.toContain('first line');
  expect(out).not.toContain('second-one');
});

it('knows a value without the line break that its file ends in', () => {
  expect(without('q1w2e3r4t5\n', 'got q1w2e3r4t5 here')).toMatch(/^got \[redacted:registered-secret:\w+\] here$/);
});

it('does not know a value by lines that stand in many files', () => {
  const frame = ['-----BEGIN', 'RSA PRIVATE', 'KEY-----'].join(' ');
  const value = [frame, 'q1w2e3r4t5y6u7i8o9p0', '"port": 5432,', '<settings>'].join('\n');
  const other = `${frame}\n  "port": 5432,\n<settings>\n`;
  expect(without(value, other)).toBe(other);
  expect(without(value, 'q1w2e3r4t5y6u7i8o9p0')).not.toContain('q1w2');
});

it('tells values apart that begin and end alike', () => {
  const values = Array.from({ length: 300 }, (_, index) => `https://deploy:${index}@git.example.com/team/app.git`);
  expect(found(values, values.join(' '))).toEqual(searched(values, values.join(' ')));
});

it.each([
  ['secret1', /shorter than 8/],
  ['aaaaaaaaaaaa', /different/],
  ['${GITHUB_TOKEN}', /stands for/],
  ['localhost:8080', /common/],
  ['production', /common/],
  ['https://example.com/', /common/],
  ['ab\ncd\nef\ngh\nij', /no line/],
])('refuses %s and says why', (value, reason) => {
  const { size, refused } = register(key, [{ name: 'X', value }]);
  expect(size).toBe(0);
  expect(refused[0]?.reason).toMatch(reason);
  expect(JSON.stringify(refused)).not.toContain(value.slice(0, 6));
});

it.each(['password123!x', 'https://hooks.example.com/T0/B0/q1w2e3', 'production-q1w2e3'])('takes %s', (value) => {
  expect(register(key, [{ name: 'X', value }]).refused).toEqual([]);
});

describe('a file of values', () => {
  it('may begin with a mark of its byte order', () => {
    expect(parseValues('\ufeffq1w2e3r4')).toEqual([{ name: 'line 1', value: 'q1w2e3r4' }]);
    expect(parseValues('\ufeff{"a": "one"}')).toEqual([{ name: 'a', value: 'one' }]);
  });

  it('may hold base64, which ends like a name without a value', () => {
    const random = Buffer.from('0123456789abcdef#').toString('base64');
    expect(parseValues(`${random}\nDEBUG_MODE=\nQUJDREVGRw==\n`)).toEqual([
      { name: 'line 1', value: random },
      { name: 'line 3', value: 'QUJDREVGRw==' },
    ]);
  });

  it('is refused when it is broken JSON, and quoted nowhere', () => {
    const broken = '{"a": "q1w2e3r4t5",}';
    expect(() => parseValues(broken)).toThrow(/JSON/);
    expect(() => parseValues(broken)).not.toThrow(/q1w2/);
    expect(parseValues('{q1w2e3r4t5')).toEqual([{ name: 'line 1', value: '{q1w2e3r4t5' }]);
  });

  it('may be a list, and hold long numbers', () => {
    expect(parseValues('["one", {"pin": 1234567890, "port": 5432}]')).toEqual([
      { name: '0', value: 'one' },
      { name: '1.pin', value: '1234567890' },
    ]);
  });

  it('has one a line, or names, or is JSON', () => {
    expect(parseValues('# ours\none value\n\nother=value\n')).toEqual([
      { name: 'line 2', value: 'one value' },
      { name: 'other', value: 'value' },
    ]);
    expect(parseValues(`export A="x y\\n#z"\nB='q'\nC = plain # no comment`)).toEqual([
      { name: 'A', value: 'x y\n#z' },
      { name: 'B', value: 'q' },
      { name: 'C', value: 'plain # no comment' },
    ]);
    expect(parseValues('{"a": "one", "b": {"c": "two"}, "n": 1}')).toEqual([
      { name: 'a', value: 'one' },
      { name: 'b.c', value: 'two' },
    ]);
  });
});
