import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import { MAX_DEPTH, TOO_DEEP } from '../../services/redactor/json.ts';
import { makeSecret } from '../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(7) });

function clean(value: unknown, ...identifiers: string[]): unknown {
  return redactor.json(value, new Set(identifiers)).value;
}

describe('a record', () => {
  it('loses the values of fields that name a secret, whole', () => {
    const record = {
      user: 'mara',
      password: 'two words',
      pin: { password: 123456 },
      client_secret: 'a1b2c3d4e5f6g7h8',
      token: 'a1b2c3d4e5f6g7h8',
      variables: [{ key: 'DB_PASSWORD', value: 'letmein' }],
    };
    const { value, redactions } = redactor.json(record, new Set());
    expect(value).toMatchObject({ user: 'mara', variables: [{ key: 'DB_PASSWORD' }] });
    expect(JSON.stringify(value)).not.toMatch(/two words|123456|a1b2c3d4|letmein/);
    expect(redactions).toEqual({ password: 3, 'secret-value': 2 });
  });

  it('loses a variable of a runner that says it is secret, whatever it looks like', () => {
    const record = {
      PHRASE: { value: 'open sesame', isSecret: true },
      MASKED: { value: '***', isSecret: true },
      MODE: { value: 'open sesame', isSecret: false },
    };
    expect(clean(record)).toEqual({
      PHRASE: { value: expect.stringMatching(/^\[redacted:secret-value:\w+\]$/), isSecret: true },
      MASKED: record.MASKED,
      MODE: record.MODE,
    });
  });

  it('loses the password of an address even where identifiers stand', () => {
    const address = ['https://ada:', 'hunter2pw', '@code.example/shop'].join('');
    expect(JSON.stringify(clean({ id: address }, 'id'))).toMatch(/https:..ada:\[redacted:url-password:\w+\]@code/);
  });

  it('keeps what only sounds like it', () => {
    const record = {
      token_id: 'a1b2c3d4e5f6g7h8',
      hashed_token: 'q1w2e3r4t5y6u7i8o9p0',
      token_type: 'bearer',
      secret: '********',
      has_password: true,
      password: null,
      secret_name: 'NPM_TOKEN',
      public_key: 'a1b2c3d4e5f6g7h8',
    };
    expect(clean(record)).toEqual(record);
  });

  it('keeps identifiers, but not a real token in one', () => {
    const secret = makeSecret('github-personal-token', 1);
    const record = { auth: 'q1w2e3r4t5y6', external: [{ auth: 'token=q1w2e3r4t5y6' }] };
    expect(clean(record, 'auth')).toEqual(record);
    expect(clean({ auth: secret }, 'auth')).toEqual({
      auth: expect.stringMatching(/^\[redacted:github-personal-token:[0-9a-f]{16}\]$/),
    });
  });

  it('keeps a key id where it says who it was, and nowhere else', () => {
    const id = makeSecret('aws-access-key-id', 1);
    const credentials = new Set(['accessKeyId']);
    const token = makeSecret('github-personal-token', 1);
    expect(redactor.json({ accessKeyId: id }, new Set(), { credentials }).value).toEqual({ accessKeyId: id });
    expect(JSON.stringify(redactor.json({ accessKeyId: token }, new Set(), { credentials }).value)).not.toContain(
      token,
    );
    expect(clean({ accessKeyId: id, command: `aws --key ${id}` })).toEqual({
      accessKeyId: expect.stringMatching(/^\[redacted:aws-access-key-id:[0-9a-f]{16}\]$/),
      command: expect.stringMatching(/^aws --key \[redacted:aws-access-key-id:[0-9a-f]{16}\]$/),
    });
  });

  it('loses everything below a field that is all secret, and keeps the kind of what it knows', () => {
    const token = makeSecret('github-personal-token', 1);
    const record = { found: { raw: 'plain words', parts: [{ id: 'mara' }, 17, token, ''] }, rule: 'words' };
    const { value, redactions } = redactor.json(record, new Set(['id']), { secrets: new Set(['found']) });
    const whole = expect.stringMatching(/^\[redacted:secret-value:[0-9a-f]{16}\]$/);
    expect(value).toEqual({
      found: {
        raw: whole,
        parts: [{ id: whole }, whole, expect.stringMatching(/^\[redacted:github-personal-token:/), ''],
      },
      rule: 'words',
    });
    expect(redactions).toEqual({ 'secret-value': 3, 'github-personal-token': 1 });
    expect(redactor.json(value, new Set(), { secrets: new Set(['found']) }).value).toEqual(value);
  });

  it('becomes plain JSON whatever it was', () => {
    const odd: Record<string, unknown> = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
    const value = clean({ ...odd, gone: undefined, list: [undefined, Number.NaN, () => 1], at: new Date(0), big: 12n });
    expect(value).toEqual(JSON.parse(JSON.stringify(value)));
    expect(value).toMatchObject({ list: [null, null, null], at: '1970-01-01T00:00:00.000Z', big: '12' });
    expect(value).not.toHaveProperty('polluted');
    expect(Object.keys(Object(value))).toContain('__proto__');
  });

  it('says where it was too deep to follow', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < MAX_DEPTH + 10; level++) deep = [deep];
    const text = JSON.stringify(clean(deep));
    expect(text).toContain(TOO_DEEP);
    expect(text).not.toContain('bottom');
  });

  it('passes through unchanged when it holds nothing secret, and is the same when redacted twice', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        const once = clean(value);
        expect(clean(once)).toEqual(once);
      }),
    );
  });
});
