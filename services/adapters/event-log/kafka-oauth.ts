// A token for SASL/OAUTHBEARER (RFC 7628) by the client credentials grant of OAuth 2.0 (RFC 6749, section 4.4).
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';

export interface TokenEndpoint {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

const ANSWER_WITHIN_MS = 10_000;
/** Of its life a token is used for so much, so that none runs out on its way. */
const USED_SHARE = 0.8;

/** RFC 6749, section 5.1; a server that does not say how long its token lives means that it is asked each time. */
const Answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().min(0).default(0) });

/** Gives a token that is still good, asking for one where there is none. Rejects with LOG_UNAVAILABLE or LOG_REFUSED. */
export function clientCredentials(endpoint: TokenEndpoint): () => Promise<string> {
  const { clock } = endpoint;
  let known: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    if (known && clock.now() < known.until) return known.token;
    const asked = clock.now();
    const { access_token, expires_in } = await ask(endpoint);
    known = { token: access_token, until: asked + expires_in * 1000 * USED_SHARE };
    return access_token;
  };
}

async function ask({ url, clientId, clientSecret, scope, fetch }: TokenEndpoint): Promise<z.output<typeof Answer>> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) });
  // Section 2.3.1: both are form-encoded before they are put together.
  const pair = [clientId, clientSecret].map((text) => encodeURIComponent(text)).join(':');
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { authorization, accept: 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch (error) {
    const problem = `the token endpoint ${url} gives no answer: ${messageOf(error)}`;
    throw new PipewardenError('LOG_UNAVAILABLE', { problem }, error);
  }
  const answer = Answer.safeParse(await response.json().catch(() => undefined));
  if (response.ok && answer.success) return answer.data;
  const what = response.ok ? 'something that is no token' : `${response.status}`;
  const problem = `the token endpoint ${url} answered ${what}: check client_id, client_secret and scope`;
  throw new PipewardenError(response.status >= 500 ? 'LOG_UNAVAILABLE' : 'LOG_REFUSED', { problem });
}
