// Tokens of what counts visitors and switches features.
import type { Pattern } from '../../pattern.ts';
import { alphanumeric, hex, lower, named } from '../make/named.ts';
import { ALPHANUMERIC, draw, token } from '../make/token.ts';

const SEGMENT = 'https://segment.com/docs/api/public-api/';

export const analytics: readonly Pattern[] = [
  token({
    id: 'segment-token',
    provider: 'Segment',
    title: 'public API token',
    source: SEGMENT,
    prefix: 'sgp_',
    length: 64,
    exact: true,
  }),
  named({
    id: 'segment-key',
    provider: 'Segment',
    title: 'Segment token or write key',
    source: SEGMENT,
    names: ['segment write', 'segment token', 'segment api', 'segment key', 'segment_', 'segment io'],
    value: {
      source: '(?:[A-Za-z0-9_-]{43}\\.[A-Za-z0-9_-]{43}|[A-Za-z0-9]{32})',
      shortest: 32,
      make: (random) => draw(random, ALPHANUMERIC, 32),
    },
  }),
  named({
    id: 'mixpanel-secret',
    provider: 'Mixpanel',
    title: 'Mixpanel API secret or token',
    source: 'https://developer.mixpanel.com/reference/authentication',
    value: alphanumeric(32),
  }),
  named({
    id: 'amplitude-key',
    provider: 'Amplitude',
    title: 'Amplitude API or secret key',
    source: 'https://amplitude.com/docs/apis/authentication',
    value: hex(32),
  }),
  named({
    id: 'split-key',
    provider: 'Split',
    title: 'Split SDK or admin key',
    source: 'https://help.split.io/hc/en-us/articles/360019916211-API-keys',
    names: ['split api', 'split sdk', 'split io', 'splitio', 'split admin'],
    value: lower(36, 52),
  }),
  token({
    id: 'statsig-key',
    provider: 'Statsig',
    title: 'server secret or console key',
    source: 'https://docs.statsig.com/sdk-keys/api-keys/',
    prefix: ['secret-', 'console-'],
    alphabet: ALPHANUMERIC,
    length: 40,
  }),
  token({
    id: 'devcycle-key',
    provider: 'DevCycle',
    title: 'server key',
    source: 'https://docs.devcycle.com/platform/account-management/api-credentials',
    prefix: ['dvc_server_', 'dvc_mobile_'],
    alphabet: `${ALPHANUMERIC}_`,
    length: 32,
  }),
  token({
    id: 'flagsmith-key',
    provider: 'Flagsmith',
    title: 'server-side key',
    source: 'https://docs.flagsmith.com/clients/server-side',
    prefix: 'ser.',
    length: 20,
  }),
];
