// A client of one system's HTTP API, with the credential inside: it leaves this file in one header alone.
import type { Api, ApiRequest, ApiResponse } from '../core/action.ts';
import { causeOf, PipewardenError } from '../core/errors.ts';
import { isObject, type Json } from '../core/json.ts';
import { SECOND } from '../core/time.ts';

export interface HttpApiOptions {
  /** Address that request paths are put behind: `https://api.github.com`. */
  readonly baseUrl: string;
  /** As it is now: asked for at each request. */
  readonly token: () => string;
  /** The token was refused: resolves when it has been looked up anew. Never rejects. */
  renew?(): Promise<void>;
  readonly userAgent: string;
  readonly fetch: typeof globalThis.fetch;
  /** How the token is shown; default `authorization: Bearer TOKEN`. */
  readonly show?: (token: string) => Readonly<Record<string, string>>;
  /** What the system wants beside. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 15 s. */
  readonly timeoutMs?: number;
}

/** Throws CONFIG_INVALID for a token that cannot stand in a header; so do its requests, when it becomes one. */
export function createHttpApi(options: HttpApiOptions): Api {
  const { userAgent, renew, show = bearer, timeoutMs = 15 * SECOND } = options;
  tokenOf(options);
  const base = options.baseUrl.replace(/\/+$/, '');
  const headers = {
    accept: 'application/json',
    ...options.headers,
    'user-agent': userAgent,
  };

  async function send(request: ApiRequest, token: string, signal: AbortSignal): Promise<ApiResponse> {
    const { method, path, body, form, headers: own } = request;
    const withoutToken = (text: string) => text.replaceAll(token, '[token]').slice(0, 300);
    let response: Response;
    let text: string;
    try {
      response = await options.fetch(`${base}${path}`, {
        method,
        headers: { ...headers, ...contentType(request), ...own, ...show(token) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
        // The credential goes to the address that was configured, and a changed method contains nothing.
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      text = await response.text();
    } catch (error) {
      // Without `cause`: what the client threw may hold the request.
      throw new PipewardenError('API_UNREACHABLE', { method, path, problem: withoutToken(causeOf(error)) });
    }
    const answer = { status: response.status, body: parse(text) };
    refuse(request, answer, response.headers, withoutToken);
    return answer;
  }

  return async (request, signal) => {
    if (!request.path.startsWith('/'))
      throw new PipewardenError('INTERNAL', { problem: 'a request path begins with /' });
    const token = tokenOf(options);
    try {
      return await send(request, token, signal);
    } catch (error) {
      if (!(error instanceof PipewardenError && error.data.status === 401) || !renew) throw error;
      // Refused for who asks, so not done: a token that was rotated a moment ago is taken up.
      await renew();
      const renewed = tokenOf(options);
      if (renewed === token) throw error;
      return await send(request, renewed, signal);
    }
  };
}

function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}

function contentType({ body, form }: ApiRequest): Readonly<Record<string, string>> {
  if (body !== undefined) return { 'content-type': 'application/json' };
  return form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
}

function tokenOf({ token }: HttpApiOptions): string {
  const now = token();
  // An HTTP client would quote such a token in its own error.
  if (/^[\x21-\x7e]+$/.test(now)) return now;
  throw new PipewardenError('CONFIG_INVALID', { problems: 'a token is empty or has characters that none can have' });
}

/** GitHub answers 403 for rate limits too: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function refuse(
  { method, path }: ApiRequest,
  { status, body }: ApiResponse,
  headers: Headers,
  withoutToken: (text: string) => string,
): void {
  const limited = headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0';
  if (status === 429 || status >= 500 || (status === 403 && limited)) {
    throw new PipewardenError('API_BUSY', { method, path, status });
  }
  if (status === 401 || status === 403) {
    const message = isObject(body) && typeof body.message === 'string' ? body.message : 'the credential is not enough';
    throw new PipewardenError('API_REFUSED', { method, path, status, problem: withoutToken(message) });
  }
}

/** Null for what is no JSON. */
export function parse(text: string): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page in place of an answer: its status says what there is to know.
    return null;
  }
}
