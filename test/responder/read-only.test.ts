// What the guard behind "dry" lets through.
import { expect, test } from 'vitest';
import { isReading } from '../../services/responder/read-only.ts';

test.each([
  ['GET', '/v1/auth/token/accessors?list=true', true],
  ['POST', '/v1/auth/token/lookup-accessor', true],
  ['POST', '/v1/auth/token/revoke-accessor', false],
  ['POST', '/v1/sys/audit-hash/file', true],
  ['POST', '/v1/sys/audit-hash/team/file', true],
  ['POST', '/v1/sys/audit-hash/', false],
  ['POST', '/v1/sys/audit-hash/../mounts/x', false],
  ['POST', '/v1/sys/audit-hash/%2e%2e/mounts/x', false],
  ['POST', '/v1/sys/audit-hash/file?x', false],
  ['POST', '/v1/sys/audit/file', false],
  ['DELETE', '/v1/sys/audit-hash/file', false],
] as const)('%s %s: %s', (method, path, reading) => {
  expect(isReading({ method, path })).toBe(reading);
});
