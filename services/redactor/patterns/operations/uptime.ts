// Keys, tokens and addresses of uptime checks and status pages.
import type { Pattern } from '../../pattern.ts';
import { isVaried } from '../../plausible.ts';
import { alphanumeric, base64url, hex, lower, named, UUID } from '../make/named.ts';
import { draw, HEX, isVariedTail, token } from '../make/token.ts';

export const uptime: readonly Pattern[] = [
  named({
    id: 'statuspage-key',
    provider: 'Statuspage',
    title: 'Statuspage API key',
    source: 'https://developer.statuspage.io/#section/Authentication',
    names: ['status page'],
    value: UUID,
  }),
  named({
    id: 'statuspage-user-key',
    provider: 'Statuspage',
    title: 'Statuspage user API key',
    source: 'https://developer.statuspage.io/#section/Authentication',
    names: ['status page'],
    value: hex(64),
  }),
  named({
    id: 'better-stack-token',
    provider: 'Better Stack',
    title: 'Better Stack API or source token',
    source: 'https://betterstack.com/docs/uptime/api/getting-started-with-uptime-api/',
    names: ['better stack', 'better uptime', 'logtail'],
    value: alphanumeric(24),
  }),
  named({
    id: 'pingdom-token',
    provider: 'Pingdom',
    title: 'Pingdom API token',
    source: 'https://docs.pingdom.com/api/#section/Authentication',
    value: base64url(71, 90),
  }),
  {
    id: 'uptimerobot-key',
    provider: 'UptimeRobot',
    title: 'UptimeRobot API key',
    source: 'https://uptimerobot.com/api/',
    keywords: ['uptime'],
    before: /uptime[ _-]?robot[A-Za-z0-9_ .-]{0,40}["'\\\])]{0,3}[ \t]{0,3}[:=,>]{0,3}[ \t]{0,3}["'\\]{0,2}/i,
    secret: /(?:ur|u|m|d)[0-9a-z]{5,12}-[0-9a-z]{20,34}/,
    shortest: 28,
    accepts: (secret) => isVaried(secret.slice(secret.indexOf('-')), 7),
    example(random) {
      const secret = `u1234567-${draw(random, HEX, 24)}`;
      return { secret, text: `UPTIMEROBOT_API_KEY=${secret}` };
    },
  },
  token({
    id: 'checkly-key',
    provider: 'Checkly',
    title: 'API key',
    source: 'https://www.checklyhq.com/docs/accounts-and-users/api-keys/',
    prefix: ['cu_', 'sv_'],
    alphabet: HEX,
    length: 32,
    exact: true,
  }),
  named({
    id: 'checkly-old-key',
    provider: 'Checkly',
    title: 'Checkly API key of the older form',
    source: 'https://www.checklyhq.com/docs/accounts-and-users/api-keys/',
    value: hex(32),
  }),
  {
    id: 'healthchecks-ping',
    provider: 'Healthchecks.io',
    title: 'Healthchecks.io ping address',
    source: 'https://healthchecks.io/docs/http_api/',
    keywords: ['hc-ping.com/', 'healthchecks.io/ping/'],
    before: /(?:hc-ping\.com|healthchecks\.io\/ping)\//,
    secret: /[A-Za-z0-9_-]+/,
    shortest: 20,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const secret = UUID.make(random);
      return { secret, text: `curl -fsS -m 10 https://hc-ping.com/${secret}/start` };
    },
  },
  token({
    id: 'healthchecks-key',
    provider: 'Healthchecks.io',
    title: 'API key',
    source: 'https://healthchecks.io/docs/api/',
    prefix: ['hcw_', 'hcr_'],
    length: 28,
  }),
  named({
    id: 'healthchecks-old-key',
    provider: 'Healthchecks.io',
    title: 'Healthchecks.io API key of the older form',
    source: 'https://healthchecks.io/docs/api/',
    names: ['healthchecks'],
    value: base64url(32),
  }),
  named({
    id: 'cronitor-key',
    provider: 'Cronitor',
    title: 'Cronitor API key',
    source: 'https://cronitor.io/docs/api',
    value: hex(32),
  }),
  {
    id: 'cronitor-ping',
    provider: 'Cronitor',
    title: 'Cronitor telemetry address',
    source: 'https://cronitor.io/docs/telemetry-api',
    keywords: ['cronitor.link/'],
    before: /cronitor\.link\/(?:p\/|ping\/)?/,
    secret: /[A-Za-z0-9]+/,
    shortest: 6,
    accepts: (secret) => isVaried(secret, 4),
    prefixed: true,
    example(random) {
      const secret = draw(random, HEX, 32);
      return { secret, text: `curl https://cronitor.link/p/${secret}/nightly?state=run` };
    },
  },
  {
    id: 'dead-mans-snitch',
    provider: 'Dead Man’s Snitch',
    title: 'Dead Man’s Snitch check-in address',
    source: 'https://deadmanssnitch.com/docs/check-in',
    keywords: ['nosnch.in/'],
    before: /nosnch\.in\//,
    secret: /[0-9a-z]+/,
    shortest: 8,
    accepts: (secret) => isVaried(secret, 4),
    prefixed: true,
    example(random) {
      const secret = draw(random, HEX, 10);
      return { secret, text: `curl https://nosnch.in/${secret}` };
    },
  },
  named({
    id: 'statuscake-key',
    provider: 'StatusCake',
    title: 'StatusCake API key',
    source: 'https://developers.statuscake.com/api/#section/Authentication',
    names: ['status cake'],
    value: alphanumeric(20, 40),
  }),
  named({
    id: 'statuspal-key',
    provider: 'StatusPal',
    title: 'StatusPal API key',
    source: 'https://www.statuspal.io/api-docs',
    value: lower(32, 64),
  }),
  named({
    id: 'site24x7-key',
    provider: 'Site24x7',
    title: 'Site24x7 device or API key',
    source: 'https://www.site24x7.com/help/api/',
    value: alphanumeric(32, 40),
  }),
];
