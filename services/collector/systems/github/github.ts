// GitHub, as it is read: audit log, missed deliveries, job logs, definitions, how it is set.
import { type Connection, defineSystem, type Poll, type Surroundings } from '../system.ts';
import { auditPoll } from './audit.ts';
import { githubConditions } from './conditions.ts';
import { githubClients } from './credential.ts';
import { definitionPull } from './definitions.ts';
import { appHook, deliveriesPoll, organizationHook } from './deliveries.ts';
import { auditHistory, commitHistory, runHistory } from './history.ts';
import { organizationInventory, repositoryInventory } from './inventory.ts';
import { jobLogPull } from './job-logs.ts';
import { jobLogHistory } from './log-history.ts';
import { type GithubSettings, githubSettings } from './settings.ts';
import { referencePoll, referencePull } from './upstream.ts';

export const github = defineSystem({
  type: 'github',
  title: 'GitHub',
  settings: githubSettings,
  secrets: ({ token, app }) => [
    ['token', token],
    ['app key', app?.key],
  ],
  connect,
});

function connect(settings: GithubSettings, surroundings: Surroundings): Connection {
  const { organizations, webhook } = settings;
  const reads = new Set(settings.read);
  const clients = githubClients(settings, surroundings);
  const { api, app } = clients;
  const hooks = webhook === undefined ? [] : organizations.map((name) => organizationHook(name, webhook, api));
  const polls: readonly Poll[] = [
    ...(reads.has('audit') ? organizations.map((name) => auditPoll(name, api, surroundings)) : []),
    ...(reads.has('deliveries')
      ? [...hooks, ...(app ? [appHook(app)] : [])].map((hook) => deliveriesPoll(hook, surroundings))
      : []),
    ...(reads.has('inventory')
      ? organizations.flatMap((name) => [
          organizationInventory(name, api, surroundings),
          repositoryInventory(name, api, surroundings),
        ])
      : []),
    ...(reads.has('references') ? [referencePoll(api, surroundings)] : []),
  ];
  return {
    polls,
    pulls: [
      ...(reads.has('job-logs') ? [jobLogPull(organizations, api, surroundings)] : []),
      ...(reads.has('references') ? [referencePull(surroundings)] : []),
      ...(reads.has('definitions') ? [definitionPull(organizations, api, surroundings)] : []),
    ],
    histories: organizations.flatMap((name) => [
      auditHistory(name, api, surroundings),
      commitHistory(name, api, surroundings),
      runHistory(name, api, surroundings),
      jobLogHistory(name, api, surroundings),
    ]),
    conditions: githubConditions(settings, clients),
  };
}
