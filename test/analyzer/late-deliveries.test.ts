// The deliveries of one attack, in any order: what has to be stopped is named, so that containment knows what to do.
import { expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { planPlaybooks } from '../../services/responder/plan.ts';
import { randomFrom } from '../helpers/random.ts';
import { SHIPPED } from '../responder/support.ts';
import { storyOf } from '../servers/faults/story.ts';
import { embeddedOutcome } from '../servers/scale-out.ts';

const NOW = Date.UTC(2026, 2, 2, 12);

test.for(Array.from({ length: 40 }, (_, seed) => seed))('shuffled by %i', async (seed) => {
  const { repositories, runners, sendings } = storyOf('late', 1, NOW);
  const random = randomFrom(seed);
  const order = sendings.map((sending) => ({ sending, at: random() })).toSorted((one, other) => one.at - other.at);
  const { incidents } = await embeddedOutcome(
    order.map(({ sending: { event, body } }) => ({ source: 'github.webhook', event, received_at: NOW, body })),
  );
  expect(incidents.length).toBe(1);
  const planned = incidents.flatMap((incident) => planPlaybooks(incident, SHIPPED, ACTIONS));
  const aimed = (id: string) =>
    planned.flatMap(({ actions }) => actions.filter(({ action }) => action === id).map(({ target }) => target));
  expect(aimed('github.cancel-run')).toEqual(repositories.map((name) => `${name}/42`));
  expect(aimed('github.quarantine-runner')).toEqual(runners.map((runner) => runner.replace(/^.*\//, '')));
});
