// Dry means dry: whatever an action tries, whatever was begun before, nothing but a GET reaches a system.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Action, Api, ApiRequest } from '../../services/core/action.ts';
import { systemClock } from '../../services/core/clock.ts';
import { DAY, formatInstant } from '../../services/core/time.ts';
import { planContainment } from '../../services/responder/plan.ts';
import { createRun, type RunDocument } from '../../services/responder/run.ts';
import { type GithubServer, startGithub } from '../playbooks/github-server.ts';
import { attack, attackOnDefinition, CONTAIN, openSite, type Site, statuses } from './support.ts';

let site: Site;
let github: GithubServer;
let sent: ApiRequest[];

beforeEach(async () => {
  site = await openSite();
  github = await startGithub();
  github.runs.set('acme/shop/42', { status: 'in_progress', conclusion: null });
  github.workflows.set('acme/shop/ci.yml', 'active');
  sent = [];
});
afterEach(async () => {
  await site.close();
  await github.close();
});

const recording: Api = async (request, signal) => {
  sent.push(request);
  return await github.api(request, signal);
};

/** The shipped actions, whose looking now tries to change something first. */
const reckless: ReadonlyMap<string, Action> = new Map(
  [...ACTIONS].map(([id, action]) => {
    const strike: ApiRequest = { method: 'DELETE', path: '/repos/acme/shop' };
    return [
      id,
      {
        ...action,
        async look(target, api, signal) {
          await api(strike, signal);
          return await action.look(target, api, signal);
        },
      },
    ];
  }),
);

function writes(): readonly string[] {
  return sent.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

describe('nothing but a GET is sent', () => {
  test('by the shipped playbooks', async () => {
    const responder = await site.start('dry', recording);
    await site.say(attackOnDefinition());
    await responder.idle();
    expect(sent.length).toBeGreaterThan(0);
    expect(writes()).toEqual([]);
  });

  test('by an action that tries, and the run says what it tried', async () => {
    const responder = await site.start('dry', recording, reckless);
    await site.say(attack());
    await responder.idle();
    expect(writes()).toEqual([]);
    const { 'incident-1': contain } = await site.runs();
    expect(contain?.steps[0]).toMatchObject({
      status: 'failed',
      problem: 'DELETE /repos/acme/shop was not sent: this is a dry run',
    });
  });

  test('for a run that was begun when Pipewarden acted: it is shown, and what may have got through is told', async () => {
    const fresh = createRun(attack(), planContainment(attack(), [CONTAIN], ACTIONS), 'act', systemClock.now());
    const plan = { summary: 'Cancel it.', requests: [], blast_radius: [], before: null };
    const tried = { ...fresh.audit[0], id: 'tried', action: 'action.attempted', detail: { step: 0 } };
    const run = { ...fresh, steps: fresh.steps.with(0, { ...fresh.steps[0], plan } as RunDocument['steps'][number]) };
    await site.store.put('run', run.id, { ...run, audit: [...run.audit, tried] }, 'absent');

    const responder = await site.start('dry', recording);
    await responder.idle();
    expect(writes()).toEqual([]);
    const after = (await site.runs())['incident-1'];
    expect(statuses(after)).toEqual(['github.cancel-run failed', 'github.disable-workflow planned']);
    expect(after?.steps[0]?.problem).toContain('look whether it got through');
  });

  test('for sample data, in mode act too, even when its run claims otherwise', async () => {
    const responder = await site.start('act', recording, ACTIONS);
    await site.say(attack({ sample: true }));
    await responder.idle();
    await responder.close();
    const run = (await site.runs())['incident-1'];
    if (!run) throw new Error('there is no run');
    const pending = run.steps.map(({ plan: _, ...step }) => ({ ...step, status: 'pending' }));
    await site.store.put('run', run.id, { ...run, mode: 'act', status: 'pending', steps: pending }, 'any');
    await (await site.start('act', recording)).idle();
    expect(statuses((await site.runs())['incident-1'])).toEqual([
      'github.cancel-run planned',
      'github.disable-workflow planned',
    ]);
    expect(writes()).toEqual([]);
  });
});

describe('a responder that meets what is long past', () => {
  test('for the first time, or after a long rest, shows it and does not act on it', async () => {
    await site.say(attack({ updated: formatInstant(systemClock.now() - 2 * DAY) }));
    await site.say(attack({ id: 'incident-2' }));
    const responder = await site.start('act', recording);
    await responder.idle();
    const { documents } = await site.store.search<RunDocument>('run', { sort: { field: 'incident', order: 'asc' } });
    expect(documents.map(({ body }) => [body.incident, body.mode])).toEqual([
      ['incident-1', 'dry'],
      ['incident-2', 'act'],
    ]);
  });
});

describe('an entry that cannot be read', () => {
  test.each([
    'no JSON',
    '7',
    '{"id":"x"}',
    '{"id":"x","status":"open","severity":"high","detectors":[],"entities":[7]}',
  ])('in the incidents goes to the dead letters, and the next one is answered: %s', async (value) => {
    await site.log.append('incident', [{ key: 'x', value }]);
    await site.say(attack());
    const responder = await site.start('dry');
    await responder.idle();
    expect(Object.keys(await site.runs())).toEqual(['incident-1']);
    const letters = await site.log.read('dead-letter', 0, 0, 10);
    expect(letters.map((letter) => JSON.parse(letter.value))).toMatchObject([
      { component: 'responder', origin: 'incident/0/0' },
    ]);
  });
});

test('a job whose run the store does not have is not taken for done', async () => {
  await site.start('dry');
  await site.queue.enqueue('containment', { id: 'lost.1', data: { run: 'lost' } });
  await systemClock.sleep(100);
  expect(await site.queue.counts('containment')).toMatchObject({ waiting: 1 });
});
