// The signature, by the examples that AWS publishes.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, and its test suite, which
// botocore ships too: https://github.com/boto/botocore/tree/develop/tests/unit/auth/aws4_testsuite
import { expect, test } from 'vitest';
import { encoded, queryOf, signedHeaders } from '../../services/adapters/aws-signature.ts';

const secretOf = (joint: string) => ['wJalrXUtnFEMI', ['K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join(joint)].join('/');
const s3 = {
  accessKey: ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join(''),
  secretKey: secretOf('/'),
  sessionToken: undefined,
  region: 'us-east-1',
  service: 's3',
  now: Date.parse('2013-05-24T00:00:00Z'),
};
const suite = {
  ...s3,
  accessKey: ['AKID', 'EXAMPLE'].join(''),
  secretKey: secretOf('+'),
  service: 'service',
  now: Date.parse('2015-08-30T12:36:00Z'),
};
const FORM = 'application/x-www-form-urlencoded';

function signatureOf(headers: Readonly<Record<string, string>>): string | undefined {
  return headers.authorization?.split('Signature=')[1];
}

test.each([
  ['lifecycle=', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
  ['max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
])('S3: GET ?%s', (query, signature) => {
  const url = new URL(`https://examplebucket.s3.amazonaws.com/?${query}`);
  const headers = signedHeaders({ method: 'GET', url }, s3);
  expect(headers.authorization).toMatch(/SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=/);
  expect(signatureOf(headers)).toBe(signature);
});

test.each([
  ['post-vanilla', {}, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  [
    'post-x-www-form-urlencoded',
    { headers: { 'content-type': FORM }, body: 'Param1=value1' },
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
])('POST, of the test suite: %s', (_name, more, signature) => {
  const url = new URL('https://example.amazonaws.com/');
  expect(signatureOf(signedHeaders({ method: 'POST', url, ...more }, suite))).toBe(signature);
});

test('GET with a content type, the example of the documentation', () => {
  const url = new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08');
  const headers = { 'content-type': `${FORM}; charset=utf-8` };
  expect(signatureOf(signedHeaders({ method: 'GET', url, headers }, { ...suite, service: 'iam' }))).toBe(
    '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});

test('the token of a temporary credential is signed too', () => {
  const url = new URL('https://examplebucket.s3.amazonaws.com/');
  const headers = signedHeaders({ method: 'GET', url }, { ...s3, sessionToken: 'a-token' });
  expect(headers['x-amz-security-token']).toBe('a-token');
  expect(headers.authorization).toContain(';x-amz-security-token,');
});

test('names are encoded as S3 does before it compares', () => {
  expect(encoded("a b+c/ü!'()*~-._")).toBe('a%20b%2Bc%2F%C3%BC%21%27%28%29%2A~-._');
  expect(queryOf({ prefix: 'a/b', 'list-type': '2', delimiter: undefined })).toBe('list-type=2&prefix=a%2Fb');
});
