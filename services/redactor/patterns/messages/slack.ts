// Slack's tokens and webhook addresses.
import type { Pattern } from '../../pattern.ts';
import { ALPHANUMERIC, bare, DIGITS, draw, isVariedTail, UPPER } from '../make/token.ts';

const SOURCE = 'https://docs.slack.dev/authentication/tokens';

/**
 * Numbers of the workspace and its people, then what is random; tokens that carry data have one long part instead, and what
 * names the workspace need not be a number.
 */
const FORM =
  /^xox[abeoprs](?:\.xox[a-z])?-(?:[0-9]-)?[0-9]{6,}-(?:[0-9-]+-)?[A-Za-z0-9-]*[A-Za-z]|-[A-Za-z0-9%]{40}|^xox[abeoprs](?:-[A-Za-z0-9]{8,}){2}-[A-Za-z0-9]{24}/;

export const slack: readonly Pattern[] = [
  {
    id: 'slack-token',
    provider: 'Slack',
    title: 'Slack bot, user, refresh, session or configuration token',
    source: SOURCE,
    keywords: ['xoxa-', 'xoxb-', 'xoxc-', 'xoxd-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-'],
    secret: /xox[a-eoprs](?:\.xox[a-z])?-[A-Za-z0-9%-]+/,
    shortest: 24,
    accepts: (secret) => FORM.test(secret) && isVariedTail(secret),
    prefixed: true,
    example: (random) =>
      bare(`xoxb-${draw(random, DIGITS, 12)}-${draw(random, DIGITS, 13)}-${draw(random, ALPHANUMERIC, 24)}`),
  },
  {
    id: 'slack-app-token',
    provider: 'Slack',
    title: 'Slack app-level token',
    source: SOURCE,
    keywords: ['xapp-'],
    secret: /xapp-[0-9]-[A-Za-z0-9-]+/,
    shortest: 23,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) =>
      bare(`xapp-1-A${draw(random, UPPER, 10)}-${draw(random, DIGITS, 13)}-${draw(random, ALPHANUMERIC, 64)}`),
  },
  {
    id: 'slack-webhook',
    provider: 'Slack',
    title: 'Slack incoming webhook or workflow trigger',
    source: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    keywords: ['hooks.slack.com'],
    before: /hooks\.slack\.com\/(?:services|workflows|triggers)\//i,
    secret: /[A-Za-z0-9/_-]+/,
    shortest: 20,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const secret = [`T${draw(random, UPPER, 8)}`, `B${draw(random, UPPER, 8)}`, draw(random, ALPHANUMERIC, 24)].join(
        '/',
      );
      return { secret, text: `https://hooks.slack.com/services/${secret}` };
    },
  },
];
