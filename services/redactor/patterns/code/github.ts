// GitHub's tokens.
import { checksumOf } from '../../checksum.ts';
import type { Pattern } from '../../pattern.ts';
import { ALPHANUMERIC, bare, draw, isVariedTail } from '../make/token.ts';

const SOURCE =
  'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats';

/** Prefix, 30 random characters, checksum. A wrong checksum is redacted too: the prefix is proof enough. */
function token(id: string, title: string, prefix: string, secret: RegExp): Pattern {
  return {
    id,
    provider: 'GitHub',
    title,
    source: SOURCE,
    keywords: [prefix],
    secret,
    shortest: 40,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const body = draw(random, ALPHANUMERIC, 30);
      return bare(prefix + body + checksumOf(body));
    },
  };
}

export const github: readonly Pattern[] = [
  token('github-personal-token', 'GitHub personal access token (classic)', 'ghp_', /ghp_[A-Za-z0-9]+/),
  token('github-oauth-token', 'GitHub OAuth access token', 'gho_', /gho_[A-Za-z0-9]+/),
  token('github-user-token', 'GitHub App user access token', 'ghu_', /ghu_[A-Za-z0-9]+/),
  token('github-refresh-token', 'GitHub App refresh token', 'ghr_', /ghr_[A-Za-z0-9]+/),
  // The newer form carries the app's id and a JWT after the prefix, so dots, hyphens and underscores follow.
  token(
    'github-installation-token',
    'GitHub App installation access token (also GITHUB_TOKEN)',
    'ghs_',
    /ghs_[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*/,
  ),
  {
    id: 'github-fine-grained-token',
    provider: 'GitHub',
    title: 'GitHub fine-grained personal access token',
    source: SOURCE,
    keywords: ['github_pat_'],
    secret: /github_pat_[A-Za-z0-9_]+/,
    shortest: 70,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`github_pat_${draw(random, ALPHANUMERIC, 22)}_${draw(random, ALPHANUMERIC, 59)}`),
  },
];
