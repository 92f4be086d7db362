// Credentials of Amazon's clouds and services.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder, isVaried } from '../../plausible.ts';
import { named, UUID, type Value } from '../make/named.ts';
import { BASE32, BASE64, BASE64URL, bare, draw, HEX, isVariedTail, token } from '../make/token.ts';

const IDENTIFIERS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids';
const SESSION = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html';

/** What session tokens begin with: a version byte, a length and the name `origin` or `aws` of who issued it. */
const SESSION_OPENINGS = ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz', 'FQoDYXdz', 'AgoJb3JpZ2lu'];

/** `aws` alone is in every other dependency's name. */
const SECRET_KEY_WORDS = [
  'akia',
  'asia',
  ...['', '_', '-', ' ', '.'].flatMap((between) =>
    ['access key', 'secret key', 'secret access', 'aws secret', 'aws key', 'aws access'].map((words) =>
      words.replace(' ', between),
    ),
  ),
];

/** Base64 of 33 bytes: a version byte and a signature. */
const SMTP_PASSWORD: Value = {
  source: 'B[A-Z][A-Za-z0-9+/]{42}',
  shortest: 44,
  make: (random) => `BE${draw(random, BASE64, 41)}x`,
};

/** Base64 of 32 bytes. */
const GIT_PASSWORD: Value = {
  source: '[A-Za-z0-9+/]{43}=',
  shortest: 44,
  make: (random) => `${draw(random, BASE64, 42)}k=`,
};

export const aws: readonly Pattern[] = [
  {
    id: 'aws-access-key-id',
    provider: 'AWS',
    title: 'AWS access key id',
    source: IDENTIFIERS,
    keywords: ['akia', 'asia', 'abia', 'acca', 'a3t'],
    // Base 32 follows, never 0, 1, 8 or 9; long base64 often holds the prefix, hence the borders. `A3T` is of the oldest.
    secret:
      /(?:(?<![A-Za-z0-9+/])|(?<=\\[nrt]|%[0-9A-F]{2}))(?:A[KS]IA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}(?![A-Za-z0-9+/])/,
    shortest: 20,
    prefixed: true,
    identity: true,
    example: (random) => bare(`AKIA${draw(random, BASE32, 16)}`),
  },
  {
    id: 'aws-secret-access-key',
    provider: 'AWS',
    title: 'AWS secret access key',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    keywords: SECRET_KEY_WORDS,
    search: 'line',
    before: /(?<=[A-Za-z0-9])["'\\]{0,2}[ \t]?[:=,|][>:=]?[ \t]?["'\\]{0,2}/,
    secret: /[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/,
    shortest: 40,
    accepts: (secret, before) =>
      /aws.*key|secret_?access_?key|A[KS]IA[A-Z2-7]{16}\W+$/i.test(before) && isVaried(secret, 12) && !isHex(secret),
    example(random) {
      const secret = draw(random, BASE64, 40);
      return { secret, text: `aws_secret_access_key = ${secret}` };
    },
  },
  {
    id: 'aws-session-token',
    provider: 'AWS',
    title: 'AWS session token',
    source: SESSION,
    keywords: SESSION_OPENINGS.map((opening) => opening.toLowerCase()),
    secret: new RegExp(`(?:${SESSION_OPENINGS.join('|')})[A-Za-z0-9+/_%-]+={0,2}`),
    shortest: 100,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`${SESSION_OPENINGS[0] ?? ''}${draw(random, BASE64, 320)}==`),
  },
  token({
    id: 'aws-bedrock-key',
    provider: 'AWS',
    title: 'Bedrock API key',
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    // What follows is base64 of `BedrockAPIKey-`; of a short-lived one, of the address it signs.
    prefix: ['ABSKQmVkcm9ja0FQSUtleS', 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3Mu'],
    alphabet: `${BASE64}=`,
    length: 60,
  }),
  {
    id: 'aws-mws-token',
    provider: 'Amazon',
    title: 'Amazon MWS authorization token',
    source: 'https://docs.developer.amazonservices.com/en_US/dev_guide/DG_Registering.html',
    keywords: ['amzn.mws.'],
    secret: /amzn\.mws\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i,
    shortest: 45,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`amzn.mws.${UUID.make(random)}`),
  },
  token({
    id: 'amazon-client-secret',
    provider: 'Amazon',
    title: 'Login with Amazon client secret',
    source: 'https://developer.amazon.com/docs/login-with-amazon/register-web.html',
    prefix: ['amzn1.oa2-cs.v1.', 'amzn1.oa2-cs.v2.'],
    alphabet: HEX,
    length: 64,
  }),
  token({
    id: 'amazon-refresh-token',
    provider: 'Amazon',
    title: 'Selling Partner or Alexa refresh or access token',
    source: 'https://developer.amazon.com/docs/login-with-amazon/refresh-token.html',
    prefix: ['Atzr|', 'Atza|'],
    alphabet: BASE64URL,
    length: 60,
  }),
  named({
    id: 'aws-smtp-password',
    provider: 'AWS',
    title: 'Amazon SES SMTP password',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html',
    names: ['smtp', 'aws ses', 'amazon ses', 'ses password'],
    value: SMTP_PASSWORD,
  }),
  named({
    id: 'aws-codecommit-password',
    provider: 'AWS',
    title: 'AWS CodeCommit Git password',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html',
    names: ['code commit', 'aws git'],
    value: GIT_PASSWORD,
  }),
  {
    id: 'aws-codecommit-address',
    provider: 'AWS',
    title: 'AWS CodeCommit Git password beside its user',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html',
    keywords: ['-at-'],
    // The user is called after the account's twelve digits.
    before: /-at-[0-9]{12}["'\\]{0,2}[ \t]?[,:=][ \t]?["'\\]{0,2}/,
    secret: /[A-Za-z0-9+/]{42}[A-Za-z0-9+/]={0,2}/,
    shortest: 43,
    accepts: (secret) => !isPlaceholder(secret) && isVaried(secret, 12),
    example(random) {
      const secret = GIT_PASSWORD.make(random);
      return { secret, text: `deploy-at-123456789012,${secret}` };
    },
  },
];

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text);
}
