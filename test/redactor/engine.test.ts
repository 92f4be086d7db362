import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import { appearsIn, isPrefixed, kinds, makeExample, makeSecret, plantable } from '../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(7) });
const NONE: ReadonlySet<string> = new Set();
const ESC = String.fromCharCode(0x1b);

function clean(text: string): string {
  return redactor.text(text).value;
}

describe('every kind', () => {
  it.each(kinds)('%s is gone from its usual text, and named', (kind) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { secret, text } = makeExample(kind, seed);
      const { value, redactions } = redactor.text(`before\n${text}\nafter\n`);
      expect(appearsIn(value, secret)).toBe(false);
      expect(redactions).toEqual({ [kind]: 1 });
      expect(value).toMatch(new RegExp(`^before\n[^\n]*\\[redacted:${kind}:[0-9a-f]{16}\\][^\n]*\nafter\n$`));
    }
  });

  it.each(plantable)('%s is found wherever it stands', (kind) => {
    const secret = makeSecret(kind, 11);
    const oneLine = JSON.stringify(secret).slice(1, -1);
    const surroundings: readonly ((secret: string) => string)[] = [
      (text) => text,
      (text) => `"${text}"`,
      (text) => `'${text}'`,
      (text) => `\`${text}\``,
      (text) => `<${text}>`,
      (text) => `(${text})`,
      (text) => `name=${text}`,
      (text) => `name: ${text}, other`,
      (text) => `${ESC}[31m${text}${ESC}[0m`,
      // What belongs to a sequence (its parameters, the letter that erases the line) does so for a terminal too.
      (text) => (/^[mKJH -?]/.test(text) ? text : `${ESC}[${text}${ESC}[m`),
      (text) => `one\r\n${text}\r\ntwo\r\n`,
      (text) => `2026-03-01T10:00:00.0000000Z ${text}`,
      () => `{"message":"first\\n${oneLine}\\nlast"}`,
    ];
    for (const surround of surroundings) {
      const text = surround(secret);
      expect(appearsIn(clean(text), secret), text).toBe(false);
      expect(clean(text)).not.toContain(oneLine);
    }
  });

  it('is found in fields, keys and lists of JSON, and under an identifying name when its form tells it', () => {
    for (const kind of plantable) {
      const secret = makeSecret(kind, 12);
      const record = { [secret]: 1, nested: [{ note: `see ${secret}` }], payload: JSON.stringify({ secret }) };
      const named = isPrefixed(kind) ? { ...record, sha: secret } : record;
      const { value } = redactor.json(named, new Set(['sha']));
      expect(appearsIn(JSON.stringify(value), secret), kind).toBe(false);
    }
  });

  it('is found with a change of colour in its middle', () => {
    const secret = makeSecret('github-personal-token', 3);
    const coloured = `${secret.slice(0, 2)}${ESC}[1;31m${secret.slice(2, 9)}${ESC}[0m${secret.slice(9)}`;
    expect(clean(`token ${coloured}!`)).toMatch(/^token \[redacted:github-personal-token:[0-9a-f]{16}\]!$/);
  });

  it('is found in an address', () => {
    const secret = makeSecret('github-installation-token', 4);
    expect(clean(`https://x-access-token:${secret}@github.com/o/r.git`)).toMatch(
      /^https:\/\/x-access-token:\[redacted:github-installation-token:\w+\]@github.com\/o\/r.git$/,
    );
  });
});

describe('generic credentials', () => {
  it.each([
    ['https://user:hunter22@host/path', 'https://user:[redacted:url-password:', ']@host/path'],
    ['postgres://app:p@ss@db:5432/x', 'postgres://app:[redacted:postgres-password:', ']@db:5432/x'],
    ['Authorization: Basic dXNlcjpodW50ZXIyMg==', 'Authorization: Basic [redacted:basic-credentials:', ']'],
    ['password=hunter22', 'password=[redacted:password:', ']'],
    ['"password": "correct horse battery"', '"password": "[redacted:password:', ']"'],
    ['{\\"db_password\\":\\"hunter22\\"}', '{\\"db_password\\":\\"[redacted:password:', ']\\"}'],
    ['  passwd: hunter22', '  passwd: [redacted:password:', ']'],
    ['run --password hunter22 --quiet', 'run --password [redacted:password-option:', '] --quiet'],
    ['DB_PASSWORD="$ecret-pa55"', 'DB_PASSWORD="[redacted:password:', ']"'],
    ['MYSQL_PWD=hunter22 mysql -u root', 'MYSQL_PWD=[redacted:password:', '] mysql -u root'],
    ['?a=1&api_key=q1w2e3r4t5y6&b=2', '?a=1&api_key=[redacted:secret-value:', ']&b=2'],
    ["secretKey => 'q1w2e3r4t5y6'", "secretKey => '[redacted:secret-value:", "'"],
  ])('%s', (text, start, end) => {
    const value = clean(text);
    expect(value.startsWith(start)).toBe(true);
    expect(value.endsWith(end)).toBe(true);
  });
});

describe('what is not a secret stays', () => {
  it.each([
    'Merge 6f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c into main',
    'run 0b9f6c1e-6a5d-4c3b-9a8f-7e6d5c4b3a29 started',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '"integrity": "sha512-1mk6bzcEH0yLZ0bAUk5uQkUsB8UQ3GZ0e2Wb8kq8P0m4lB1n7r8C1eQyq0o6VY9x2b7c5d4e3f2g1h0iJkLmNg=="',
    'github.com/pkg/errors v0.9.1 h1:FEBLx1zS214owpjy7qsBeixbURkucAqU8f5V2X6N9mQ=',
    '  token: ***',
    '  GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}',
    'export API_KEY=$OTHER_KEY PASSWORD=<password> SECRET=xxxxxxxxxxxx',
    '##[group]GITHUB_TOKEN Permissions',
    '  persist-credentials: true',
    '  server-password: GITHUB_TOKEN',
    'Enter password: incorrect password: try again',
    'export CI_DEPLOY_PASSWORD=[secure]',
    'password=$DB_PASSWORD) token: (none) api_key={{ api_key }}',
    'tiktoken==0.7.0 asttokens==2.4.1',
    '  next_page_token: 8f7e6d5c4b3a2910',
    'hashed_token=ab56b4d92b40713acc5af89985d4b786',
    'PWD=/home/runner/work/app OLDPWD=/home/runner',
    'Cache restored from key: node-cache-Linux-x64-yarn-043a99f402796ead287e66b19f93a86c',
    'tests/test_auth.py::AuthTest::test_auth_utf8 PASSED',
    'git clone https://git@github.com/o/r.git; mail to someone@example.com',
    'grep -q "-----BEGIN RSA PRIVATE KEY-----" file && echo found\nno\nyes\n',
    'while guess_password != password:',
    'const token = process.env.NPM_TOKEN; password = os.environ["PASSWORD"]',
    'client_secret: client_secret.json',
    `ghp_${'x'.repeat(36)}`,
  ])('%s', (text) => {
    expect(clean(text)).toBe(text);
    expect(redactor.json(text, NONE).value).toBe(text);
  });
});

describe('the replacement', () => {
  it('shows the same secret in two places as the same, and tells nothing under another key', () => {
    const secret = makeSecret('gitlab-personal-token', 5);
    const fingerprint = (text: string) => /:([0-9a-f]{16})\]/.exec(text)?.[1];
    expect(fingerprint(clean(`a ${secret}`))).toBe(fingerprint(clean(`"b": "${secret}"`)));
    const other = createRedactor({ key: new Uint8Array(32).fill(8) });
    expect(fingerprint(other.text(secret).value)).not.toBe(fingerprint(clean(secret)));
  });

  it('takes the most specific name where kinds overlap', () => {
    const secret = makeSecret('npm-token', 6);
    expect(redactor.text(`//registry.example.com/:_authToken=${secret}`).redactions).toEqual({ 'npm-token': 1 });
    expect(redactor.text(`NPM_TOKEN=${secret}`).redactions).toEqual({ 'npm-token': 1 });
  });

  it('changes nothing when it is done twice', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'password=',
        'token: ',
        '"secret": "',
        '://u:',
        '@h',
        'Bearer ',
        '--token ',
        '\n- name: DB_PASSWORD\n  value: ',
        ',',
        '[redacted:',
        ']',
        '\\n',
        '-',
      ),
      fc.string({ maxLength: 12 }),
      fc.tuple(fc.constantFrom(...kinds), fc.nat()).map(([kind, seed]) => makeExample(kind, seed).text),
      fc.tuple(fc.constantFrom(...plantable), fc.nat()).map(([kind, seed]) => makeSecret(kind, seed)),
      fc.constantFrom('\n', '\r\n', ' ', `${ESC}[1m`, '"', "'"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const once = clean(words.join(''));
        expect(clean(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});
