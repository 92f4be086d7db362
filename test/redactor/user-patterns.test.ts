// Kinds that a user adds: checked when they are read, linear whatever they are.
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import { parseUserPatterns } from '../../services/redactor/user-patterns.ts';

const NONE = new Set(['npm-token']);
const file = (...rows: readonly object[]) => JSON.stringify({ patterns: rows });
const BADGE = { id: 'our-badge', title: 'Badge of the door', expression: 'badge=(B[0-9]{8})', keywords: ['Badge='] };

function redactorWith(...rows: readonly object[]) {
  return createRedactor({ key: new Uint8Array(32), patterns: parseUserPatterns(file(...rows), 'ours.yaml', NONE) });
}

describe('a kind of one’s own', () => {
  it('takes out its first group, and leaves what stands around it', () => {
    const { value, redactions } = redactorWith(BADGE).text('door: badge=B12345678 opened, badge=Bxxxxxxxx not');
    expect(value).toMatch(/^door: badge=\[redacted:our-badge:\w{16}\] opened, badge=Bxxxxxxxx not$/);
    expect(redactions).toEqual({ 'our-badge': 1 });
  });

  it('is found in encoded text as well', () => {
    const text = Buffer.from('the door says badge=B12345678').toString('base64');
    expect(redactorWith(BADGE).text(text).redactions).toEqual({ 'our-badge': 1 });
  });

  it('needs as many characters and as much entropy as it says', () => {
    const row = { ...BADGE, id: 'ours', expression: 'badge=([A-Z0-9]+)', shortest: 10, entropy: 3 };
    const { text } = redactorWith(row);
    expect(text('badge=B12345678').redactions).toEqual({});
    expect(text('badge=BBBBBBBBBB1').redactions).toEqual({});
    expect(text('badge=B1C2D3E4F5G6').redactions).toEqual({ ours: 1 });
  });

  it('takes linear time with an expression that would not elsewhere', () => {
    const { text } = redactorWith({ ...BADGE, expression: 'badge=((?:a+)+)b' });
    const hostile = `badge=${'a'.repeat(20_000)}`;
    expect(text(hostile).value).toBe(hostile);
  });
});

it.each<readonly [string, object, RegExp]>([
  [
    'a setting that is none',
    { ...BADGE, keyword: 'x' },
    /ours\.yaml:1:\d+: .*keyword is not a setting; did you mean keywords/,
  ],
  ['a name that is taken', { ...BADGE, id: 'npm-token' }, /npm-token.*already/],
  ['an expression that is none', { ...BADGE, expression: 'badge=(' }, /cannot be read/],
  ['a look behind', { ...BADGE, expression: '(?<=badge=)B[0-9]+' }, /cannot be read/],
  ['an expression that matches nothing', { ...BADGE, expression: '(?:badge)*' }, /empty text/],
  ['an expression that matches anything', { ...BADGE, expression: '[a-z]+' }, /ordinary lines/],
  ['no keyword', { ...BADGE, keywords: [] }, /keywords/],
  ['a keyword of two letters', { ...BADGE, keywords: ['ba'] }, /keywords/],
])('%s is refused', (_name, row, problem) => {
  expect(() => parseUserPatterns(file(row), 'ours.yaml', NONE)).toThrow(problem);
});
