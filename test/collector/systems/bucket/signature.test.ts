// The signature, by the examples that AWS publishes.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
import { expect, test } from 'vitest';
import { encoded, queryOf, signedHeaders } from '../../../../services/collector/systems/bucket/signature.ts';

const signing = {
  accessKey: ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join(''),
  secretKey: ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/'),
  sessionToken: undefined,
  region: 'us-east-1',
  now: Date.parse('2013-05-24T00:00:00Z'),
};

test.each([
  ['lifecycle=', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
  ['max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
])('GET ?%s', (query, signature) => {
  const url = new URL(`https://examplebucket.s3.amazonaws.com/?${query}`);
  const { authorization } = signedHeaders('GET', url, signing);
  expect(authorization).toMatch(/SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=/);
  expect(authorization?.split('Signature=')[1]).toBe(signature);
});

test('the token of a temporary credential is signed too', () => {
  const url = new URL('https://examplebucket.s3.amazonaws.com/');
  const headers = signedHeaders('GET', url, { ...signing, sessionToken: 'a-token' });
  expect(headers['x-amz-security-token']).toBe('a-token');
  expect(headers.authorization).toContain(';x-amz-security-token,');
});

test('names are encoded as S3 does before it compares', () => {
  expect(encoded("a b+c/ü!'()*~-._")).toBe('a%20b%2Bc%2F%C3%BC%21%27%28%29%2A~-._');
  expect(queryOf({ prefix: 'a/b', 'list-type': '2', delimiter: undefined })).toBe('list-type=2&prefix=a%2Fb');
});
