// Keys and tokens of services for logs and errors.
import type { Pattern } from '../../pattern.ts';
import { isVaried } from '../../plausible.ts';
import { alphanumeric, base64url, hex, named, UUID } from '../make/named.ts';
import { ALPHANUMERIC, BASE64, BASE64URL, draw, HEX, isVariedTail, token } from '../make/token.ts';

const SUMO_LOGIC = 'https://help.sumologic.com/docs/manage/security/access-keys/';
const SPLUNK = 'https://docs.splunk.com/Documentation/Splunk/latest/Data/UsetheHTTPEventCollector';
const SENTRY = 'https://docs.sentry.io/account/auth-tokens/';

export const logging: readonly Pattern[] = [
  named({
    id: 'splunk-token',
    provider: 'Splunk',
    title: 'Splunk HTTP event collector token',
    source: SPLUNK,
    names: ['splunk', 'hec_', 'hec-'],
    value: UUID,
  }),
  {
    id: 'splunk-header',
    provider: 'Splunk',
    title: 'Splunk token or session key in a header',
    source: SPLUNK,
    keywords: ['authorization'],
    before: /authorization["'\\]{0,2}[ \t]?[:=][ \t]?["'\\]{0,2}splunk[ \t]+/i,
    secret: /[A-Za-z0-9^_-]+/,
    shortest: 32,
    accepts: (secret) => isVaried(secret, 6),
    example(random) {
      const secret = UUID.make(random);
      return { secret, text: `curl -H "Authorization: Splunk ${secret}" https://splunk.example.com:8088/` };
    },
  },
  named({
    id: 'splunk-observability-token',
    provider: 'Splunk',
    title: 'Splunk Observability (SignalFx) access token',
    source: 'https://dev.splunk.com/observability/docs/administration/authtokens/',
    names: ['signalfx', 'sfx', 'splunk access', 'splunk observability'],
    value: base64url(22),
  }),
  named({
    id: 'sumo-logic-access-key',
    provider: 'Sumo Logic',
    title: 'Sumo Logic access key',
    source: SUMO_LOGIC,
    names: ['sumo'],
    value: alphanumeric(64),
  }),
  named({
    id: 'sumo-logic-access-id',
    provider: 'Sumo Logic',
    title: 'Sumo Logic access id',
    source: SUMO_LOGIC,
    names: ['sumo'],
    value: { source: 'su[A-Za-z0-9]{12}', shortest: 14, make: (random) => `su${draw(random, ALPHANUMERIC, 11)}7` },
    label: 'id',
    accepts: isNoWord,
  }),
  {
    id: 'sumo-logic-collector',
    provider: 'Sumo Logic',
    title: 'Address of a Sumo Logic HTTP source',
    source: 'https://help.sumologic.com/docs/send-data/hosted-collectors/http-source/logs-metrics/',
    keywords: ['sumologic.com/receiver'],
    before: /sumologic\.com\/receiver\/v1\/[a-z]{2,8}\//,
    secret: /[A-Za-z0-9_-]+={0,2}/,
    shortest: 40,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const secret = `ZaVnC4dhaV${draw(random, BASE64URL, 60)}==`;
      return { secret, text: `https://endpoint4.collection.sumologic.com/receiver/v1/http/${secret}` };
    },
  },
  token({
    id: 'coralogix-key',
    provider: 'Coralogix',
    title: 'API key',
    source: 'https://coralogix.com/docs/user-guides/account-management/api-keys/api-keys/',
    prefix: ['cxtp_', 'cxup_'],
    length: 30,
  }),
  named({
    id: 'logzio-token',
    provider: 'Logz.io',
    title: 'Logz.io shipping or API token',
    source: 'https://docs.logz.io/docs/user-guide/admin/authentication-tokens/',
    names: ['logzio', 'logz.io', 'logz_io', 'logz-io'],
    value: alphanumeric(32),
  }),
  named({
    id: 'logzio-api-token',
    provider: 'Logz.io',
    title: 'Logz.io API token',
    source: 'https://docs.logz.io/docs/user-guide/admin/authentication-tokens/',
    names: ['logzio', 'logz.io', 'logz_io', 'logz-io'],
    value: UUID,
  }),
  named({
    id: 'loggly-token',
    provider: 'Loggly',
    title: 'Loggly customer token',
    source:
      'https://documentation.solarwinds.com/en/success_center/loggly/content/admin/customer-token-authentication-token.htm',
    value: UUID,
  }),
  {
    id: 'loggly-address',
    provider: 'Loggly',
    title: 'Customer token in a Loggly address',
    source: 'https://documentation.solarwinds.com/en/success_center/loggly/content/admin/http-endpoint.htm',
    keywords: ['loggly.com/'],
    before: /loggly\.com\/(?:inputs|bulk)\//,
    secret: /[0-9a-f-]+/,
    shortest: 36,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const secret = UUID.make(random);
      return { secret, text: `https://logs-01.loggly.com/inputs/${secret}/tag/http/` };
    },
  },
  named({
    id: 'papertrail-token',
    provider: 'Papertrail',
    title: 'Papertrail API token',
    source: 'https://www.papertrail.com/help/settings-api/',
    value: alphanumeric(20),
  }),
  named({
    id: 'logdna-key',
    provider: 'Mezmo',
    title: 'Mezmo (LogDNA) ingestion or service key',
    source: 'https://docs.mezmo.com/docs/ingestion-key',
    names: ['logdna', 'mezmo'],
    value: hex(32),
  }),
  named({
    id: 'sematext-token',
    provider: 'Sematext',
    title: 'Sematext token',
    source: 'https://sematext.com/docs/api/',
    value: UUID,
  }),
  named({
    id: 'rollbar-token',
    provider: 'Rollbar',
    title: 'Rollbar access token',
    source: 'https://docs.rollbar.com/docs/access-tokens',
    value: hex(32),
  }),
  named({
    id: 'bugsnag-key',
    provider: 'Bugsnag',
    title: 'Bugsnag API key',
    source: 'https://docs.bugsnag.com/api/',
    value: hex(32),
  }),
  named({
    id: 'bugsnag-token',
    provider: 'Bugsnag',
    title: 'Bugsnag personal auth token',
    source: 'https://bugsnagapiv2.docs.apiary.io/#introduction/authentication',
    value: UUID,
  }),
  named({
    id: 'raygun-key',
    provider: 'Raygun',
    title: 'Raygun API key or token',
    source: 'https://raygun.com/documentation/product-guides/crash-reporting/api/',
    value: base64url(22, 48),
  }),
  named({
    id: 'airbrake-key',
    provider: 'Airbrake',
    title: 'Airbrake project or user key',
    source: 'https://docs.airbrake.io/docs/devops-tools/api/',
    value: alphanumeric(32, 40),
  }),
  named({
    id: 'honeybadger-key',
    provider: 'Honeybadger',
    title: 'Honeybadger API key or token',
    source: 'https://docs.honeybadger.io/api/',
    value: alphanumeric(20),
  }),
  token({
    id: 'honeybadger-project-key',
    provider: 'Honeybadger',
    title: 'API key',
    source: 'https://docs.honeybadger.io/api/',
    prefix: ['hbp_', 'hbu_'],
    length: 30,
  }),
  token({
    id: 'sentry-org-token',
    provider: 'Sentry',
    title: 'organization token',
    source: SENTRY,
    // An object in base64 follows, then 32 bytes.
    prefix: 'sntrys_eyJ',
    body: {
      source: '[A-Za-z0-9+/]+={0,2}_[A-Za-z0-9+/]{43}',
      make: (random) => `${draw(random, BASE64, 97)}_${draw(random, BASE64, 43)}`,
    },
    alphabet: `${BASE64}=_-`,
    length: 60,
    exact: true,
  }),
  token({
    id: 'sentry-user-token',
    provider: 'Sentry',
    title: 'user or internal integration token',
    source: SENTRY,
    prefix: ['sntryu_', 'sntrya_', 'sntryi_', 'sntryr_'],
    alphabet: HEX,
    length: 64,
    exact: true,
  }),
  named({
    id: 'sentry-old-token',
    provider: 'Sentry',
    title: 'Sentry token of the older form',
    source: SENTRY,
    value: hex(64),
  }),
  {
    id: 'sentry-dsn',
    provider: 'Sentry',
    title: 'Secret key of an older Sentry DSN',
    source: 'https://develop.sentry.dev/sdk/overview/#parsing-the-dsn',
    keywords: ['.sentry.io', '@sentry'],
    search: 'line',
    before: /:\/\/[0-9a-f]{32}:/,
    secret: /[0-9a-f]+(?=@)/,
    shortest: 32,
    prefixed: true,
    example(random) {
      const secret = draw(random, HEX, 32);
      return { secret, text: `SENTRY_DSN=https://${draw(random, HEX, 32)}:${secret}@o1.ingest.sentry.io/2` };
    },
  },
];

/** `sumOfExposures` is one, with capitals behind small letters alone. */
function isNoWord(text: string): boolean {
  return /\d|[A-Z]{2}/.test(text);
}
