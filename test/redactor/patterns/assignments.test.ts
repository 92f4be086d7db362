// Values without a form of their own: what their names, labels and neighbours say of them.
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { ALPHANUMERIC, draw, HEX, LETTERS } from '../../../services/redactor/patterns/make/token.ts';
import { randomFrom } from '../../helpers/random.ts';
import { makeSecret } from '../../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(7) });
const word = `${draw(randomFrom(1), ALPHANUMERIC, 22)}4x7`;
const digest = draw(randomFrom(2), HEX, 40);
/** No digit among them, and no word either. */
const letters = `${draw(randomFrom(3), LETTERS, 20)}xqZtnKvbW`;

/** Redacted with no more around it than the value. */
function takes(text: string, value: string, kind: string): void {
  const [before, after, ...more] = text.split(value);
  expect(more).toEqual([]);
  const { value: left } = redactor.text(text);
  expect(left.replace(new RegExp(`\\[redacted:${kind}:[0-9a-f]{16}\\]`), 'GONE')).toBe(`${before}GONE${after}`);
}

describe('a name and its value in two fields', () => {
  it.each([
    '{"name":"DB_PASSWORD","value":"hunter22"}',
    '{"name": "DB_PASSWORD", "value": "hunter22"},',
    '- name: DB_PASSWORD\n  value: hunter22\n- name: A',
    '- name: "DB_PASSWORD"\r\n  value: "hunter22"\r\n',
    '2026-03-01T10:00:00.0000000Z - name: DB_PASSWORD\n2026-03-01T10:00:00.1000000Z   value: hunter22',
    '  "Name": "DB_PASSWORD",\n  "Value": "hunter22"\n',
    'variable "db_password" {\n  default = "hunter22"\n}',
    'ParameterKey=DbPassword,ParameterValue=hunter22',
    '<add key="DbPassword" value="hunter22" />',
    '<property name="db.password" value="hunter22"/>',
    '{ name = "DB_PASSWORD", value = "hunter22" }',
    '{"key": "DB_PASSWORD", "default": "hunter22"}',
  ])('%j', (text) => takes(text, 'hunter22', 'password'));

  it('must be random for a token', () => {
    takes(`{"name":"API_TOKEN","value":"${word}"}`, word, 'secret-value');
    const harmless = '{"name":"API_TOKEN","value":"inherited"}';
    expect(redactor.text(harmless).value).toBe(harmless);
  });

  it('are found wherever a stream is cut', () => {
    const text = `a: 1\n- name: DB_PASSWORD\n  value: hunter22\n- name: API_KEY\n  value: ${word}\nend: 1\n`;
    const { value } = redactor.text(text);
    expect(value).not.toMatch(/hunter22|4x7/);
    for (let cut = 0; cut <= text.length; cut++) {
      const stream = redactor.stream();
      const out = [stream.push(Buffer.from(text.slice(0, cut))), stream.push(Buffer.from(text.slice(cut)))];
      expect(Buffer.concat([...out, stream.end()]).toString()).toBe(value);
    }
  });
});

describe('a comma', () => {
  it.each([
    ['password: ab,cd!ef', 'ab,cd!ef'],
    ['DB_PASSWORD=ab,.:-cd', 'ab,.:-cd'],
    [`secret = A,.:-\u00a8@*\u00bf?!`, 'A,.:-\u00a8@*\u00bf?!'],
  ])('is a part of %s', (text, value) => takes(text, value, text.startsWith('secret') ? 'secret-value' : 'password'));

  it.each([
    ['password=hunter22,user=bob', 'hunter22'],
    ['{password:hunter22,user:bob}', 'hunter22'],
    ['password=hunter22, then more', 'hunter22'],
    ['connect(password=hunter22,retry(3))', 'hunter22'],
  ])('is none of %s', (text, value) => takes(text, value, 'password'));
});

describe('letters that make no word', () => {
  it.each([
    `acme_key=${letters}`,
    `ACME TOKEN ${letters}`,
    `acme SECRET KEY ${letters}`,
    `acme_secret_token=acme_${letters}`,
  ])('%s', (text) => {
    expect(redactor.text(text).value).not.toContain(letters);
  });

  it.each([
    'acme_key=internationalization',
    'acme_key=getInternalHttpsProxyAddress',
    'ACME SECRET strengthsAndWeaknesses',
    'acme_secret_token=acme_authenticationService',
  ])('%s stays', (text) => {
    expect(redactor.text(text).value).toBe(text);
  });
});

describe('a label of two words', () => {
  it.each(['API key: ', 'Secret key ', 'your access key: ', 'acmeACCESS='])('%s', (label) => {
    takes(`${label}${word}`, word, 'labelled-secret');
  });

  it('has a key with the word key before it', () => {
    const key = `key-${digest}`;
    takes(`acme ACCESS ${key}`, key, 'labelled-secret');
    expect(redactor.text(`acme ACCESS node-${digest}`).redactions).toEqual({});
  });
});

describe('a password of which something more is said', () => {
  it('may be a phrase', () => {
    takes('password_grafana = "battery horse staple correct"', 'battery horse staple correct', 'secret-value');
  });

  it.each([
    'password_grafana: "battery horse staple correct"',
    'password_hint = "the name of your first pet"',
    'password_for_all = "Ask the one who runs it"',
  ])('%s stays', (text) => {
    expect(redactor.text(text).value).toBe(text);
  });
});

describe('what has a form of its own', () => {
  it('is left to that form when it is shorter', () => {
    const key = makeSecret('anthropic-key', 5);
    expect(redactor.text(key).redactions).toEqual({ 'anthropic-key': 1 });
    expect(redactor.text(key.slice(0, 80)).redactions).toEqual({});
    expect(redactor.text(`${key}_copy`).value).not.toContain(key.slice(0, 80));
    expect(redactor.text(`ANTHROPIC_API_KEY=${key.slice(0, 80)}`).redactions).toEqual({ 'secret-value': 1 });
  });

  it('is known when a log cuts it', () => {
    const [header = '', claims = ''] = makeSecret('jwt', 5).split('.');
    expect(redactor.text(`${header}.${claims.slice(0, -9)}`).redactions).toEqual({ jwt: 1 });
  });
});
