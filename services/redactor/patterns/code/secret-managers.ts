// Tokens of secret managers, clusters and what unlocks files.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder } from '../../plausible.ts';
import { alphanumeric, base64url, named, UUID } from '../make/named.ts';
import {
  ALPHANUMERIC,
  BASE64,
  BASE64URL,
  BORDER,
  bare,
  draw,
  HEX,
  isVariedTail,
  LOWER_ALPHANUMERIC,
  token,
  UPPER_ALPHANUMERIC,
} from '../make/token.ts';

const VAULT = 'https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes';

export const secretManagers: readonly Pattern[] = [
  token({
    id: 'vault-service-token',
    provider: 'HashiCorp Vault',
    title: 'service or recovery token',
    source: VAULT,
    prefix: ['hvs.', 'hvr.'],
    alphabet: BASE64URL,
    length: 24,
  }),
  token({
    id: 'vault-batch-token',
    provider: 'HashiCorp Vault',
    title: 'batch token',
    source: VAULT,
    prefix: 'hvb.',
    alphabet: BASE64URL,
    length: 100,
  }),
  named({
    id: 'vault-old-token',
    provider: 'HashiCorp Vault',
    title: 'HashiCorp Vault token of the older form',
    source: VAULT,
    names: ['vault'],
    value: {
      source: '[sb]\\.[0-9A-Za-z]{24}',
      shortest: 26,
      make: (random) => `s.${draw(random, ALPHANUMERIC, 24)}`,
    },
    label: 'optional',
  }),
  {
    id: 'vault-unseal-key',
    provider: 'HashiCorp Vault',
    title: 'HashiCorp Vault unseal or recovery key',
    source: 'https://developer.hashicorp.com/vault/docs/concepts/seal',
    keywords: ['unseal key', 'recovery key'],
    before: /(?:unseal|recovery) key (?:[0-9]{1,2}|\(will be hidden\)): /i,
    secret: /[A-Za-z0-9+/]+={0,2}/,
    shortest: 44,
    accepts: isVariedTail,
    example(random) {
      const secret = draw(random, BASE64, 44);
      return { secret, text: `Unseal Key 1: ${secret}` };
    },
  },
  named({
    id: 'consul-token',
    provider: 'HashiCorp',
    title: 'Consul or Nomad token',
    source: 'https://developer.hashicorp.com/consul/docs/security/acl/tokens',
    names: ['consul', 'nomad'],
    value: UUID,
  }),
  {
    id: 'doppler-token',
    provider: 'Doppler',
    title: 'Doppler token',
    source: 'https://docs.doppler.com/reference/auth-token-formats',
    keywords: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.said.', 'dp.scim.', 'dp.audit.'],
    secret: /dp\.(?:pt|ct|sa|said|scim|audit|st(?:\.[a-z0-9_-]{2,35})?)\.[A-Za-z0-9]{40,44}/,
    shortest: 46,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`dp.pt.${draw(random, ALPHANUMERIC, 43)}`),
  },
  named({
    id: 'infisical-token',
    provider: 'Infisical',
    title: 'Infisical service token',
    source: 'https://infisical.com/docs/documentation/platform/token',
    value: {
      source: 'st\\.[0-9a-f-]{24,36}\\.[0-9a-f]{32,64}\\.[0-9a-f]{32}',
      shortest: 92,
      make: (random) => `st.${draw(random, HEX, 24)}.${draw(random, HEX, 32)}.${draw(random, HEX, 32)}`,
    },
    label: 'optional',
  }),
  token({
    id: 'onepassword-service-token',
    provider: '1Password',
    title: 'service account token',
    source: 'https://developer.1password.com/docs/service-accounts/',
    prefix: 'ops_eyJ',
    alphabet: `${BASE64URL}+/=`,
    length: 250,
  }),
  {
    id: 'onepassword-secret-key',
    provider: '1Password',
    title: '1Password secret key',
    source: 'https://support.1password.com/secret-key-security/',
    keywords: ['a3-'],
    secret: new RegExp(
      `${BORDER}A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}(?![A-Za-z0-9-])`,
    ),
    shortest: 39,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) =>
      bare(`A3-${[6, 6, 5, 5, 5, 5].map((length) => draw(random, UPPER_ALPHANUMERIC, length)).join('-')}`),
  },
  named({
    id: 'onepassword-connect-token',
    provider: '1Password',
    title: '1Password Connect token',
    source: 'https://developer.1password.com/docs/connect/',
    names: ['op connect', 'one password', '1password'],
    value: base64url(40, 300),
  }),
  named({
    id: 'bitwarden-access-token',
    provider: 'Bitwarden',
    title: 'Bitwarden machine account token',
    source: 'https://bitwarden.com/help/access-tokens/',
    names: ['bws', 'bitwarden'],
    value: {
      source: '0\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[0-9A-Za-z]{30}:[0-9A-Za-z+/]{22}={0,2}',
      shortest: 92,
      make: (random) => `0.${UUID.make(random)}.${draw(random, ALPHANUMERIC, 30)}:${draw(random, ALPHANUMERIC, 22)}==`,
    },
    label: 'optional',
  }),
  named({
    id: 'bitwarden-client-secret',
    provider: 'Bitwarden',
    title: 'Bitwarden API client secret',
    source: 'https://bitwarden.com/help/personal-api-key/',
    names: ['bw_client', 'bitwarden'],
    value: alphanumeric(30),
  }),
  token({
    id: 'age-identity',
    provider: 'age',
    title: 'identity',
    source: 'https://age-encryption.org/v1',
    prefix: 'AGE-SECRET-KEY-1',
    alphabet: UPPER_ALPHANUMERIC,
    length: 58,
  }),
  {
    id: 'kubernetes-bootstrap-token',
    provider: 'Kubernetes',
    title: 'Kubernetes bootstrap token',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/',
    keywords: ['--token', 'token:'],
    before: /(?:--token[ =]|token: ?)["']?/,
    secret: /[a-z0-9]{6}\.[a-z0-9]{16}(?![a-z0-9])/,
    shortest: 23,
    accepts: isVariedTail,
    example(random) {
      const secret = `${draw(random, LOWER_ALPHANUMERIC, 6)}.${draw(random, LOWER_ALPHANUMERIC, 16)}`;
      return { secret, text: `kubeadm join 10.0.0.1:6443 --token ${secret}` };
    },
  },
  {
    id: 'kubeconfig-key',
    provider: 'Kubernetes',
    title: 'Kubernetes client key in a kubeconfig',
    source: 'https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/',
    keywords: ['client-key-data'],
    before: /client-key-data\\?["']?[ \t]?:[ \t]*\\?["']?/,
    secret: /[A-Za-z0-9+/]+={0,2}/,
    shortest: 40,
    accepts: isVariedTail,
    example(random) {
      const secret = draw(random, BASE64, 160);
      return { secret, text: `    client-key-data: ${secret}` };
    },
  },
  {
    id: 'gpg-passphrase',
    provider: 'GnuPG',
    title: 'Passphrase on the command line of gpg',
    source: 'https://www.gnupg.org/documentation/manuals/gnupg/GPG-Esoteric-Options.html',
    keywords: ['--passphrase'],
    before: /--passphrase[ =]["']?/,
    secret: /[^\0 \t\r\n"'`<>|;&\\-][^\0 \t\r\n"'`<>|;&\\]*/,
    shortest: 4,
    accepts: (secret) => !isPlaceholder(secret),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 16);
      return { secret, text: `gpg --batch --passphrase ${secret} --decrypt secrets.tar.gpg` };
    },
  },
];
