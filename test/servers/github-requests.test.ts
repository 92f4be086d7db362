// Every request that is made of GitHub, checked by GitHub's own description: path, method, query, body.
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { github } from '../../services/collector/systems/github/github.ts';
import { systemClock } from '../../services/core/clock.ts';
import { DAY } from '../../services/core/time.ts';
import { type ReadSystem, readSystem } from '../collector/systems/reading.ts';
import { type PrismServer, startPrism } from './prism-server.ts';

let prism: PrismServer;
let read: ReadSystem;

beforeAll(async () => {
  prism = await startPrism();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  read = await readSystem({
    system: github,
    settings: {
      type: 'github',
      url: prism.url,
      app: { id: '17', installation: '42', key: '${env:KEY}' },
      organizations: ['octocat'],
      // The address of the webhook in GitHub's example.
      webhook: 'http://example.com',
      share: 1,
    },
    clock: systemClock,
    // The run of GitHub's example still waits: it has no logs that one could ask for.
    async fetch(url, init) {
      const answer = await fetch(url, init);
      if (!/\/actions\/runs\?/.test(String(url))) return answer;
      return new Response((await answer.text()).replaceAll('"status":"queued"', '"status":"completed"'), answer);
    },
    secrets: { '${env:KEY}': key },
  });
}, 300_000);
afterAll(async () => {
  await read?.close();
  await prism?.stop();
});

async function drain(reading: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of reading);
}

test('nothing is asked that GitHub does not describe', async () => {
  const { polls, histories, pulls } = read.connection;
  const { signal } = new AbortController();
  for (const poll of polls) await read.poll(poll.name);
  for (const history of histories) {
    const reading = drain(history.read(Date.now() - 9 * DAY, undefined, signal));
    // Logs lie elsewhere, and the address of the example is nobody's.
    await (history.logs ? reading.catch(() => undefined) : reading);
  }
  const place = { repository: 'octocat/Hello-World' };
  const errands = new Map([
    ['job-log', { ...place, run: '1', job: '2', name: 'build' }],
    ['definition', { ...place, before: '1'.repeat(40), after: '2'.repeat(40) }],
  ]);
  for (const pull of pulls)
    await drain(pull.read(errands.get(pull.name) ?? {}, undefined, signal)).catch(() => undefined);

  const wrong = prism.judged.filter(
    ({ status, violations }) => violations.length > 0 || [404, 405, 415, 422].includes(status),
  );
  expect(wrong).toEqual([]);
  const asked = new Set(prism.judged.map(({ request }) => request.split('?', 1)[0]));
  expect([...asked].sort()).toMatchSnapshot();
});
