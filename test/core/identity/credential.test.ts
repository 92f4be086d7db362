// One key or token is one entity, however a feed writes it.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  credentialId,
  credentialOf,
  pgpKeyId,
  publicKeyFingerprint,
} from '../../../services/core/identity/credential.ts';

const digest = createHash('sha256').update('not a secret').digest();
const unpadded = digest.toString('base64').replace(/=+$/, '');
const bytes = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0'));

describe('the same credential', () => {
  test('by the hash of a token, in either spelling', () => {
    expect(credentialId(digest.toString('hex'))).toBe(digest.toString('base64'));
    expect(credentialId(digest.toString('hex').toUpperCase())).toBe(digest.toString('base64'));
    expect(credentialId(`${digest.toString('base64url')}=`)).toBe(digest.toString('base64'));
  });

  test('by the fingerprint of an SSH key', () => {
    for (const text of [`SHA256:${unpadded}`, `SHA256:${unpadded}=`, ` sha256:${unpadded}`]) {
      expect(credentialId(text)).toBe(`SHA256:${unpadded}`);
    }
  });

  test('by the older fingerprint', () => {
    const text = bytes.join(':');
    for (const each of [text, `MD5:${text}`, `md5:${text.toUpperCase()}`])
      expect(credentialId(each)).toBe(`MD5:${text}`);
  });

  test('by an OpenPGP key’s id or its whole fingerprint', () => {
    const whole = digest.toString('hex').slice(0, 40);
    const id = `PGP:${whole.slice(-16).toUpperCase()}`;
    for (const text of [whole, `0x${whole.slice(-16)}`, whole.replaceAll(/.{4}/g, '$& '), id]) {
      expect(pgpKeyId(text)).toBe(id);
    }
  });

  test('by the key itself, where a feed tells that: it is public', () => {
    const type = 'ssh-ed25519';
    const blob = Buffer.concat([Buffer.from([0, 0, 0, type.length]), Buffer.from(type), Buffer.alloc(36, 7)]);
    const fingerprint = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
    expect(publicKeyFingerprint(`${type} ${blob.toString('base64')} mara@laptop`)).toBe(`SHA256:${fingerprint}`);
    expect(publicKeyFingerprint(`ssh-rsa ${blob.toString('base64')}`)).toBeUndefined();
    expect(publicKeyFingerprint('a word')).toBeUndefined();
  });
});

test('the number of a token belongs to the system that counted', () => {
  expect(credentialId('42', 'github')).toBe('github:token:42');
  expect(credentialId('42', 'gitlab')).toBe('gitlab:token:42');
  expect(credentialId('42')).toBe('42');
});

test('other ids stay as they are', () => {
  for (const id of ['PersonalAccessToken/12', `AKI${'A'.repeat(17)}`, '[redacted:github-token:1a2b3c4d]', 'release']) {
    expect(credentialId(id, 'gitlab')).toBe(id);
  }
});

test('what one record says of a credential is one credential: the best id first', () => {
  const hash = digest.toString('base64');
  expect(credentialOf({ hash, tokenId: '4700112271', type: 'Deploy key', name: '' }, 'github')).toEqual({
    id: hash,
    also: ['github:token:4700112271'],
    type: 'Deploy key',
  });
  expect(credentialOf({ tokenId: '4700112271' }, 'github')).toEqual({ id: 'github:token:4700112271' });
  expect(credentialOf({ type: 'OAuth' }, 'github')).toBeUndefined();
});

test('an id in its one spelling stays so', () => {
  const hex = fc.uint8Array({ minLength: 16, maxLength: 32 }).map((each) => Buffer.from(each).toString('hex'));
  const forms = fc.oneof(
    hex,
    fc.string(),
    hex.map((text) => text.replaceAll(/..(?=.)/g, '$&:')),
  );
  fc.assert(
    fc.property(forms, fc.option(fc.constant('github'), { nil: undefined }), (text, provider) => {
      const once = credentialId(text, provider);
      expect(credentialId(once, provider)).toBe(once);
      expect(pgpKeyId(pgpKeyId(text))).toBe(pgpKeyId(text));
    }),
  );
});
