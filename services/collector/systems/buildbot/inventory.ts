// How a Buildbot is set: workers, builders, schedulers.
// https://docs.buildbot.net/latest/developer/raml/worker.html, …/builder.html, …/scheduler.html
import type { Json, JsonObject } from '../../../core/json.ts';
import { MINUTE } from '../../../core/time.ts';
import { flag, identifier, known, list, text, texts } from '../../fields.ts';
import type { Client } from '../client.ts';
import { inventoryPoll, type Section } from '../inventory.ts';
import type { Poll, Surroundings } from '../system.ts';

const EVERY = 2 * MINUTE;

export function buildbotInventory(name: string, client: Client, surroundings: Surroundings): Poll {
  async function* shelves() {
    yield { name, place: {}, sections: SECTIONS };
  }
  return inventoryPoll(
    { name: 'inventory', source: 'buildbot.inventory', every: EVERY, client, shelves },
    surroundings,
  );
}

const SECTIONS: readonly Section[] = [
  section('runner', 'worker', (worker) => ({
    paused: flag(worker, 'paused'),
    reason: text(worker, 'pause_reason'),
    graceful: flag(worker, 'graceful'),
    connected: list(worker, 'connected_to').length > 0,
    builders: list(worker, 'configured_on')
      .flatMap((each) => identifier(each, 'builderid') ?? [])
      .sort(),
    version: text(worker, 'workerinfo', 'version'),
    host: text(worker, 'workerinfo', 'host')?.trim(),
    admin: text(worker, 'workerinfo', 'admin')?.trim(),
  })),
  // One that is configured no longer stays in its lists, and belongs to no master.
  section('setting', 'builder', (builder) => ({
    configured: list(builder, 'masterids').length > 0,
    description: text(builder, 'description'),
    tags: texts(builder, 'tags'),
  })),
  section('setting', 'scheduler', (scheduler) => ({
    configured: identifier(scheduler, 'master', 'masterid') !== undefined,
    enabled: flag(scheduler, 'enabled'),
  })),
];

function section(kind: Section['kind'], what: string, stateOf: (thing: Json) => JsonObject): Section {
  return {
    kind,
    what,
    path: `/${what}s`,
    things: (page) =>
      list(page, `${what}s`).flatMap((thing) => {
        const id = identifier(thing, `${what}id`);
        const name = text(thing, 'name');
        return id === undefined || name === undefined ? [] : [{ id, name, state: known(stateOf(thing)) }];
      }),
  };
}
