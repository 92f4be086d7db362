// Tokens, secrets and webhooks of Discord.
import type { Pattern } from '../../pattern.ts';
import { base64url, hex, named } from '../make/named.ts';
import { ALPHANUMERIC, BASE64URL, BORDER, bare, DIGITS, draw, isVariedTail } from '../make/token.ts';
import { webhook } from '../make/webhook.ts';

const DISCORD = 'https://discord.com/developers/docs/reference#authentication';

/** What the first three digits of an account's number are in base64. */
const FIRST_DIGITS = Array.from({ length: 900 }, (_, index) => Buffer.from(`${100 + index}`).toString('base64'));

export const discord: readonly Pattern[] = [
  {
    id: 'discord-token',
    provider: 'Discord',
    title: 'Discord bot or user token',
    source: DISCORD,
    keywords: FIRST_DIGITS.map((text) => text.toLowerCase()),
    follows: { alphabet: ALPHANUMERIC, least: 12 },
    secret: new RegExp(`${BORDER}[MNO][A-Za-z0-9]+={0,2}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+`),
    shortest: 50,
    accepts(secret) {
      const [account = '', time = '', mac = ''] = secret.split('.');
      return (
        /^\d{15,20}$/.test(Buffer.from(account, 'base64').toString('latin1')) && time.length > 4 && mac.length > 24
      );
    },
    prefixed: true,
    example(random) {
      const account = Buffer.from(`9${draw(random, DIGITS, 17)}`).toString('base64');
      return bare(`${account}.G${draw(random, BASE64URL, 5)}.${draw(random, BASE64URL, 38)}`);
    },
  },
  {
    id: 'discord-mfa-token',
    provider: 'Discord',
    title: 'Discord token of an account with a second factor',
    source: DISCORD,
    keywords: ['mfa.'],
    secret: new RegExp(`${BORDER}mfa\\.[A-Za-z0-9_-]+`),
    shortest: 70,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`mfa.${draw(random, BASE64URL, 84)}`),
  },
  webhook({
    id: 'discord-webhook',
    provider: 'Discord',
    title: 'Discord webhook',
    source: 'https://discord.com/developers/docs/resources/webhook',
    host: 'discord.com/api/webhooks/',
    hosts: ['discord.com/api/', 'discordapp.com/api/'],
    before: /discord(?:app)?\.com\/api\/(?:v[0-9]+\/)?webhooks\//i,
    shortest: 60,
    make: (random) => `${draw(random, DIGITS, 19)}/${draw(random, BASE64URL, 68)}`,
  }),
  named({
    id: 'discord-client-secret',
    provider: 'Discord',
    title: 'Discord client secret',
    source: 'https://discord.com/developers/docs/topics/oauth2',
    value: base64url(32),
  }),
  named({
    id: 'discord-public-key',
    provider: 'Discord',
    title: 'Discord API key',
    source: 'https://discord.com/developers/docs/interactions/overview',
    value: hex(64),
  }),
  named({
    id: 'discord-client-id',
    provider: 'Discord',
    title: 'Discord client id',
    source: 'https://discord.com/developers/docs/topics/oauth2',
    label: 'id',
    value: { source: '[0-9]{17,20}', shortest: 17, make: (random) => `9${draw(random, DIGITS, 18)}` },
  }),
];
