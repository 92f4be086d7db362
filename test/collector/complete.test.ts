// What the host adds to every activity, whichever source made it: who it was, with what, from where.
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { completed, type Knowledge, NO_KNOWLEDGE } from '../../services/collector/host/complete.ts';
import { openNetworks } from '../../services/collector/networks/networks.ts';
import type { ActivityDraft, SourceRecord } from '../../services/collector/source.ts';
import type { Activity } from '../../services/core/activity.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { createAliases } from '../../services/core/identity/aliases.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { mmdb } from '../helpers/mmdb.ts';
import { type Collecting, clock, NOW, startCollecting } from './collecting.ts';

const BUILT = Date.UTC(2026, 1, 3);
const PUSHED = {
  repository: { full_name: 'acme/shop' },
  sender: { login: 'Mara-L', type: 'User' },
  commits: [
    {
      id: '2'.repeat(40),
      timestamp: '2026-03-02T11:59:30+02:00',
      author: { name: 'Mara Lindqvist', email: 'Mara@Acme.example', username: 'Mara-L' },
      committer: { name: 'GitHub', email: 'noreply@github.com', username: 'web-flow' },
    },
  ],
};

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function collecting(knowledge: Partial<Knowledge> = {}): Promise<Collecting> {
  const started = await startCollecting(knowledge);
  open.push(started.close);
  return started;
}

function audit(fields: Readonly<Record<string, unknown>>): SourceRecord {
  const body = { '@timestamp': NOW, action: 'git.clone', repo: 'acme/shop', ...fields };
  return { source: 'github.audit', received_at: NOW, body };
}

const delivered: SourceRecord = { source: 'github.webhook', event: 'push', received_at: NOW, body: PUSHED };

function actorOf(activity: Activity | undefined): string | undefined {
  return activity && entityOf('actor', activity)?.id;
}

describe('who', () => {
  test('a person with three names is one person when the configuration says so', async () => {
    const person = { person: 'mara', logins: ['github:mara-l'], emails: ['mara@acme.example', 'm@home.example'] };
    const { collector, activities } = await collecting({ aliases: createAliases([person]) });
    const clone = {
      sha: '3'.repeat(40),
      author: { name: 'M', email: 'm@home.example' },
      committer: { name: 'M', email: 'm@home.example' },
    };
    await collector.ingest([
      delivered,
      audit({ actor: 'mara-l' }),
      { source: 'git', repository: 'acme/shop', received_at: NOW, body: clone },
    ]);
    const made = await activities();
    expect(made.map(({ kind }) => kind).sort()).toEqual(['commit', 'commit', 'push', 'request']);
    expect(new Set(made.map(actorOf))).toEqual(new Set(['mara']));
  });

  test('and is three when it does not', async () => {
    const { collector, activities } = await collecting();
    await collector.ingest([delivered, audit({ actor: 'mara-l' })]);
    const made = await activities();
    const ids = Object.fromEntries(made.map((each) => [each.kind, actorOf(each)]));
    expect(ids).toEqual({ push: 'github:mara-l', request: 'github:mara-l', commit: 'mara@acme.example' });
  });

  test('a commit’s author without an account is known by no name', async () => {
    const { collector, activities } = await collecting();
    const author = { name: 'mara' };
    const commits = [{ id: '4'.repeat(40), timestamp: '2026-03-02T11:59:30Z', author, committer: author }];
    await collector.ingest([{ ...delivered, body: { ...PUSHED, commits } }]);
    const commit = (await activities()).find(({ kind }) => kind === 'commit');
    expect(commit?.actor).toMatchObject({ name: 'mara', display: true });
    expect(actorOf(commit)).toBeUndefined();
  });

  test('bots are told from people in feeds that do not say', async () => {
    const { collector, activities } = await collecting();
    await collector.ingest(['dependabot[bot]', 'renovate', 'mara'].map((actor) => audit({ actor })));
    const made = await activities();
    expect(new Map(made.map(({ actor }) => [actor?.name, actor?.type]))).toEqual(
      new Map([
        ['dependabot[bot]', 'bot'],
        ['renovate', 'bot'],
        ['mara', 'unknown'],
      ]),
    );
  });
});

describe('from where', () => {
  async function networks() {
    const folder = await mkdtemp(join(tmpdir(), 'complete-'));
    open.push(() => rm(folder, { recursive: true }));
    const path = join(folder, 'both.mmdb');
    const record = { asn: 'AS64500', country_code: 'NL' };
    writeFileSync(path, mmdb({ built: BUILT, networks: { '203.0.113.0/24': record } }));
    return openNetworks({ asn: path, country: path }, { clock, log: silentLog });
  }

  test('the record’s own country stays; the rest is looked up, and says so', async () => {
    const { collector, activities } = await collecting({ networks: await networks() });
    await collector.ingest([
      audit({ actor: 'mara', actor_ip: '203.0.113.9', actor_location: { country_code: 'SG' } }),
      audit({ actor: 'eve', actor_ip: '203.0.113.9' }),
      audit({ actor: 'ida', actor_ip: '192.0.2.1' }),
      audit({ actor: 'kim' }),
    ]);
    const made = new Map((await activities()).map((each) => [each.actor?.name, each]));
    expect(made.get('mara')).toMatchObject({
      client: { address: '203.0.113.9', country_iso_code: 'SG', asn: 64_500 },
      looked_up: { 'client.asn': BUILT },
    });
    expect(made.get('eve')).toMatchObject({
      client: { country_iso_code: 'NL', asn: 64_500 },
      looked_up: { 'client.asn': BUILT, 'client.country_iso_code': BUILT },
    });
    for (const name of ['ida', 'kim']) expect(made.get(name)).not.toHaveProperty('looked_up');
  });

  test('a connection’s far end is looked up too', async () => {
    const known = await networks();
    await known.refresh();
    const draft: ActivityDraft = {
      kind: 'connection',
      native_type: 'tcp_connect',
      detail: { address: '203.0.113.7', port: 443 },
    };
    expect(completed(draft, 'tetragon', { ...NO_KNOWLEDGE, networks: known })).toMatchObject({
      detail: { address: '203.0.113.7', port: 443, asn: 64_500, country_iso_code: 'NL' },
      looked_up: { 'detail.asn': BUILT, 'detail.country_iso_code': BUILT },
    });
  });
});

test('a key is one credential in whatever spelling a feed has it', () => {
  const spelled = (id: string) =>
    completed(
      { kind: 'grant', native_type: 'x', detail: { action: 'x' }, credential: { id } },
      'gitlab.audit',
      NO_KNOWLEDGE,
    ).credential?.id;
  expect(spelled(`SHA256:${'a'.repeat(43)}=`)).toBe(spelled(`SHA256:${'a'.repeat(43)}`));
  expect(spelled('12')).toBe('gitlab:token:12');
});

test('completing what is complete changes nothing', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('Mara', 'mara-l', 'dependabot', 'GitLab Duo'));
  const actor = fc.record(
    {
      name: text,
      id: text,
      email: fc.oneof(fc.emailAddress(), text),
      display: fc.boolean(),
      type: fc.constantFrom('person' as const, 'bot' as const, 'unknown' as const),
    },
    { requiredKeys: ['type'] },
  );
  const knowledge = { ...NO_KNOWLEDGE, aliases: createAliases([{ person: 'mara', logins: ['gitlab:mara-l'] }]) };
  fc.assert(
    fc.property(actor, text, fc.constantFrom('gitlab.audit', 'git', 'github.webhook'), (who, id, source) => {
      const draft: ActivityDraft = {
        kind: 'commit',
        native_type: 'commit',
        actor: who,
        credential: { id },
        detail: { sha: '1', author: { name: 'Mara' }, committer: {}, signature: 'unknown' },
      };
      const once = completed(draft, source, knowledge);
      expect(completed(once, source, knowledge)).toEqual(once);
    }),
  );
});
