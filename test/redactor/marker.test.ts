// Markers are counted where they stand; anybody may have written one.
import { expect, test } from 'vitest';
import { createFingerprint, hasMarker, keyId, marker, markerCounts } from '../../services/redactor/marker.ts';

test('markers are counted by kind, whatever the kind is called', () => {
  const print = 'a'.repeat(16);
  const text = ['npm-token', 'constructor', 'npm-token'].map((kind) => marker(kind, print)).join(' ');
  expect(markerCounts(text)).toEqual({ 'npm-token': 2, constructor: 1 });
});

test('a marker of an earlier version, without a key’s id, is one too', () => {
  expect(hasMarker('[redacted:npm-token:0123456789ab]')).toBe(true);
  expect(hasMarker('[redacted:npm-token:0123456789abc]')).toBe(false);
});

test('a fingerprint begins with the id of its key', () => {
  const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  expect(createFingerprint(one)('value')).toMatch(new RegExp(`^${keyId(one)}[0-9a-f]{12}$`));
  expect(createFingerprint(one)('value')).toBe(createFingerprint(one)('value'));
  expect(keyId(one)).not.toBe(keyId(other));
});
