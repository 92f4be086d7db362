// Tokens of identity providers and private networks.
import type { Pattern } from '../../pattern.ts';
import { alphanumeric, base64url, hex, named } from '../make/named.ts';
import { ALPHANUMERIC, BASE64URL, draw, isVariedTail, LOWER_ALPHANUMERIC, token } from '../make/token.ts';

const OKTA = 'https://developer.okta.com/docs/guides/create-an-api-token/main/';

export const identity: readonly Pattern[] = [
  {
    id: 'okta-header',
    provider: 'Okta',
    title: 'Okta API token in a header',
    source: OKTA,
    keywords: ['ssws '],
    before: /ssws[ \t]+/i,
    secret: /[A-Za-z0-9_-]+/,
    shortest: 30,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const secret = `00${draw(random, BASE64URL, 40)}`;
      return { secret, text: `> Authorization: SSWS ${secret}` };
    },
  },
  named({
    id: 'okta-token',
    provider: 'Okta',
    title: 'Okta API token',
    source: OKTA,
    value: base64url(42),
  }),
  named({
    id: 'okta-client-secret',
    provider: 'Okta',
    title: 'Okta client secret',
    source: 'https://developer.okta.com/docs/guides/client-secret-rotation-key/main/',
    value: base64url(40, 64),
  }),
  named({
    id: 'auth0-secret',
    provider: 'Auth0',
    title: 'Auth0 client secret',
    source: 'https://auth0.com/docs/get-started/applications/application-settings',
    value: base64url(64),
  }),
  token({
    id: 'jumpcloud-key',
    provider: 'JumpCloud',
    title: 'API key',
    source: 'https://docs.jumpcloud.com/api/1.0/index.html',
    prefix: 'jca_',
    length: 36,
  }),
  named({
    id: 'jumpcloud-old-key',
    provider: 'JumpCloud',
    title: 'JumpCloud API key without a prefix',
    source: 'https://docs.jumpcloud.com/api/1.0/index.html',
    value: hex(40),
  }),
  named({
    id: 'duo-secret-key',
    provider: 'Duo',
    title: 'Duo secret key',
    source: 'https://duo.com/docs/adminapi',
    names: ['duo_', 'duo security'],
    value: alphanumeric(40),
  }),
  named({
    id: 'onelogin-secret',
    provider: 'OneLogin',
    title: 'OneLogin client secret',
    source: 'https://developers.onelogin.com/api-docs/1/getting-started/working-with-api-credentials',
    value: hex(64),
  }),
  {
    id: 'keycloak-secret',
    provider: 'Keycloak',
    title: 'Keycloak client secret',
    source: 'https://www.keycloak.org/docs/latest/server_admin/#_client-credentials',
    keywords: ['keycloak', 'kc_client'],
    before: /(?:keycloak|kc_client)[A-Za-z0-9_.-]{0,40}secret["'\\]{0,2}[ \t]{0,3}[:=][ \t]{0,3}["'\\]{0,2}/i,
    secret: /[A-Za-z0-9]+/,
    shortest: 32,
    accepts: isVariedTail,
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 32);
      return { secret, text: `KEYCLOAK_CLIENT_SECRET=${secret}` };
    },
  },
  token({
    id: 'tailscale-key',
    provider: 'Tailscale',
    title: 'API, auth or OAuth key',
    source: 'https://tailscale.com/kb/1252/key-secret-management',
    prefix: ['tskey-', 'tskey-auth-', 'tskey-api-', 'tskey-client-', 'tskey-webhook-', 'tskey-scim-'],
    alphabet: `${ALPHANUMERIC}-`,
    length: 20,
  }),
  named({
    id: 'frontegg-secret',
    provider: 'Frontegg',
    title: 'Frontegg secret',
    source: 'https://docs.frontegg.com/reference/getting-started-with-your-api',
    value: hex(64),
  }),
  named({
    id: 'cognito-client-secret',
    provider: 'AWS',
    title: 'Cognito app client secret',
    source: 'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html',
    names: ['cognito'],
    value: {
      source: '[0-9a-z]{50,52}',
      shortest: 50,
      make: (random) => draw(random, LOWER_ALPHANUMERIC, 52),
    },
  }),
];
