// Azure DevOps, as it is read: the logs of jobs, when they have ended.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { basicAuthorization } from '../basic.ts';
import { below, share, systemName } from '../settings.ts';
import { type Connection, defineSystem, type Surroundings } from '../system.ts';
import { API_VERSION, jobLogPull } from './job-logs.ts';

const azureDevopsSettings = z.strictObject({
  type: z.literal('azure-devops').describe('Azure DevOps, in the cloud or a server (2020 or newer).'),
  name: systemName('azure-devops'),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://dev.azure.com')
    .describe('Address; of a server its own, up to the name of the collection.'),
  organization: z
    .string()
    .regex(/^[\w. -]{1,100}$/, 'expected the name of an organization or collection')
    .describe('The organization that is watched; of a server, the collection.'),
  projects: z.array(z.string().min(1).max(100)).min(1).describe('Names of the projects whose pipelines are watched.'),
  token: secretReference.describe('A personal access token; docs/sources.md lists its scope.'),
  each: z
    .enum(['job', 'run'])
    .default('job')
    .describe(
      'job: a log is read when the event “run job state changed” says that the job is completed; run: those of all jobs, when “build completed” or “run state changed” says so of the run.',
    ),
  share,
});

export type AzureDevopsSettings = z.output<typeof azureDevopsSettings>;

export const azureDevops = defineSystem({
  type: 'azure-devops',
  title: 'Azure DevOps',
  settings: azureDevopsSettings,
  secrets: ({ token }) => [['token', token]],
  connect(settings: AzureDevopsSettings, surroundings: Surroundings): Connection {
    const { name, url, organization, projects, token, share } = settings;
    const api = surroundings.client({
      baseUrl: below(url, `/${encodeURIComponent(organization)}`),
      share,
      headers: () => ({
        // https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate
        authorization: basicAuthorization('', surroundings.secret(token)),
        // Else a bad token leads to a page to sign in on.
        'x-tfs-fedauthredirect': 'Suppress',
      }),
    });
    return {
      polls: [],
      pulls: [jobLogPull(settings, api, surroundings)],
      histories: [],
      conditions: projects.map((project) => ({
        name: `${name} builds of ${project}`,
        async problem(signal) {
          const path = `/${encodeURIComponent(project)}/_apis/build/builds?$top=1&${API_VERSION}`;
          await api.get(path, signal);
          return undefined;
        },
      })),
    };
  },
});
