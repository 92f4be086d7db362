// A GitHub App of the user's own, made from a manifest: GitHub asks once, and gives its id, key and webhook secret.
// https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { EVENTS, PERMISSIONS } from '../../collector/systems/github/permissions.ts';
import { PipewardenError } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { serveApp } from '../serve.ts';

export interface Manifest {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** `host`: where Pipewarden is reached; `redirect`: where GitHub leads the person back to. */
export function manifestOf(organization: string, host: string, redirect?: string): Manifest {
  return {
    name: `Pipewarden of ${organization}`.slice(0, 34),
    url: `https://${host}`,
    hook_attributes: { url: `https://${host}/hooks/github`, active: true },
    ...(redirect !== undefined && { redirect_url: redirect }),
    public: false,
    default_permissions: Object.fromEntries(Object.keys(PERMISSIONS).map((permission) => [permission, 'read'])),
    default_events: Object.values(EVENTS).flat(),
  };
}

export interface MadeApp {
  readonly id: string;
  readonly key: string;
  readonly webhookSecret: string;
  /** Where it is installed. */
  readonly page: string;
}

export interface MakeOptions {
  readonly organization: string;
  readonly host: string;
  /** `https://github.com`, and its API. */
  readonly web: string;
  readonly api: string;
  readonly signal: AbortSignal;
  /** Told the address that a person has to open. */
  onAddress(address: string): void;
}

/** Resolves when somebody has agreed at GitHub. Rejects with API_UNEXPECTED, or the signal's reason. */
export async function makeApp({ organization, host, web, api, signal, onAddress }: MakeOptions): Promise<MadeApp> {
  const state = randomBytes(16).toString('hex');
  const app = new Hono();
  const waiting = Promise.withResolvers<string>();
  const served = await serveApp(app, { host: '127.0.0.1', port: 0 }, 'a free port');
  const stop = () => waiting.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  app.get('/', (context) => {
    const action = `${web}/organizations/${organization}/settings/apps/new?state=${state}`;
    const manifest = JSON.stringify(manifestOf(organization, host, `${served.url}/made`));
    return context.html(html`<!doctype html>
      <title>Pipewarden</title>
      <form action="${action}" method="post">
        <input type="hidden" name="manifest" value="${manifest}" />
        <button>Make the app at GitHub</button>
      </form>`);
  });
  app.get('/made', (context) => {
    const code = context.req.query('code');
    // Anybody may lead a browser here; only GitHub knows the state.
    if (context.req.query('state') !== state || !code) return context.text('This is not what was asked for.\n', 400);
    waiting.resolve(code);
    return context.text('The app is made. Go back to the terminal.\n');
  });
  try {
    onAddress(served.url);
    return await convert(api, await waiting.promise, signal);
  } finally {
    signal.removeEventListener('abort', stop);
    await served.close();
  }
}

async function convert(api: string, code: string, signal: AbortSignal): Promise<MadeApp> {
  const path = `/app-manifests/${encodeURIComponent(code)}/conversions`;
  const headers = { accept: 'application/vnd.github+json, application/json' };
  const answer = await fetch(`${api}${path}`, { method: 'POST', headers, signal });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!isObject(body) || typeof body.pem !== 'string' || typeof body.webhook_secret !== 'string') {
    const problem = `${answer.status}, and no key in it; a code works once, within an hour: begin again`;
    throw new PipewardenError('API_UNEXPECTED', { method: 'POST', path: '/app-manifests', problem });
  }
  return { id: String(body.id), key: body.pem, webhookSecret: body.webhook_secret, page: String(body.html_url) };
}
