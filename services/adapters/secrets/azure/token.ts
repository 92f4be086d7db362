// A token of Microsoft Entra for Key Vault: as the workload identity of a pod, or as the managed identity of a machine.
// https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential
// https://learn.microsoft.com/en-us/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#get-a-token-using-http
import type { Instant } from '../../../core/time.ts';
import { askJson, secondsIn, textIn } from '../answer.ts';
import type { Request } from '../ask.ts';
import type { World } from '../manager.ts';

export interface AzureToken {
  readonly token: string;
  readonly expires: Instant;
}

const METADATA = 'http://169.254.169.254/metadata/identity/oauth2/token';
const AUTHORITY = 'https://login.microsoftonline.com/';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** `domain`: of the vaults, `vault.azure.net`. */
export async function azureToken(world: World, domain: string, signal: AbortSignal): Promise<AzureToken> {
  const since = world.clock.now();
  const request = (await federated(world, domain)) ?? managed(world, domain);
  const body = await askJson(world.ask, request, signal);
  return { token: textIn(body, 'access_token', request), expires: since + (secondsIn(body, 'expires_in') ?? 0) };
}

/** What the workload identity webhook puts into a pod; undefined where it did not. */
async function federated({ env, readFile }: World, domain: string): Promise<Request | undefined> {
  const { AZURE_FEDERATED_TOKEN_FILE: file, AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client } = env;
  if (!file || !tenant || !client) return undefined;
  const authority = (env.AZURE_AUTHORITY_HOST || AUTHORITY).replace(/\/*$/, '/');
  return {
    method: 'POST',
    url: `${authority}${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      scope: `https://${domain}/.default`,
      client_assertion_type: ASSERTION,
      // The kubelet renews it within the hour.
      client_assertion: await readFile(file),
    }).toString(),
  };
}

function managed({ env }: World, domain: string): Request {
  const client = env.AZURE_CLIENT_ID;
  const query = new URLSearchParams({
    'api-version': '2018-02-01',
    resource: `https://${domain}`,
    ...(client && { client_id: client }),
  });
  return { method: 'GET', url: `${METADATA}?${query}`, headers: { metadata: 'true' } };
}
