// Who asks GitHub: a token, or an app's installation, whose tokens live for an hour.
// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
import { createSign } from 'node:crypto';
import { messageOf, PipewardenError } from '../../../core/errors.ts';
import { isObject } from '../../../core/json.ts';
import { type Instant, MINUTE, SECOND } from '../../../core/time.ts';
import type { Client } from '../client.ts';
import type { Surroundings } from '../system.ts';
import type { GithubSettings } from './settings.ts';

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions (a proxy may know plain JSON alone) */
const HEADERS = {
  accept: 'application/vnd.github+json, application/json',
  'x-github-api-version': '2022-11-28',
} as const;

/** At most ten minutes, and for clocks that differ. */
const JWT_LIFE = 9 * MINUTE;
const JWT_SKEW = MINUTE;
/** A token is not used in its last minutes: a log may take a while. */
const EARLY = 5 * MINUTE;

export interface GithubClients {
  /** What the organization's data is asked with. */
  readonly api: Client;
  /** The app itself, which its own deliveries are asked with; undefined with a token. */
  readonly app: Client | undefined;
}

export function githubClients(settings: GithubSettings, surroundings: Surroundings): GithubClients {
  const { url: baseUrl, share, token, app } = settings;
  if (!app) {
    const bearing = () => ({ ...HEADERS, authorization: `Bearer ${surroundings.secret(token ?? '')}` });
    return { api: surroundings.client({ baseUrl, share, headers: bearing }), app: undefined };
  }
  const signed = () => ({
    ...HEADERS,
    authorization: `Bearer ${webToken(app.id, surroundings.secret(app.key), surroundings.clock.now())}`,
  });
  const appClient = surroundings.client({ baseUrl, share, headers: signed });
  let current: { readonly token: string; readonly expires: Instant } | undefined;
  const headers = async (signal: AbortSignal) => {
    if (!current || current.expires - EARLY < surroundings.clock.now()) {
      current = await installationToken(appClient, app.installation, signal);
    }
    return { ...HEADERS, authorization: `Bearer ${current.token}` };
  };
  return { api: surroundings.client({ baseUrl, share, headers }), app: appClient };
}

async function installationToken(app: Client, installation: string, signal: AbortSignal) {
  const path = `/app/installations/${installation}/access_tokens`;
  const { body } = await app.post(path, {}, signal);
  const expires = isObject(body) ? Date.parse(String(body.expires_at)) : Number.NaN;
  if (!isObject(body) || typeof body.token !== 'string' || Number.isNaN(expires)) {
    throw new PipewardenError('API_UNEXPECTED', { method: 'POST', path, problem: 'there is no token in the answer' });
  }
  return { token: body.token, expires };
}

/** A JSON Web Token by which the app proves itself (RFC 7519, RS256). */
function webToken(id: string, key: string, now: Instant): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const times = { iat: Math.floor((now - JWT_SKEW) / SECOND), exp: Math.floor((now + JWT_LIFE) / SECOND) };
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ ...times, iss: id })}`;
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
  } catch (error) {
    throw new PipewardenError('CONFIG_INVALID', { problems: `the app’s key is no private key: ${messageOf(error)}` });
  }
}
