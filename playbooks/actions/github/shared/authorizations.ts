// The tokens and keys that an account let an organization's single sign-on authorize.
// https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs#list-saml-sso-authorizations-for-an-organization
import type { Api, Target } from '../../../../services/core/action.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import type { Json } from '../../../../services/core/json.ts';
import { listed } from '../../listed.ts';
import { accountPart, organizationPath } from '../paths.ts';

const NONE =
  'the organization has no single sign-on, or the credential is none of an owner: ask the account to delete the token or key, or remove the account';

export function authorizationsPath(action: string, target: Target): string {
  return `${organizationPath(action, target)}/credential-authorizations`;
}

/** Throws API_REFUSED, with what a person has to do where single sign-on is not used. */
export async function authorizations(
  action: string,
  target: Target,
  api: Api,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const path = `${authorizationsPath(action, target)}?login=${accountPart(action, target)}`;
  try {
    return await listed(path, api, signal);
  } catch (error) {
    if (!(error instanceof PipewardenError && error.data.status === 404)) throw error;
    throw new PipewardenError('API_REFUSED', { method: 'GET', path, status: 404, problem: NONE });
  }
}
