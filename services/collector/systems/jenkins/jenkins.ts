// Jenkins, as it is read: builds that no event told of, consoles while they are written, how its jobs are defined and how it is
// set. Nothing needs a crumb: an API token stands in for one: https://www.jenkins.io/doc/book/security/csrf-protection/
import { basicAuthorization } from '../basic.ts';
import { type Connection, defineSystem, type Surroundings } from '../system.ts';
import { buildsPoll } from './builds.ts';
import { jenkinsConditions } from './conditions.ts';
import { jenkinsConfiguration } from './configuration.ts';
import { consolePull } from './console.ts';
import { definitionsPoll } from './definitions.ts';
import { buildHistory } from './history.ts';
import { jenkinsInventory } from './inventory.ts';
import { type JenkinsSettings, jenkinsSettings } from './settings.ts';

export const jenkins = defineSystem({
  type: 'jenkins',
  title: 'Jenkins',
  settings: jenkinsSettings,
  secrets: ({ token }) => [['token', token]],
  connect,
});

function connect(settings: JenkinsSettings, surroundings: Surroundings): Connection {
  const { url, user, token } = settings;
  const reads = new Set(settings.read);
  // https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/
  const headers = () => ({ authorization: basicAuthorization(user, surroundings.secret(token)) });
  const api = surroundings.client({ baseUrl: url, headers });
  return {
    polls: [
      ...(reads.has('builds') ? [buildsPoll(api, surroundings)] : []),
      ...(reads.has('definitions') ? [definitionsPoll(api, surroundings)] : []),
      ...(reads.has('inventory') ? [jenkinsInventory(settings.name, api, surroundings)] : []),
      ...(reads.has('configuration') ? [jenkinsConfiguration(settings.name, api, surroundings)] : []),
    ],
    pulls: reads.has('console') ? [consolePull(api, surroundings)] : [],
    histories: reads.has('builds') ? [buildHistory(api, surroundings)] : [],
    conditions: jenkinsConditions(settings, api),
  };
}
