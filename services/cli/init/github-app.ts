// A GitHub App of the user's own, made from a manifest: GitHub asks once, and gives its id, key and webhook secret.
// https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { PipewardenError } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { serveApp } from '../serve.ts';

/** All to read. Names as in GitHub's description of its API (`app-permissions`). */
const PERMISSIONS = {
  actions: 'read',
  administration: 'read',
  checks: 'read',
  contents: 'read',
  deployments: 'read',
  environments: 'read',
  issues: 'read',
  members: 'read',
  metadata: 'read',
  organization_administration: 'read',
  organization_hooks: 'read',
  organization_personal_access_token_requests: 'read',
  organization_secrets: 'read',
  organization_self_hosted_runners: 'read',
  packages: 'read',
  pull_requests: 'read',
  repository_hooks: 'read',
  secret_scanning_alerts: 'read',
  secrets: 'read',
  security_events: 'read',
  vulnerability_alerts: 'read',
} as const;

/** What carries meaning for pipelines: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const EVENTS = [
  ...['push', 'create', 'delete', 'public', 'release', 'registry_package', 'repository', 'repository_ruleset'],
  ...['workflow_run', 'workflow_job', 'workflow_dispatch', 'check_run', 'check_suite', 'repository_dispatch'],
  ...['deployment', 'deployment_status', 'deployment_review', 'deployment_protection_rule', 'status'],
  ...['branch_protection_rule', 'branch_protection_configuration', 'security_and_analysis', 'deploy_key'],
  ...['member', 'membership', 'organization', 'org_block', 'team', 'team_add', 'personal_access_token_request'],
  ...[
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'issues',
    'issue_comment',
    'commit_comment',
  ],
  ...['code_scanning_alert', 'dependabot_alert', 'secret_scanning_alert', 'secret_scanning_alert_location', 'meta'],
] as const;

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
    default_permissions: PERMISSIONS,
    default_events: EVENTS,
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
