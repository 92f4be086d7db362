// Azure's Key Vault: secrets, not keys or certificates.
// https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secret/get-secret
import { askJson, textIn } from './answer.ts';
import type { Request } from './ask.ts';
import { type AzureToken, azureToken } from './azure/token.ts';
import { createExpiring, type Expiring, withCredential } from './expiring.ts';
import type { Manager } from './manager.ts';

const VERSION = '7.4';
const DOMAIN = 'vault.azure.net';

export const azure: Manager = {
  kind: 'azure',
  title: 'Azure Key Vault',
  form: 'VAULT/SECRET/VERSION',
  // In other clouds than the public one the vault's whole name: a token for vaults goes to no other host.
  place:
    /^[A-Za-z0-9-]{3,127}(?:\.vault\.azure\.(?:net|cn)|\.vault\.usgovcloudapi\.net)?\/[A-Za-z0-9-]{1,127}(?:\/[A-Za-z0-9]{1,64})?$/,
  connect(world) {
    const byDomain = new Map<string, Expiring<AzureToken>>();
    const tokensOf = (domain: string) => {
      const tokens = byDomain.get(domain) ?? createExpiring((signal) => azureToken(world, domain, signal), world.clock);
      byDomain.set(domain, tokens);
      return tokens;
    };
    return {
      read(place, signal) {
        const [vault = '', secret, version = ''] = place.split('/');
        const dot = vault.indexOf('.');
        const domain = dot < 0 ? DOMAIN : vault.slice(dot + 1);
        const host = dot < 0 ? `${vault}.${DOMAIN}` : vault;
        return withCredential(tokensOf(domain), signal, async ({ token }) => {
          const request: Request = {
            method: 'GET',
            url: `https://${host}/secrets/${secret}/${version}?api-version=${VERSION}`,
            headers: { authorization: `Bearer ${token}` },
          };
          return textIn(await askJson(world.ask, request, signal), 'value', request);
        });
      },
    };
  },
};
