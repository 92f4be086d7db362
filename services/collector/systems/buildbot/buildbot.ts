// Buildbot, as it is read: builds whose push never came, logs while they are written, how it is set.
import { type Connection, defineSystem, type Surroundings } from '../system.ts';
import { buildLogPull } from './build-log.ts';
import { buildsPoll } from './builds.ts';
import { buildbotClient } from './credential.ts';
import { buildHistory } from './history.ts';
import { buildbotInventory } from './inventory.ts';
import { type BuildbotSettings, buildbotSettings } from './settings.ts';

export const buildbot = defineSystem({
  type: 'buildbot',
  title: 'Buildbot',
  settings: buildbotSettings,
  secrets: ({ password }) => [['password', password]],
  connect,
});

function connect(settings: BuildbotSettings, surroundings: Surroundings): Connection {
  const reads = new Set(settings.read);
  const api = buildbotClient(settings, surroundings);
  return {
    polls: [
      ...(reads.has('builds') ? [buildsPoll(settings.url, api, surroundings)] : []),
      ...(reads.has('inventory') ? [buildbotInventory(settings.name, api, surroundings)] : []),
    ],
    pulls: reads.has('logs') ? [buildLogPull(api, surroundings)] : [],
    histories: reads.has('builds') ? [buildHistory(settings.url, api, surroundings)] : [],
    conditions: [
      {
        name: `${settings.name} API`,
        async problem(signal) {
          await api.get('/builders?limit=1', signal);
          return undefined;
        },
      },
    ],
  };
}
