// What a fault is done to and what is looked at afterwards: an installation that contains for real, at a GitHub that
// remembers what was done to it.
import type { AuditEntry, ChainedAuditEntry } from '../../../services/core/audit.ts';
import type { Finding } from '../../../services/core/finding.ts';
import type { Incident } from '../../../services/core/incident.ts';
import type { ActivityEntry, FindingEntry } from '../../../services/core/messages.ts';
import type { DocumentStore } from '../../../services/core/ports/document-store.ts';
import type { EventLog } from '../../../services/core/ports/event-log.ts';
import type { CollectionName, TopicName } from '../../../services/core/topics.ts';
import type { RunDocument } from '../../../services/responder/run.ts';
import { SECRET } from '../../collector/deliveries.ts';
import type { Hook, HookReceiver } from '../../helpers/hook-receiver.ts';
import { type GithubServer, TOKEN } from '../../playbooks/github-server.ts';
import type { Supervised } from './processes.ts';

export interface Site extends Seen {
  /** Where deliveries are sent to. */
  readonly receivers: readonly string[];
  readonly github: GithubServer;
  readonly processes: Supervised[];
  /** Resolves when every consumer has committed what was in the log at the call. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** All that can be looked at. */
export interface Seen {
  readonly github: {
    readonly effects: readonly string[];
    readonly requests: readonly string[];
    readonly rulesets: readonly unknown[];
  };
  readonly hooks: { readonly hooks: readonly Pick<Hook, 'id' | 'body' | 'status'>[] };
  logged(): Promise<Logged>;
  stored(): Promise<Kept>;
}

/** What the event log holds, in order. */
export interface Logged {
  readonly activities: readonly string[];
  readonly findings: readonly Finding[];
  readonly incidents: readonly Incident[];
  readonly decisions: readonly AuditEntry[];
  readonly audit: readonly ChainedAuditEntry[];
  readonly deadLetters: readonly unknown[];
}

/** What the document store holds. */
export interface Kept {
  readonly findings: readonly string[];
  readonly incidents: readonly Incident[];
  readonly audit: readonly ChainedAuditEntry[];
  readonly runs: readonly RunDocument[];
}

const HOOK_SECRET = ['for', 'the', 'hook'].join('-');

/** Every collector's fingerprints are made with it; what is compared with is made with the same one. */
export const REDACTION_KEY = new Uint8Array(32);

export const ENV: Readonly<Record<string, string>> = {
  GITHUB_WEBHOOK_SECRET: SECRET,
  GITHUB_TOKEN: TOKEN,
  HOOK_SECRET,
  REDACTION_KEY: Buffer.from(REDACTION_KEY).toString('base64'),
};

export { HOOK_SECRET };

export function configurationOf(github: GithubServer, hooks: HookReceiver) {
  return {
    log: { level: 'warn' },
    console: { port: 0 },
    sources: [{ source: 'github.webhook', secrets: ['${env:GITHUB_WEBHOOK_SECRET}'] }],
    redaction: { key: '${env:REDACTION_KEY}' },
    alerts: { per_week: 10_000 },
    // Rounds follow each other faster than a company's incidents: their hour holds more than an hour's steps.
    containment: {
      mode: 'act',
      limits: { per_hour: 10_000 },
      github: { url: github.url, token: '${env:GITHUB_TOKEN}' },
    },
    destinations: [{ id: 'hook', type: 'webhook', url: hooks.url, secret: '${env:HOOK_SECRET}', send: ['incident'] }],
  };
}

/** Reads on where it stopped the last time. */
export function logReader(log: EventLog): () => Promise<Logged> {
  const read = new Map<string, { next: number; readonly values: unknown[] }>();
  async function all<Value>(topic: TopicName): Promise<readonly Value[]> {
    const values: Value[] = [];
    for (let partition = 0; partition < log.partitions(topic); partition++) {
      const place = `${topic}/${partition}`;
      const known = read.get(place) ?? { next: 0, values: [] };
      read.set(place, known);
      for (;;) {
        const page = await log.read(topic, partition, known.next, 1000);
        const last = page.at(-1);
        if (!last) break;
        known.values.push(...page.map(({ value }): unknown => JSON.parse(value)));
        known.next = last.offset + 1;
      }
      for (const value of known.values) values.push(value as Value);
    }
    return values;
  }
  return async () => ({
    activities: (await all<Partial<ActivityEntry>>('activity')).flatMap(({ activity }) => activity?.id ?? []),
    findings: (await all<FindingEntry>('finding')).flatMap((entry) =>
      entry.type === 'finding' ? [entry.finding] : [],
    ),
    incidents: await all('incident'),
    decisions: await all('decision'),
    audit: await all('audit'),
    deadLetters: await all('dead-letter'),
  });
}

export async function everything(store: DocumentStore): Promise<Kept> {
  const all = async <Body extends object>(collection: CollectionName) => {
    const found: { readonly id: string; readonly body: Body }[] = [];
    let after: string | undefined;
    do {
      const page = await store.search<Body>(collection, { limit: 1000, ...(after !== undefined && { after }) });
      found.push(...page.documents);
      after = page.next;
    } while (after !== undefined);
    return found;
  };
  return {
    findings: (await all('finding')).map(({ id }) => id),
    incidents: (await all<Incident>('incident')).map(({ body }) => body),
    audit: (await all<ChainedAuditEntry>('audit')).map(({ body }) => body),
    runs: (await all<RunDocument>('run')).map(({ body }) => body),
  };
}
