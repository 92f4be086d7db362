// Credentials of clouds, payment and AI providers.
import type { Pattern } from '../pattern.ts';
import { isVaried } from '../plausible.ts';
import { ALPHANUMERIC, BASE32, BASE64, BASE64URL, bare, draw, isVariedTail, prefixed } from './make.ts';

const AWS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids';

export const clouds: readonly Pattern[] = [
  {
    id: 'aws-access-key-id',
    title: 'AWS access key id',
    source: AWS,
    keywords: ['akia', 'asia', 'abia', 'acca'],
    // Base 32 follows, never 0, 1, 8 or 9; long base64 often holds the prefix, hence the borders.
    secret: /(?:(?<![A-Za-z0-9+/])|(?<=\\[nrt]|%[0-9A-F]{2}))(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9+/])/,
    shortest: 20,
    prefixed: true,
    example: (random) => bare(`AKIA${draw(random, BASE32, 16)}`),
  },
  {
    id: 'aws-secret-access-key',
    title: 'AWS secret access key',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    keywords: ['aws_', 'secret', 'akia', 'asia'],
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
    id: 'google-api-key',
    title: 'Google API key',
    source: 'https://cloud.google.com/docs/authentication/api-keys',
    keywords: ['aiza'],
    secret: /AIza[A-Za-z0-9_-]+/,
    shortest: 39,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`AIza${draw(random, BASE64URL, 35)}`),
  },
  prefixed({
    id: 'google-oauth-secret',
    title: 'Google OAuth client secret',
    source: 'https://developers.google.com/identity/protocols/oauth2',
    prefix: 'GOCSPX-',
    secret: /GOCSPX-[A-Za-z0-9_-]+/,
    shortest: 31,
    alphabet: BASE64URL,
    length: 28,
  }),
  prefixed({
    id: 'google-oauth-token',
    title: 'Google OAuth access token',
    source: 'https://developers.google.com/identity/protocols/oauth2',
    prefix: 'ya29.',
    secret: /ya29\.[A-Za-z0-9_-]+/,
    shortest: 29,
    alphabet: BASE64URL,
    length: 120,
  }),
  {
    id: 'stripe-key',
    title: 'Stripe secret or restricted key',
    source: 'https://docs.stripe.com/keys',
    keywords: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'],
    secret: /[rs]k_(?:live|test)_[A-Za-z0-9]+/,
    shortest: 24,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`sk_live_${draw(random, ALPHANUMERIC, 24)}`),
  },
  prefixed({
    id: 'stripe-webhook-secret',
    title: 'Stripe webhook signing secret',
    source: 'https://docs.stripe.com/webhooks',
    prefix: 'whsec_',
    secret: /whsec_[A-Za-z0-9+/]+={0,2}/,
    shortest: 30,
    length: 32,
  }),
  prefixed({
    id: 'anthropic-key',
    title: 'Anthropic API key',
    source: 'https://docs.anthropic.com/en/api/overview',
    keyword: 'sk-ant-',
    prefix: 'sk-ant-api03-',
    secret: /sk-ant-[a-z0-9]+-[A-Za-z0-9_-]+/,
    shortest: 40,
    alphabet: BASE64URL,
    length: 95,
  }),
  {
    id: 'openai-key',
    title: 'OpenAI API key',
    source: 'https://platform.openai.com/docs/api-reference/authentication',
    keywords: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 't3blbkfj'],
    // `T3BlbkFJ` is "OpenAI" in base64; it stands in the middle of every key.
    secret: /(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]|%[0-9A-F]{2}))sk-[A-Za-z0-9_-]+/,
    shortest: 23,
    accepts: (secret) => /^sk-(?:proj|svcacct|admin)-/.test(secret) || secret.includes('T3BlbkFJ'),
    prefixed: true,
    example: (random) =>
      bare(`sk-proj-${draw(random, BASE64URL, 74)}${['T3Blb', 'kFJ'].join('')}${draw(random, BASE64URL, 74)}`),
  },
];

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text);
}
