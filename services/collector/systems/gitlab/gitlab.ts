// GitLab, as it is read: audit events, pipelines and webhooks that were missed, job logs, how everything is set.
import { filePoll } from '../file/follow.ts';
import { below } from '../settings.ts';
import { type Connection, defineSystem, type Poll, type Surroundings } from '../system.ts';
import { auditPolls } from './audit.ts';
import { gitlabConditions } from './conditions.ts';
import { deliveriesPoll } from './deliveries.ts';
import { auditHistories, pipelineHistory } from './history.ts';
import { inventoryPolls } from './inventory.ts';
import { pipelinePolls } from './pipelines.ts';
import { watching } from './places.ts';
import { type GitlabSettings, gitlabSettings } from './settings.ts';
import { tracePull } from './traces.ts';

export const gitlab = defineSystem({
  type: 'gitlab',
  title: 'GitLab',
  settings: gitlabSettings,
  secrets: ({ token }) => [['token', token]],
  connect,
});

function connect(settings: GitlabSettings, surroundings: Surroundings): Connection {
  const { url, share, token, groups, instance, webhook, audit_log } = settings;
  const reads = new Set(settings.read);
  const api = surroundings.client({
    baseUrl: below(url, '/api/v4'),
    share,
    headers: () => ({ 'private-token': surroundings.secret(token) }),
  });
  const roots = instance ? [undefined] : groups;
  const polls: readonly Poll[] = [
    ...(reads.has('audit') ? auditPolls(groups, instance, api, surroundings) : []),
    ...(audit_log === undefined
      ? []
      : [filePoll({ name: 'audit log', source: 'gitlab.audit', path: audit_log }, surroundings)]),
    ...(reads.has('pipelines') ? roots.flatMap((group) => pipelinePolls(group, api, surroundings)) : []),
    ...(reads.has('inventory') ? roots.flatMap((group) => inventoryPolls(group, api, surroundings)) : []),
    ...(reads.has('deliveries') && webhook !== undefined
      ? groups.map((group) => deliveriesPoll(group, webhook, api, surroundings))
      : []),
  ];
  const watches = watching(groups, instance);
  return {
    polls,
    pulls: reads.has('job-logs') ? [tracePull(watches, api, surroundings)] : [],
    histories: [
      ...(reads.has('audit') ? auditHistories(groups, instance, api, surroundings) : []),
      ...(reads.has('pipelines') ? roots.map((group) => pipelineHistory(group, api, surroundings)) : []),
    ],
    conditions: gitlabConditions(settings, api),
  };
}
