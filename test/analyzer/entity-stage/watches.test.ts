// States of watches that nobody can read: what an older version wrote, or what was damaged, costs what was learned and no more.
import { expect, test } from 'vitest';
import { createEntityStage } from '../../../services/analyzer/entity-stage/stage.ts';
import { defineWatch } from '../../../services/core/detector.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import { entityOf } from '../../../services/core/entities-of.ts';
import { INFO, START } from './staging.ts';

const counting = defineWatch<'push', { readonly seen: readonly number[] }>({
  ...INFO,
  id: 'counting',
  watches: ['push'],
  by: 'place',
  entity: (activity) => entityOf('repository', activity),
  empty: () => ({ seen: [] }),
  step({ seen }, activity) {
    if (activity.detail.forced) throw new Error('not this one');
    return { state: { seen: [...seen, activity.observed_at] } };
  },
});

function push(at: number, forced = false) {
  return activityAt(
    at,
    'push',
    { forced, created: false, deleted: false, commits: 1 },
    { source: 'github.webhook', vcs: { repository: { name: 'example/app' } } },
  );
}

function stageWith(state: unknown) {
  const corrupt: string[] = [];
  const faults: string[] = [];
  const stage = createEntityStage({
    detectors: [counting],
    onFault: (detector) => faults.push(detector.id),
    onCorrupt: (key) => corrupt.push(key),
  });
  stage.restore({
    key: 'watch/counting/repository:example/app',
    value: JSON.stringify({ format: 4, times: 1, at: START, state }),
  });
  const take = (at: number, forced?: boolean) =>
    stage.take('repository:example/app', { activity: push(at, forced), primary: true });
  const states = () =>
    stage.flush().flatMap(({ key, value }) => (key.startsWith('watch/') ? [JSON.parse(value ?? '').state] : []));
  return { take, states, corrupt, faults };
}

test('a state of another form is told, set aside and learned anew', () => {
  const { take, states, corrupt, faults } = stageWith({ times: 7 });
  take(START + 1);
  expect(states()).toEqual([{ seen: [START + 1] }]);
  expect(corrupt).toEqual(['counting/repository:example/app']);
  expect(faults).toEqual([]);
});

test('an activity that the detector fails on does not cost the state', () => {
  const { take, states, corrupt, faults } = stageWith({ seen: [START] });
  take(START + 1, true);
  take(START + 2);
  expect(states()).toEqual([{ seen: [START, START + 2] }]);
  expect(corrupt).toEqual([]);
  expect(faults).toEqual(['counting']);
});
