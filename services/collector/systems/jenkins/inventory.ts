// How a Jenkins is set: its nodes, its plugins, its guards.
// https://www.jenkins.io/doc/book/using/remote-access-api/; fields: https://javadoc.jenkins.io/hudson/model/Computer.html,
// …/hudson/PluginWrapper.html, …/jenkins/model/Jenkins.html
import type { Json } from '../../../core/json.ts';
import { MINUTE } from '../../../core/time.ts';
import { anyKnown, flag, known, list, number, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { inventoryPoll, type Section, type Thing } from '../inventory.ts';
import type { Poll, Surroundings } from '../system.ts';

const EVERY = 5 * MINUTE;

export function jenkinsInventory(name: string, client: Client, surroundings: Surroundings): Poll {
  async function* shelves() {
    yield { name, place: {}, sections: [guards, nodes, plugins] };
  }
  return inventoryPoll({ name: 'inventory', source: 'jenkins.inventory', every: EVERY, client, shelves }, surroundings);
}

function under(path: string, tree: string): string {
  return `${path}/api/json?${new URLSearchParams({ tree })}`;
}

const guards: Section = {
  kind: 'protection',
  what: 'security',
  path: under('', 'useSecurity,useCrumbs'),
  things: (page) => [
    {
      id: 'security',
      name: 'security',
      state: known({ security: flag(page, 'useSecurity'), crumbs: flag(page, 'useCrumbs') }),
    },
  ],
};

const nodes: Section = {
  kind: 'runner',
  what: 'node',
  path: under(
    '/computer',
    'computer[displayName,numExecutors,temporarilyOffline,offlineCauseReason,assignedLabels[name]]',
  ),
  things: (page) => list(page, 'computer').flatMap(nodeOf),
};

/** Of a cloud's, which live for one build, builds tell. */
const LASTING = /^hudson\.(?:model|slaves)\./;

function nodeOf(computer: Json): readonly Thing[] {
  const name = text(computer, 'displayName');
  if (name === undefined || !LASTING.test(text(computer, '_class') ?? 'hudson.model.')) return [];
  const isPaused = flag(computer, 'temporarilyOffline');
  const labels = list(computer, 'assignedLabels').flatMap((label) => text(label, 'name') ?? []);
  const state = known({
    executors: number(computer, 'numExecutors'),
    paused: isPaused,
    // Else it is about the connection, which comes and goes.
    reason: isPaused ? text(computer, 'offlineCauseReason') : undefined,
    labels: labels.filter((label) => label !== name).sort(),
  });
  return [{ id: name, name, state }];
}

/** Without Overall/SystemRead this is not to be seen. */
const plugins: Section = {
  kind: 'plugin',
  what: 'plugin',
  path: under('/pluginManager', 'plugins[shortName,version,enabled]'),
  things: (page) =>
    list(page, 'plugins').flatMap((plugin) => {
      const name = text(plugin, 'shortName');
      const state = anyKnown({ version: text(plugin, 'version'), enabled: flag(plugin, 'enabled') });
      return name === undefined || !state ? [] : [{ id: name, name, state }];
    }),
};
