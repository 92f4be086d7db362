// A company keeps its findings in Elasticsearch: the same deliveries give the same incidents, pages and answers of the
// command as with SQLite.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Finding } from '../../services/core/finding.ts';
import type { Incident } from '../../services/core/incident.ts';
import { KEY_FILE, loadOrCreateKey } from '../../services/redactor/key.ts';
import { delivery, SECRET, webhookExamples } from '../collector/deliveries.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { type ElasticsearchServer, elasticsearchMissing, startElasticsearch } from './elasticsearch-server.ts';

const WAIT = { timeout: 60_000, interval: 250 };
const missing = elasticsearchMissing();

describe.skipIf(missing)(`start with Elasticsearch${missing ? ` (left out: ${missing})` : ''}`, () => {
  const machine = createMachine();
  const env = { GITHUB_WEBHOOK_SECRET: SECRET };
  let server: ElasticsearchServer;

  /** One Pipewarden with its own data folder, and what can be seen of it. */
  interface Installation {
    readonly config: string;
    readonly running: Running;
    /** A page of the console, without what changes with each start. */
    page(path: string): Promise<string>;
    json<Value>(...args: string[]): Promise<readonly Value[]>;
  }
  let embedded: Installation;
  let scaledOut: Installation;

  beforeAll(async () => {
    server = await startElasticsearch();
    // Ids are made of redacted content, and that depends on the installation's key.
    await mkdir(machine.path('embedded'));
    loadOrCreateKey(machine.path('embedded'));
    await mkdir(machine.path('scaled-out'));
    await copyFile(join(machine.path('embedded'), KEY_FILE), join(machine.path('scaled-out'), KEY_FILE));
    embedded = await install('embedded', '{ type: sqlite }');
    scaledOut = await install('scaled-out', `{ type: elasticsearch, nodes: ['${server.url}'] }`);
    for (const { running } of [embedded, scaledOut]) await deliver(running);
  });

  afterAll(async () => {
    await machine.remove();
    await server?.stop();
  });

  async function install(name: string, store: string): Promise<Installation> {
    const config = machine.path(`${name}.yaml`);
    await writeFile(
      config,
      `data: ${machine.path(name)}
log: { level: warn }
console: { port: 0 }
collector: { port: 0 }
sources: [{ source: github.webhook, secrets: ['\${env:GITHUB_WEBHOOK_SECRET}'] }]
document_store: ${store}
`,
    );
    const running = machine.start(['start', '--config', config], { env });
    const [, link = ''] = await running.says(/Console +(\S+)/);
    const entry = await fetch(link, { redirect: 'manual' });
    const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? '';
    return {
      config,
      running,
      async page(path) {
        const answer = await fetch(new URL(path, link), { headers: { cookie } });
        expect(answer.status).toBe(200);
        return timeless(await answer.text());
      },
      json: async <Value>(...args: string[]) =>
        (await machine.json([...args, '--json', '--config', config])).map((value) => value as Value),
    };
  }

  /**
   * When something happened is the time of its delivery, which differs, and so do the hashes made of it; an incident is
   * called by one of the findings that came first, and how many come at once differs too.
   */
  const VARYING = [
    /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?/g,
    /\d{1,2}:\d{2}(?::\d{2})?/g,
    /\d+ (?:s|min|seconds?|minutes?) ago|just now/g,
    /\b[0-9a-f]{8,64}\b/g,
  ];
  const timeless = (text: string) => VARYING.reduce((rest, varying) => rest.replace(varying, 'VARYING'), text);

  async function deliver(running: Running, sender = 'octocat'): Promise<void> {
    const [, address = ''] = await running.says(/Receives +github\.webhook at (\S+)/);
    for (const { name, examples } of webhookExamples()) {
      if (!['push', 'branch_protection_rule', 'deploy_key', 'member'].includes(name)) continue;
      for (const [number, body] of examples.entries()) {
        const id = { 'x-github-delivery': `${sender}-${name}-${number}` };
        const sent = { ...body, sender: { login: sender, type: 'User' } };
        expect((await fetch(address, delivery(name, sent, id))).status).toBe(200);
      }
    }
  }

  const incidents = async (of: Installation) =>
    (await of.json<Incident>('incidents')).toSorted((a, b) => (leastOf(a) < leastOf(b) ? -1 : 1));
  const leastOf = ({ findings }: Incident) => findings.toSorted()[0] ?? '';
  /** What does not depend on which finding came first. */
  const gist = async (of: Installation) =>
    (await incidents(of)).map(({ title, severity, findings, detectors, status }) => ({
      title,
      severity,
      status,
      detectors,
      findings: findings.toSorted(),
    }));
  const findings = async (of: Installation) =>
    (await of.json<Finding>('findings', '--limit', '1000')).toSorted((a, b) => (a.id < b.id ? -1 : 1));

  test('the same incidents and findings are listed', async () => {
    await vi.waitFor(async () => expect((await findings(embedded)).length).toBeGreaterThan(2), WAIT);
    await vi.waitFor(async () => expect(await gist(scaledOut)).toEqual(await gist(embedded)), WAIT);
    await vi.waitFor(async () => {
      const [theirs, ours] = [await findings(scaledOut), await findings(embedded)];
      expect(theirs.map(({ id, detector, severity }) => [id, detector, severity])).toEqual(
        ours.map(({ id, detector, severity }) => [id, detector, severity]),
      );
      expect(theirs.map(({ incident }) => incident === null)).toEqual(ours.map(({ incident }) => incident === null));
    }, WAIT);
  });

  test('one is shown, by the beginning of its id', async () => {
    const [finding] = await findings(embedded);
    for (const of of [embedded, scaledOut]) {
      const [incident] = await incidents(of);
      const [shown] = await of.json<Incident>('incidents', 'show', incident?.id.slice(0, 10) ?? '');
      expect(shown).toMatchObject({ id: incident?.id, story: incident?.story });
      const [found] = await of.json<Finding>('findings', 'show', finding?.id.slice(0, 10) ?? '');
      expect(found).toMatchObject({ id: finding?.id, evidence: finding?.evidence });
      const only = await of.json<Finding>('findings', '--detector', finding?.detector ?? '');
      expect(new Set(only.map(({ detector }) => detector))).toEqual(new Set([finding?.detector]));
    }
  });

  test('the pages of the console are the same', async () => {
    const [finding] = await findings(embedded);
    const pages = async (of: Installation) => {
      const [incident] = await incidents(of);
      const paths = ['/', '/?severity=high', `/incidents/${incident?.id}`, `/findings/${finding?.id}`];
      return Promise.all(paths.map((path) => of.page(path)));
    };
    await vi.waitFor(async () => expect(await pages(scaledOut)).toEqual(await pages(embedded)), WAIT);
    expect((await pages(scaledOut))[1]).toContain('Protection removed');
  });

  test('a verdict, the audit trail and the doctor', async () => {
    for (const of of [embedded, scaledOut]) {
      const [incident] = await incidents(of);
      const verdict = ['--verdict', 'expected', '--reason', 'planned', '--config', of.config];
      expect((await machine.run(['incidents', 'close', incident?.id ?? '', ...verdict])).code).toBe(0);
      await vi.waitFor(async () => {
        expect(await of.json('incidents', 'show', incident?.id ?? '')).toMatchObject([{ status: 'closed' }]);
      }, WAIT);
    }
    const audit = await machine.run(['audit', 'verify', '--config', scaledOut.config]);
    expect(audit).toMatchObject({ code: 0, err: '' });
    expect(audit.out).toMatch(/^✓ [1-9]\d* entries, whole/);
    const doctor = await machine.run(['doctor', '--config', scaledOut.config], { env });
    expect(doctor.out).toMatch(/✓ elasticsearch +answers/);
  });

  test('while the store is away the command says so and deliveries are taken; afterwards nothing is missing', async () => {
    await server.restart(async () => {
      const away = await machine.run(['incidents', '--config', scaledOut.config]);
      expect(away).toMatchObject({ code: 3, out: '' });
      expect(away.err).toContain('the document store does not answer');
      for (const { running } of [embedded, scaledOut]) await deliver(running, 'mallory');
    });
    await vi.waitFor(
      async () => expect((await findings(embedded)).map(({ actor }) => actor)).toContain('mallory'),
      WAIT,
    );
    await vi.waitFor(async () => expect(await gist(scaledOut)).toEqual(await gist(embedded)), WAIT);
    await vi.waitFor(async () => {
      const ids = async (of: Installation) => (await findings(of)).map(({ id }) => id);
      expect(await ids(scaledOut)).toEqual(await ids(embedded));
    }, WAIT);
    for (const { running } of [embedded, scaledOut]) expect((await running.stop()).code).toBe(0);
  });
});
