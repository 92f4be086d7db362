// The client of a system's API: what it sends, what it makes of an answer, and that its credential never comes out.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiRequest } from '../../services/core/action.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { createHttpApi, type HttpApiOptions } from '../../services/responder/http-api.ts';
import { type GithubServer, startGithub, TOKEN, WORKFLOW_ID } from '../playbooks/github-server.ts';

const RUN: ApiRequest = { method: 'GET', path: '/repos/acme/shop/actions/runs/42' };
const signal = new AbortController().signal;
let github: GithubServer;

beforeEach(async () => {
  github = await startGithub();
  github.runs.set('acme/shop/42', { status: 'queued', conclusion: null });
});
afterEach(async () => {
  await github.close();
});

function api(own: Partial<HttpApiOptions> = {}) {
  return createHttpApi({ baseUrl: `${github.url}/`, token: () => TOKEN, userAgent: 'pipewarden', fetch, ...own });
}

async function failure(call: Promise<unknown>): Promise<PipewardenError> {
  const error = await call.catch((reason: unknown) => reason);
  if (!(error instanceof PipewardenError)) throw new Error(`expected one of our errors, got ${JSON.stringify(error)}`);
  expect(JSON.stringify([error.message, error.data, error.stack, String(error.cause)])).not.toContain(TOKEN);
  return error;
}

describe('an answer', () => {
  test('is given as it is', async () => {
    expect(await api()(RUN, signal)).toEqual({
      status: 200,
      body: { status: 'queued', conclusion: null, workflow_id: WORKFLOW_ID },
    });
    expect(await api()({ ...RUN, path: '/repos/acme/shop/actions/runs/7' }, signal)).toMatchObject({ status: 404 });
  });

  test('that is no JSON has no body', async () => {
    const proxy: typeof fetch = async () => new Response('<html>', { status: 404 });
    expect(await api({ fetch: proxy })(RUN, signal)).toEqual({ status: 404, body: null });
  });

  test('of somebody else, behind a redirect, is never asked for', async () => {
    github.before = () => ({ status: 307, headers: { location: 'https://elsewhere.example/' } });
    expect(await api()(RUN, signal)).toMatchObject({ status: 307 });
    expect(github.requests).toHaveLength(1);
  });
});

describe('no answer', () => {
  test('within the time is worth another try', async () => {
    github.before = async () => await new Promise<undefined>(() => undefined);
    expect(await failure(api({ timeoutMs: 30 })(RUN, signal))).toMatchObject({
      code: 'API_UNREACHABLE',
      fate: 'retry',
    });
  });

  test('when nobody listens says so', async () => {
    await github.close();
    expect((await failure(api()(RUN, signal))).message).toContain('ECONNREFUSED');
    github = await startGithub();
  });

  test('when it is called off', async () => {
    expect(await failure(api()(RUN, AbortSignal.abort()))).toMatchObject({ code: 'API_UNREACHABLE' });
  });
});

describe('the credential', () => {
  test('does not come back out of a refusal that quotes it', async () => {
    github.before = () => ({ status: 401, body: { message: `bad credentials: ${TOKEN}` } });
    expect((await failure(api()(RUN, signal))).message).toContain('bad credentials: [token]');
  });

  test('does not come out of an error of the client', async () => {
    const quoting: typeof fetch = async () => {
      throw new TypeError('fetch failed', { cause: new Error(`invalid header Bearer ${TOKEN}`) });
    };
    expect((await failure(api({ fetch: quoting })(RUN, signal))).message).toContain('invalid header Bearer [token]');
  });

  test.each(['', `${TOKEN}\n`, `${TOKEN} ${TOKEN}`])(
    'that cannot stand in a header is refused at the start',
    (token) => {
      expect(() => api({ token: () => token })).toThrow(/^a token is empty or has characters that none can have$/);
    },
  );
});
