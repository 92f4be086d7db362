// Tokens of social networks, streaming, games and communities.
import type { Pattern } from '../../pattern.ts';
import { isMixed } from '../make/mixed.ts';
import { alphanumeric, hex, named } from '../make/named.ts';
import { ALPHANUMERIC, BASE64URL, BORDER, bare, DIGITS, draw, isVariedTail } from '../make/token.ts';

const META = 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/';
const TWITTER = 'https://docs.x.com/resources/fundamentals/authentication/overview';
const LINKEDIN = 'https://learn.microsoft.com/linkedin/shared/authentication/authentication';

export const social: readonly Pattern[] = [
  {
    id: 'facebook-token',
    provider: 'Meta',
    title: 'Facebook, Instagram, WhatsApp or Threads access token',
    source: META,
    keywords: ['eaa', 'igqv', 'igaa', 'thaa'],
    secret: new RegExp(`${BORDER}(?:EAA|IGQV|IGAA|THAA)[A-Za-z0-9_-]+(?![A-Za-z0-9_=/+-])`),
    shortest: 90,
    accepts: (secret) => isMixed(secret) && isVariedTail(secret),
    prefixed: true,
    example: (random) => bare(`EAAC${draw(random, ALPHANUMERIC, 176)}`),
  },
  {
    id: 'facebook-app-token',
    provider: 'Meta',
    title: 'Facebook app access token',
    source: META,
    keywords: ['facebook', 'fb_', 'meta_', 'graph.f'],
    before:
      /(?:facebook|fb_|meta_|graph\.f)[A-Za-z0-9_ ./?&-]{0,60}["'\\\])]{0,3}[ \t]{0,3}[:=,>]{0,3}[ \t]{0,3}["'\\]{0,2}/i,
    secret: /[0-9]{13,17}(?:\||%7C)[A-Za-z0-9_-]+/,
    shortest: 40,
    accepts: isVariedTail,
    example(random) {
      const secret = `${draw(random, DIGITS, 16)}|${draw(random, BASE64URL, 26)}x`;
      return { secret, text: `FACEBOOK_ACCESS_TOKEN="${secret}"` };
    },
  },
  named({
    id: 'facebook-secret',
    provider: 'Meta',
    title: 'Facebook or Instagram app secret',
    source: META,
    names: ['facebook', 'fb app', 'fb secret', 'fb_', 'instagram', 'whatsapp'],
    value: hex(32),
  }),
  {
    id: 'twitter-bearer-token',
    provider: 'X',
    title: 'X (Twitter) bearer token',
    source: TWITTER,
    keywords: ['aaaaaaaaaaaaaaaaaa'],
    follows: { alphabet: `${ALPHANUMERIC}%`, least: 30 },
    secret: new RegExp(`${BORDER}AAAAAAAAAAAAAAAAAA[A-Za-z0-9%]+(?![A-Za-z0-9+/=_-])`),
    shortest: 80,
    accepts: (secret) => isMixed(secret) && isVariedTail(secret),
    prefixed: true,
    example: (random) =>
      bare(`AAAAAAAAAAAAAAAAAAAAA${draw(random, ALPHANUMERIC, 20)}%3D${draw(random, ALPHANUMERIC, 50)}`),
  },
  named({
    id: 'twitter-secret',
    provider: 'X',
    title: 'X (Twitter) API key or secret',
    source: TWITTER,
    names: ['twitter', 'x_api', 'x api', 'x_consumer'],
    label: 'id',
    value: alphanumeric(20, 27),
  }),
  named({
    id: 'twitter-long-secret',
    provider: 'X',
    title: 'X (Twitter) API or access token secret',
    source: TWITTER,
    names: ['twitter', 'x_api', 'x api', 'x_access', 'x access', 'x_consumer'],
    value: alphanumeric(35, 50),
  }),
  named({
    id: 'twitter-access-token',
    provider: 'X',
    title: 'X (Twitter) access token',
    source: TWITTER,
    names: ['twitter', 'x_access', 'x access'],
    value: {
      source: '[0-9]{5,20}-[A-Za-z0-9]{20,40}',
      shortest: 26,
      make: (random) => `9${draw(random, DIGITS, 17)}-${draw(random, ALPHANUMERIC, 31)}`,
    },
  }),
  named({
    id: 'linkedin-secret',
    provider: 'LinkedIn',
    title: 'LinkedIn client secret',
    source: LINKEDIN,
    names: ['linked in'],
    value: alphanumeric(16),
  }),
  named({
    id: 'linkedin-client-id',
    provider: 'LinkedIn',
    title: 'LinkedIn client id',
    source: LINKEDIN,
    names: ['linked in'],
    label: 'id',
    value: alphanumeric(12, 14),
  }),
  {
    id: 'linkedin-new-secret',
    provider: 'LinkedIn',
    title: 'LinkedIn client secret of the newer form',
    source: LINKEDIN,
    keywords: ['wpl_ap1.'],
    secret: /WPL_AP1\.[A-Za-z0-9]+\.[A-Za-z0-9+/]+={0,2}/,
    shortest: 30,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`WPL_AP1.${draw(random, ALPHANUMERIC, 16)}.${draw(random, ALPHANUMERIC, 6)}==`),
  },
  named({
    id: 'tiktok-secret',
    provider: 'TikTok',
    title: 'TikTok client secret or access token',
    source: 'https://developers.tiktok.com/doc/oauth-user-access-token-management',
    names: ['tik tok'],
    value: {
      source: '(?:(?:act|clt|rft)\\.[A-Za-z0-9!._-]{40,}|[A-Za-z0-9]{32,40})',
      shortest: 32,
      make: (random) => draw(random, ALPHANUMERIC, 40),
    },
  }),
];
