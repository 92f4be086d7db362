// Jenkins' past: the builds of all jobs, oldest first, under the ids of what is delivered and polled.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jenkins } from '../../../services/collector/systems/jenkins/jenkins.ts';
import { DAY, HOUR, MINUTE } from '../../../services/core/time.ts';
import { type Build, type JenkinsApi, startJenkinsApi } from './jenkins-api.ts';
import { type ReadSystem, readSystem, testClock, untilDone } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const SINCE = NOW - 365 * DAY;
let api: JenkinsApi;
let read: ReadSystem;

beforeEach(async () => {
  api = await startJenkinsApi();
  const settings = { type: 'jenkins', url: api.url, user: 'pipewarden', token: '${env:TOKEN}' };
  read = await readSystem({ system: jenkins, settings, clock: testClock(NOW) });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function build(number: number, timestamp: number, building = false): Build {
  const actions = [{ parameters: [{ name: 'REGION', value: 'eu' }] }];
  return { number, timestamp, building, console: '', about: { result: 'SUCCESS', duration: MINUTE, actions } };
}

/** Over more than a year, the last one just now. */
function builds(count: number): Build[] {
  return Array.from({ length: count }, (_, index) =>
    build(index + 1, NOW - 2 * MINUTE - (count - 1 - index) * Math.floor((400 * DAY) / count)),
  );
}

const events = async () => (await read.activities()).filter(({ kind }) => kind === 'run');
const told = async () =>
  (await events()).map(({ native_type, cicd }) => `${cicd?.pipeline?.name}#${cicd?.pipeline?.run?.id} ${native_type}`);
const expected = () =>
  [...api.jobs].flatMap(([job, all]) =>
    all.flatMap(({ number, timestamp, building }) =>
      timestamp >= SINCE && !building && !api.refused.has(job)
        ? [`${job}#${number} FINALIZED`, `${job}#${number} STARTED`]
        : [],
    ),
  );

test('a year of builds of all folders comes once, whatever cuts the reading off; a job that refuses is told', async () => {
  api.jobs.set('shop', builds(2_500));
  api.jobs.set('hidden', builds(3));
  api.jobs.set('org/team/service/branches/feature%2Fx/nightly', builds(60));
  api.jobs.set('old', [build(1, SINCE - DAY)]);
  api.refused.add('hidden');
  let asked = 0;
  api.trouble = ({ query }) => {
    asked += 1;
    // Its oldest are deleted, and new ones come while it is read.
    if (query.get('tree')?.startsWith('allBuilds[building')) {
      const shop = api.jobs.get('shop');
      if (asked % 10 === 0) shop?.push(build((shop.at(-1)?.number ?? 0) + 1, NOW + asked, true));
    }
    return asked % 40 === 0 ? 'cut' : undefined;
  };
  const missing: string[] = [];
  expect(await untilDone(() => read.backfill('builds', SINCE, missing))).toBeGreaterThan(1);
  const found = await told();
  expect(found.toSorted()).toEqual(expected().toSorted());
  expect(new Set(missing)).toEqual(
    new Set(['builds of hidden: GET /job/hidden/api/json answered 403: lacks Job/Read']),
  );
  expect((await read.activities()).every(({ history }) => history)).toBe(true);
  const numbers = found.flatMap((each) => /^shop#(\d+) STARTED/.exec(each)?.[1] ?? []).map(Number);
  expect(new Set(numbers).size).toBe(numbers.length);
  // Not a request for each build, and no answer with all of them.
  expect(asked).toBeLessThan(500);
  for (const line of api.lines()) {
    const [, from = 0, to = 0] = /allBuilds.*%7B(\d+)%2C(\d+)%7D/.exec(line) ?? [];
    expect(Number(to) - Number(from)).toBeLessThanOrEqual(1_000);
  }
});

test('what was polled and what the past tells are one; what still runs is left to the poll', async () => {
  api.jobs.set('shop', [build(1, NOW - 90 * DAY), build(2, NOW - HOUR / 2), build(3, NOW - MINUTE, true)]);
  await read.poll('builds');
  await read.backfill('builds', SINCE);
  const all = await read.activities();
  expect((await told()).toSorted()).toEqual(
    [...expected(), 'shop#2 STARTED', 'shop#2 FINALIZED', 'shop#3 STARTED'].toSorted(),
  );
  const idsOf = (build: string) =>
    new Set(all.filter(({ cicd }) => cicd?.pipeline?.run?.id === build).map(({ id }) => id)).size;
  // Its start, its end and its parameters, as of the one that was not polled.
  expect(idsOf('2')).toBe(idsOf('1'));
});

test('a build that is gone when it is asked for is no error', async () => {
  api.jobs.set('shop', builds(150));
  let isCut = false;
  api.trouble = ({ query }) => {
    if (isCut || !query.get('tree')?.startsWith('allBuilds[building')) return undefined;
    isCut = true;
    api.jobs.get('shop')?.splice(20, 2);
    return undefined;
  };
  expect(await read.backfill('builds', SINCE)).toEqual([]);
  expect((await told()).toSorted()).toEqual(expected().toSorted());
});
