// A CI job hands in a tool's report: what is answered, and what stands in the event log afterwards.
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RESULTS_PATH } from '../../../services/collector/receiver/results.ts';
import { createReceiver } from '../../../services/collector/receiver.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { EventLog } from '../../../services/core/ports/event-log.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { type Collecting, clock, startCollecting } from '../collecting.ts';
import { SECRET } from '../deliveries.ts';
import { codeql, semgrep, sonar } from './reports.ts';

const redactor = createRedactor({ key: new Uint8Array(32) });
let collecting: Collecting;

beforeEach(async () => {
  collecting = await startCollecting();
});
afterEach(() => collecting.close());

function receiver(bodyLimit = 25 * 1024 * 1024, { collector, telemetry } = collecting) {
  return createReceiver({
    collector,
    telemetry,
    clock,
    routes: [],
    results: { collector, redactor, secrets: () => [SECRET], bodyLimit },
  });
}

type Said = Readonly<Record<string, string>>;
const JOB: Said = { repository: 'acme/shop', run_id: '17', job: 'scan', revision: 'a'.repeat(40), branch: 'main' };

async function post(
  body: object | string | Uint8Array<ArrayBuffer>,
  parameters: Said = JOB,
  headers: Said = { authorization: `Bearer ${SECRET}` },
  app = receiver(),
) {
  const content = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await app.request(`${RESULTS_PATH}?${new URLSearchParams(parameters)}`, {
    method: 'POST',
    headers,
    body: content,
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

const alerts = async () =>
  (await collecting.activities()).flatMap((activity) => (activity.kind === 'alert' ? [activity] : []));

test('a SARIF becomes its findings and their end, tied to repository, branch, run and job', async () => {
  const places = [
    { path: 'src/search.ts', line: 41 },
    { path: 'src/cart.ts', line: 7 },
  ];
  const { status, answer } = await post(semgrep(places));
  expect(status).toBe(200);
  expect(answer).toEqual({
    report: expect.stringMatching(/^[0-9a-f]{32}$/),
    source: 'sarif',
    tools: ['Semgrep OSS'],
    findings: 2,
    refused: 0,
  });
  const told = await alerts();
  expect(told.map(({ detail }) => detail.action)).toEqual(['reported', 'reported', 'scan']);
  for (const { vcs, cicd } of told) {
    expect(vcs).toEqual({
      repository: { name: 'acme/shop' },
      ref: { head: { name: 'main', revision: 'a'.repeat(40) } },
    });
    expect(cicd).toEqual({ pipeline: { run: { id: '17' }, task: { name: 'scan' } } });
  }
  expect(told.at(-1)?.detail).toEqual({
    action: 'scan',
    tool: 'Semgrep OSS',
    report: { id: expect.any(String), findings: 2, complete: true },
  });
});

test('the same report again has the same ids, the same of another run has others', async () => {
  await post(semgrep([{ path: 'a.ts', line: 1 }]));
  const first = (await alerts()).map(({ id }) => id);
  await post(semgrep([{ path: 'a.ts', line: 1 }]));
  expect((await alerts()).map(({ id }) => id)).toEqual([...first, ...first]);
  await post(semgrep([{ path: 'a.ts', line: 1 }]), { ...JOB, run_id: '18' });
  expect(new Set((await alerts()).map(({ id }) => id)).size).toBe(first.length * 2);
});

const CSV =
  'Title,severity,cwe,repository,path,line,first_seen,status\n"Injection, in search",High,89,acme/shop,src/a.ts,41,2026-02-20,open\n';

test.each([
  ['sarif', semgrep([{ path: 'a.ts', line: 1 }]), 1, true],
  ['sonarqube', sonar([{ path: 'a.ts', line: 1 }]), 1, true],
  ['zap', { '@version': '2.16.0', site: [{ '@name': 'https://a.example', alerts: [{ alertRef: '1' }, {}] }] }, 2, true],
  ['gitleaks', [{ RuleID: 'r', File: 'a', Secret: 's' }], 1, true],
  ['gitleaks', [], 0, false],
  ['trufflehog', '{"SourceMetadata":{},"DetectorName":"URI"}\n{"SourceMetadata":{},"DetectorName":"AWS"}\n', 2, true],
  ['trufflehog', '', 0, false],
  ['git-secrets', 'src/a.py:3:x = 1\n\n[ERROR] Matched one or more prohibited patterns\n', 1, true],
  ['git-secrets', '', 0, false],
  [
    'legitify',
    { type: 'flattened', content: { p: { policyInfo: { policyName: 'p' }, violations: [{}, {}] } } },
    2,
    true,
  ],
  ['pentest', CSV, 1, true],
  ['pentest', JSON.stringify([{ title: 'Default login' }]), 1, false],
])('%s is taken whole, and is known by itself where that is certain', async (source, body, findings, certain) => {
  expect(await post(body, { ...JOB, source })).toMatchObject({ status: 200, answer: { source, findings, refused: 0 } });
  const ends = (await alerts()).filter(({ detail }) => detail.action === 'scan');
  expect(ends.at(-1)?.detail.report).toMatchObject({ findings, complete: true });
  const { status, answer } = await post(body);
  if (certain) expect({ status, answer }).toMatchObject({ status: 200, answer: { source, findings } });
  else expect({ status, answer }).toMatchObject({ status: 400, answer: { error: 'REPORT_INVALID' } });
});

test('packed by gzip, and told in headers, it is the same', async () => {
  const body = JSON.stringify(semgrep([{ path: 'a.ts', line: 1 }]));
  await post(body);
  await post(
    Uint8Array.from(gzipSync(body)),
    {},
    {
      authorization: `Bearer ${SECRET}`,
      'content-encoding': 'gzip',
      ...Object.fromEntries(
        Object.entries(JOB).map(([name, value]) => [`Pipewarden-${name.replace('_', '-')}`, value]),
      ),
    },
  );
  const ids = (await alerts()).map(({ id }) => id);
  expect(ids.slice(2)).toEqual(ids.slice(0, 2));
});

test('what a report does not have may still be there: where the job says so, the tool failed, or a page is one of many', async () => {
  const complete = async () => (await alerts()).at(-1)?.detail.report?.complete;
  await post(semgrep([]), { ...JOB, complete: 'false' });
  expect(await complete()).toBe(false);
  await post(sonar([{ path: 'a.ts', line: 1 }], 700));
  expect(await complete()).toBe(false);
  const failed = semgrep([]);
  Object.assign(Object(failed).runs[0], { invocations: [{ executionSuccessful: false }] });
  await post(failed);
  expect(await complete()).toBe(false);
});

describe('is refused, with the reason', () => {
  const good = semgrep([]);
  test.each<[string, object | string, Said, string]>([
    ['without a repository', good, {}, 'add repository'],
    ['of an unknown tool', good, { ...JOB, source: 'sariff' }, 'did you mean sarif?'],
    ['with a parameter that is none', good, { ...JOB, repo: 'a/b' }, 'no parameter is called repo'],
    ['with an odd completeness', good, { ...JOB, complete: 'maybe' }, 'complete is true or false'],
    ['what is no report', 'hello', JOB, 'add source'],
    ['JSON that is cut off', '{"version":"2.1.0","runs":[', { ...JOB, source: 'sarif' }, 'no SARIF'],
    ['a SARIF without runs', { version: '2.1.0', runs: [] }, JOB, 'without a run'],
    ['lines that are no findings', 'no\njson\n', { ...JOB, source: 'trufflehog' }, 'no JSON'],
    ['rows of other columns', 'a,b\n1,2\n', { ...JOB, source: 'pentest' }, 'the row has no title'],
    ['rows of older Gitleaks', [{ rule: 'r', offender: 'o' }], { ...JOB, source: 'gitleaks' }, 'no finding'],
    ['a page of something else', { components: [] }, { ...JOB, source: 'sonarqube' }, 'no page of issues'],
  ])('%s', async (_name, body, parameters, reason) => {
    const { status, answer } = await post(body, parameters);
    expect({ status, answer }).toEqual({
      status: 400,
      answer: { error: expect.any(String), message: expect.stringContaining(reason) },
    });
  });

  test('with a wrong token, without one, with another method, or too large', async () => {
    expect((await post(good, JOB, { authorization: 'Bearer no' })).status).toBe(401);
    expect((await post(good, JOB, {})).status).toBe(401);
    expect((await receiver().request(RESULTS_PATH)).status).toBe(405);
    expect((await post('x'.repeat(2000), JOB, undefined, receiver(1024))).status).toBe(413);
    const bomb = Uint8Array.from(gzipSync(Buffer.alloc(1_000_000)));
    expect((await post(bomb, JOB, undefined, receiver(10_000))).status).toBe(413);
    expect(await alerts()).toEqual([]);
  });

  test('when it could not become durable: then it may be sent again', async () => {
    const failing = (real: EventLog): EventLog => ({
      ...real,
      append: async () => {
        throw new PipewardenError('LOG_UNAVAILABLE', { problem: 'the disk is full' });
      },
    });
    const broken = await startCollecting({ log: failing });
    try {
      const { status } = await post(good, JOB, undefined, receiver(undefined, broken));
      expect(status).toBe(503);
    } finally {
      await broken.close();
    }
  });
});

describe('hostile reports', () => {
  test('fifty thousand findings are one request, and as many activities', async () => {
    const places = Array.from({ length: 50_000 }, (_, index) => ({ path: `src/${index % 900}.ts`, line: index + 1 }));
    const { status, answer } = await post(codeql(places));
    expect({ status, answer }).toMatchObject({ status: 200, answer: { findings: 50_000, refused: 0 } });
    const told = await alerts();
    expect(new Set(told.map(({ id }) => id)).size).toBe(50_001);
    const records = told.flatMap(({ record }) => (record === undefined ? [] : [JSON.stringify(record).length]));
    expect(Math.max(...records)).toBeLessThan(512 * 1024);
  }, 120_000);

  test('more than that of nothing are refused', async () => {
    const many = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[{}${',{}'.repeat(200_000)}]}]}`;
    expect(await post(many)).toMatchObject({
      status: 400,
      answer: { message: expect.stringContaining('at most 100000') },
    });
  });

  test('a result that is nested without end is taken, cut', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const report = JSON.stringify(semgrep([{ path: 'a.ts', line: 1 }])).replace(
      '"ruleId"',
      `"properties":{"x":${deep}},"ruleId"`,
    );
    expect(await post(report)).toMatchObject({ status: 200, answer: { findings: 1, refused: 0 } });
  });

  test('25 MB in one text are taken', async () => {
    const places = [{ path: 'a.ts', line: 1 }];
    const large = JSON.stringify(semgrep(places)).replace('A query', 'A query '.repeat(3_100_000));
    expect(await post(large)).toMatchObject({ status: 200, answer: { findings: 1 } });
    expect((await alerts())[0]?.detail.title?.length).toBeLessThan(2_000);
  }, 60_000);

  test('a secret in a snippet, a message, a parameter or a refused row is nowhere', async () => {
    const secret = makeSecret('github-personal-token', 7);
    const report = JSON.stringify(semgrep([{ path: 'a.ts', line: 1 }]));
    await post(report.replace('A query', secret).replace('"startLine"', `"snippet":{"text":"${secret}"},"startLine"`));
    await post(report, { ...JOB, job: secret, category: secret, branch: secret, run_id: secret });
    await post([{ RuleID: 'r', File: 'a', Secret: secret }, { offender: secret }], { ...JOB, source: 'gitleaks' });
    await post(`a.py:1:${secret}\nno match ${secret}\n`, { ...JOB, source: 'git-secrets' });
    const kept = JSON.stringify([await collecting.entries(), await collecting.letters()]);
    expect(kept).toContain('[redacted:github-personal-token:');
    expect(kept).not.toContain(secret);
  });
});
