// CircleCI, as it is read: pipelines that were missed, the output of steps.
import { below } from '../settings.ts';
import { type Connection, defineSystem, type Surroundings } from '../system.ts';
import { pipelineHistory } from './history.ts';
import { outputPull } from './outputs.ts';
import { pipelinePoll } from './pipelines.ts';
import { type CircleciSettings, circleciSettings } from './settings.ts';

export const circleci = defineSystem({
  type: 'circleci',
  title: 'CircleCI',
  settings: circleciSettings,
  secrets: ({ token }) => [['token', token]],
  connect,
});

function connect(
  { name, url, token, organizations, read, share }: CircleciSettings,
  surroundings: Surroundings,
): Connection {
  const reads = new Set(read);
  const api = surroundings.client({
    baseUrl: below(url, '/api'),
    share,
    headers: () => ({ 'circle-token': surroundings.secret(token) }),
  });
  return {
    polls: reads.has('pipelines') ? organizations.map((slug) => pipelinePoll(slug, api, surroundings)) : [],
    pulls: reads.has('job-logs') ? [outputPull(organizations, api, surroundings)] : [],
    histories: reads.has('pipelines') ? organizations.map((slug) => pipelineHistory(slug, api, surroundings)) : [],
    conditions: [
      {
        name: `${name} credential`,
        async problem(signal) {
          await api.get('/v2/me', signal);
          return undefined;
        },
      },
    ],
  };
}
