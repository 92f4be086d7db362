// Tokens of what connects services with one another.
import type { Pattern } from '../../pattern.ts';
import { BASE64URL, DIGITS, draw, LOWER_ALPHANUMERIC, token } from '../make/token.ts';
import { webhook } from '../make/webhook.ts';

export const automation: readonly Pattern[] = [
  webhook({
    id: 'zapier-webhook',
    provider: 'Zapier',
    title: 'Zapier webhook',
    source: 'https://help.zapier.com/hc/en-us/articles/8496288690317',
    host: 'hooks.zapier.com/hooks/catch/',
    hosts: ['hooks.zapier.com/'],
    before: /hooks\.zapier\.com\/(?:hooks\/)?(?:catch|standard)\//i,
    shortest: 12,
    make: (random) => `${draw(random, DIGITS, 8)}/${draw(random, LOWER_ALPHANUMERIC, 7)}`,
  }),
  webhook({
    id: 'thingsboard-device-token',
    provider: 'ThingsBoard',
    title: 'ThingsBoard device token in an address',
    source: 'https://thingsboard.io/docs/reference/http-api/',
    host: 'thingsboard.cloud/api/v1/',
    secret: /[A-Za-z0-9_-]+/,
    shortest: 20,
    make: (random) => draw(random, LOWER_ALPHANUMERIC, 20),
  }),
  webhook({
    id: 'ifttt-webhook',
    provider: 'IFTTT',
    title: 'IFTTT webhook key',
    source: 'https://ifttt.com/maker_webhooks',
    host: 'maker.ifttt.com/trigger/build/with/key/',
    hosts: ['maker.ifttt.com/'],
    before: /maker\.ifttt\.com\/(?:trigger\/[A-Za-z0-9_-]+\/(?:json\/)?with\/key|use)\//i,
    shortest: 22,
    make: (random) => draw(random, BASE64URL, 22),
  }),
  webhook({
    id: 'make-webhook',
    provider: 'Make',
    title: 'Make webhook',
    source: 'https://help.make.com/webhooks',
    host: 'hook.eu1.make.com/',
    hosts: ['hook.'],
    before: /hook\.(?:[a-z]{2}[0-9]\.make|integromat)\.com\//i,
    shortest: 24,
    make: (random) => draw(random, LOWER_ALPHANUMERIC, 32),
  }),
  token({
    id: 'n8n-key',
    provider: 'n8n',
    title: 'API key',
    source: 'https://docs.n8n.io/api/authentication/',
    prefix: 'n8n_api_',
    length: 32,
  }),
  token({
    id: 'retool-token',
    provider: 'Retool',
    title: 'API token',
    source: 'https://docs.retool.com/org-users/guides/retool-api',
    prefix: 'retool_',
    alphabet: BASE64URL,
    length: 24,
  }),
];
