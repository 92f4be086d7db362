// Activities become findings: once each, together with what was learned, whatever else is in the topic.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { cases as credentialCases } from '../../detectors/credential/new-credential-context.cases.ts';
import { cases as egressCases } from '../../detectors/egress/new-workflow-egress.cases.ts';
import { detectors } from '../../detectors/index.ts';
import type { Activity } from '../../services/core/activity.ts';
import { type Detector, defineRule } from '../../services/core/detector.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';
import { type Analyzing, START, startAnalyzing } from './analyzing.ts';

const open: Analyzing[] = [];

async function analyzing(...options: Parameters<typeof startAnalyzing>): Promise<Analyzing> {
  const started = await startAnalyzing(...options);
  open.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

function hitOf(cases: readonly DetectorCase[]): DetectorCase {
  const [hit] = cases;
  if (hit?.kind !== 'hit') throw new Error('the first case is a hit');
  return hit;
}

const egress = hitOf(egressCases);
const credential = hitOf(credentialCases);

function protectionGoes(index: number, at = START + index * MINUTE): Activity {
  return activityAt(
    at,
    'protection',
    { change: 'removed', what: 'branch protection', target: `branch-${index}` },
    { actor: { name: 'grace', type: 'person' }, vcs: { repository: { name: 'example/app' } } },
  );
}

describe('what was learned', () => {
  test('is committed with the findings and the place in the log: going on after a restart is going on', async () => {
    const stopped = await analyzing();
    const straight = await analyzing();
    const half = Math.floor(egress.history.length / 2);
    await stopped.take(...egress.history.slice(0, half));
    await stopped.reopen();
    await stopped.take(...egress.history.slice(half));
    await stopped.reopen();
    await stopped.take(egress.activity);
    await straight.take(...egress.history, egress.activity);
    expect(await stopped.findings()).toHaveLength(1);
    expect(await stopped.findings()).toEqual(await straight.findings());
  });

  test('is not learned twice when a source repeats itself', async () => {
    const { take, findings } = await analyzing();
    for (let times = 0; times < 10; times++) await take(...credential.history.slice(0, 2));
    await take(credential.activity);
    expect(await findings()).toEqual([]);
  });

  test('and nothing is raised twice, after a restart either', async () => {
    const { take, findings, reopen } = await analyzing();
    await take(...credential.history, credential.activity, credential.activity);
    await take(credential.activity);
    await reopen();
    await take(credential.activity);
    const own = (await findings()).filter(({ finding }) => finding.detector === 'new-credential-context');
    expect(own).toHaveLength(1);
  });

  test('before a given time is all that happens', async () => {
    const { take, findings } = await analyzing({ learnUntil: egress.activity.observed_at + 1 });
    await take(...egress.history, egress.activity);
    expect(await findings()).toEqual([]);
  });
});

describe('an activity under two keys', () => {
  test('is judged once by each detector', async () => {
    const { take, findings } = await analyzing();
    const removal: Activity = { ...protectionGoes(1), credential: { id: 'token-of-grace' } };
    const night = activityAt(
      START,
      'commit',
      {
        sha: 'a1b2c3d4',
        parents: 1,
        author: { email: 'ada@example.org', time: { at: START } },
        committer: {},
        signature: 'none',
        paths: ['.github/workflows/ci.yml'],
      },
      { vcs: { repository: { name: 'example/app' } } },
    );
    await take(removal, night);
    expect((await findings()).map(({ finding }) => finding.detector)).toEqual(['protection-removed']);
  });
});

describe('what is wrong with one thing does not stop another', () => {
  const failing: Detector = defineRule<'protection'>({
    ...(detectors.find(({ id }) => id === 'memory-read') as Detector),
    id: 'failing',
    watches: ['protection'],
    by: 'place',
    examine() {
      throw new Error('a fault of ours');
    },
  });

  test('a detector that throws is logged, the others go on', async () => {
    const logged: string[] = [];
    const { take, findings } = await analyzing({ detectors: [failing, ...detectors], logged });
    await take(protectionGoes(1), protectionGoes(2));
    expect(await findings()).toHaveLength(2);
    expect(logged).toEqual(new Array(2).fill('A detector failed on an activity; the others went on.'));
  });

  test('garbage in a topic goes to the dead letters, the rest goes on', async () => {
    const { take, write, findings, incidents, letters } = await analyzing();
    const garbage = [
      'no JSON',
      '{}',
      'null',
      '[]',
      JSON.stringify({ primary: true, activity: { id: 'x', kind: 'protection', detail: {} } }),
      JSON.stringify({ primary: true, activity: { id: 'x', kind: 'protection', detail: {}, observed_at: 1e300 } }),
      JSON.stringify({ primary: true, activity: { id: 'x', kind: 'protection', observed_at: START } }),
    ];
    await write('activity', ...garbage);
    await write('finding', ...garbage, JSON.stringify({ type: 'finding', finding: { id: 'x' } }));
    await take(protectionGoes(1));
    const real = (await findings()).filter((record) => record?.finding?.detector === 'protection-removed');
    expect(real).toHaveLength(1);
    expect(await incidents()).toHaveLength(1);
    const told = await letters();
    expect(told).toHaveLength(2 * garbage.length + 1);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    expect(JSON.stringify(told)).not.toContain('no JSON');
  });
}, 20_000);

describe('a stored profile that somebody spoiled', () => {
  /** Replaces every profile of the group by the text. */
  async function spoil(log: Analyzing['log'], text: string): Promise<void> {
    const consumer = await log.subscribe({
      group: 'analyzer',
      topic: 'activity',
      async open({ state }) {
        const keys: string[] = [];
        for await (const { key } of state) if (key.startsWith('profile/')) keys.push(key);
        return { process: () => ({ state: keys.map((key) => ({ key, value: text })) }) };
      },
    });
    await log.append(
      'activity',
      Array.from({ length: log.partitions('activity') }, (_, partition) => ({ key: 'x', value: '{}', partition })),
    );
    await consumer.caughtUp();
    await consumer.close();
  }

  async function spoiled(text: string) {
    const logged: string[] = [];
    const running = await analyzing({ logged });
    await running.take(...egress.history);
    await running.whileStopped((log) => spoil(log, text));
    // What goes to every partition makes each of them look at its profiles.
    await running.take(...egress.history.map((each) => ({ ...each, id: `${each.id} again` })), protectionGoes(1));
    await running.take(protectionGoes(2));
    return { logged, found: await running.findings() };
  }

  test('is set aside, never trusted, and told as a finding', async () => {
    const { logged, found } = await spoiled('5 1 1 1 1\n\n\ngarbage');
    expect(logged).toContain('A stored profile cannot be read, is set aside and learned anew.');
    expect(found.map(({ finding }) => finding.detector)).toContain('analyzer-degraded');
  });

  test('of an earlier version is learned anew, and that is logged', async () => {
    const { logged, found } = await spoiled('{"format":3,"state":{},"times":1,"at":1}');
    expect(logged).toContain('Profiles of an earlier version are learned anew.');
    expect(found.map(({ finding }) => finding.detector)).not.toContain('analyzer-degraded');
  });
});

describe('the same input', () => {
  const deeds = fc.array(
    fc.record({
      who: fc.constantFrom('ada', 'grace'),
      what: fc.constantFrom('removed' as const, 'added' as const, 'overridden' as const),
      minute: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const activities = deeds.map((each) =>
    each.map(({ who, what, minute }, index) =>
      activityAt(
        START + minute * MINUTE,
        'protection',
        { change: what, what: 'ruleset', target: `rules-${index}` },
        { actor: { name: who, type: 'person' }, vcs: { repository: { name: `example/${who}` } } },
      ),
    ),
  );

  test('gives the same findings, byte for byte', async () => {
    const input = [...egress.history, egress.activity, ...credential.history, credential.activity, protectionGoes(1)];
    const results: string[] = [];
    for (let times = 0; times < 2; times++) {
      const { take, findings, incidents } = await analyzing();
      await take(...input);
      results.push(JSON.stringify([await findings(), await incidents()]));
    }
    expect(results[1]).toBe(results[0]);
    expect(results[0]).toContain('new-workflow-egress');
  });

  test('shuffled within minutes has the same rules fire', async () => {
    await fc.assert(
      fc.asyncProperty(
        activities.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        async (orders) => {
          const results = [];
          for (const order of orders) {
            const { take, findings, incidents } = await analyzing();
            await take(...order);
            const ids = (await findings()).map(({ finding }) => finding.id).sort();
            const groups = (await incidents())
              .filter(({ status }) => status === 'open')
              .map((incident) => incident.findings.toSorted().join())
              .sort();
            results.push({ ids, groups });
          }
          expect(results[1]).toEqual(results[0]);
        },
      ),
      { numRuns: 15 },
    );
  }, 30_000);
});

test('a night commit among busy days of two feeds is one finding, though both tell of the commit', async () => {
  const { take, findings } = await analyzing();
  const commit = (at: number, sha: string, source: string): Activity =>
    activityAt(
      at,
      'commit',
      {
        sha,
        parents: 1,
        author: { email: 'ada@example.org', time: { at, offset_minutes: 0 } },
        committer: {},
        signature: 'none',
      },
      { id: `commit ${sha}`, source, actor: { email: 'ada@example.org', type: 'person' } },
    );
  const monday = Date.UTC(2026, 0, 5);
  const days = Array.from({ length: 84 }, (_, day) => day).filter((day) => day % 7 < 5);
  const usual = days.flatMap((day) =>
    [9, 11, 13, 15].map((hour) => [monday + day * DAY + hour * HOUR, `${day}-${hour}`]),
  );
  await take(...usual.map(([at, sha]) => commit(Number(at), String(sha), 'git')));
  const night = monday + 85 * DAY + 3 * HOUR;
  await take(commit(night, 'deadbeef', 'git'), commit(night, 'deadbeef', 'github.webhook'));
  expect((await findings()).map(({ finding }) => finding.detector)).toEqual(['off-hours-commit']);
});
