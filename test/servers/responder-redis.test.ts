// Redis goes away in the middle of containment, with what it had written or without: every action has one effect at its
// target, because the truth is in the run's document, and what has no job gets one again.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBullmqJobQueue } from '../../services/adapters/job-queue/bullmq.ts';
import { type Clock, systemClock } from '../../services/core/clock.ts';
import { MINUTE } from '../../services/core/time.ts';
import { readChain, verifyChain } from '../../services/responder/audit-verify.ts';
import type { RunDocument } from '../../services/responder/run.ts';
import { CONTAINMENT } from '../../services/responder/run-queue.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { type GithubServer, startGithub } from '../playbooks/github-server.ts';
import { attack, openSite, type Site } from '../responder/support.ts';
import { type RedisServer, redisMissing, startRedis } from './redis-server.ts';

const missing = redisMissing();
const WAIT = { timeout: 60_000, interval: 100 };
/** The reconciler's minute is shortened; all else keeps its time. */
const clock: Clock = {
  now: systemClock.now,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds === MINUTE ? 500 : milliseconds, signal),
};
/** More than the two responders take at a time. */
const INCIDENTS = 24;
const names = Array.from({ length: INCIDENTS }, (_, number) => `acme/shop-${number}`);

describe.skipIf(missing)(`the responder on Redis${missing ? ` (left out: ${missing})` : ''}`, () => {
  let redis: RedisServer;
  let github: GithubServer;
  let site: Site;

  beforeEach(async () => {
    redis = await startRedis();
    github = await startGithub();
    for (const name of names) {
      github.runs.set(`${name}/42`, { status: 'in_progress', conclusion: null });
      github.workflows.set(`${name}/ci.yml`, 'active');
    }
    site = await openSite(
      () =>
        openBullmqJobQueue({ connection: { host: redis.host, port: redis.port }, clock: systemClock, log: silentLog }),
      clock,
    );
  });
  afterEach(async () => {
    await site.close();
    await github.close();
    await redis.stop();
  });

  /** An attack on each repository, of which each is answered by cancelling a run and disabling a workflow. */
  async function strike(): Promise<void> {
    const incidents = names.map((name) =>
      attack({
        id: `incident-${name}`,
        entities: [
          { type: 'repository', id: name },
          { type: 'run', id: `${name}/42` },
          { type: 'pipeline', id: `${name}:.github/workflows/ci.yml` },
        ],
      }),
    );
    await site.say(...incidents);
  }

  async function allDone(): Promise<readonly RunDocument[]> {
    const { documents } = await site.store.search<RunDocument>('run', { limit: 1000 });
    const runs = documents.map(({ body }) => body);
    expect(runs.map(({ status, unexported }) => `${status} ${unexported}`)).toEqual(names.map(() => 'done 0'));
    return runs;
  }

  test.each([
    ['its append-only file kept', undefined],
    ['its append-only file lost', 'forgetting'],
  ] as const)('one effect per action when Redis restarts with %s', async (_what, forgetting) => {
    const requests = new Map<string, number>();
    const away = Promise.withResolvers<void>();
    github.before = async (line) => {
      requests.set(line, (requests.get(line) ?? 0) + 1);
      await systemClock.sleep(40);
      // Until Redis is away nothing more is answered, however slow this machine looks at it.
      if (github.effects.length > 3) await away.promise;
      return undefined;
    };
    for (const responder of [1, 2]) {
      expect(responder).toBeGreaterThan(0);
      await site.start('act', github.api);
    }
    await strike();
    // Some are done, some under way, some wait.
    await vi.waitFor(() => expect(github.effects.length).toBeGreaterThan(3), WAIT);
    expect((await site.queue.counts(CONTAINMENT)).waiting).toBeGreaterThan(0);
    await redis.restart(async () => {
      away.resolve();
      await systemClock.sleep(300);
    }, forgetting);
    const runs = await vi.waitFor(allDone, WAIT);

    expect(runs.every(({ steps }) => steps.every(({ status }) => status === 'verified'))).toBe(true);
    const expected = names.flatMap((name) => [`cancelled ${name}/42`, `disabled ${name}/ci.yml`]);
    expect(github.effects.toSorted()).toEqual(expected.toSorted());
    // Calls that change something, sent more than once: only what the actions declare to be idempotent could be.
    const repeated = [...requests].filter(([line, times]) => !line.startsWith('GET ') && times > 1);
    expect(repeated).toEqual([]);
    const entries = runs.reduce((sum, run) => sum + run.audit.length, 0);
    const isWhole = async () => expect(await verifyChain(readChain(site.log))).toMatchObject({ ok: true, entries });
    await vi.waitFor(isWhole, WAIT);
  });

  test('runs that are due and have no job get one when a responder starts', async () => {
    const first = await site.start('dry');
    await strike();
    await vi.waitFor(allDone, WAIT);
    await first.close();
    // As a crash leaves them: created, their jobs gone with Redis.
    const { documents } = await site.store.search<RunDocument>('run', { limit: 1000 });
    for (const { id, body, version } of documents) {
      const steps = body.steps.map(({ plan: _plan, ...step }) => ({ ...step, status: 'pending' }) as const);
      await site.store.put('run', id, { ...body, status: 'pending', steps, lease: null }, version);
    }
    await redis.restart(async () => undefined, 'forgetting');
    await vi.waitFor(() => site.queue.counts(CONTAINMENT), WAIT);
    await site.start('dry');
    await vi.waitFor(allDone, WAIT);
  });
});
