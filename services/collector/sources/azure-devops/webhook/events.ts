// Which mapper reads which event.
// https://learn.microsoft.com/en-us/azure/devops/service-hooks/events

import { at, known, text } from '../../../fields.ts';
import { locationOf } from '../../../findings.ts';
import type { Piece } from '../../../source.ts';
import { actorOf } from '../shared/identity.ts';
import { checkin, pullRequest, push, repository } from './code.ts';
import { actionOf, type Hook, type Mapper } from './hook.ts';
import { approval, build, pipelines, release } from './pipelines.ts';

/** The first beginning that fits decides. */
const TABLE: readonly (readonly [string, Mapper])[] = [
  ['git.pullrequest.', pullRequest],
  ['ms.vss-code.git-pullrequest-comment', pullRequest],
  ['git.push', push],
  ['git.repo.', repository],
  ['tfvc.checkin', checkin],
  ['build.complete', build],
  ['ms.vss-pipelines.', pipelines],
  ['ms.vss-pipelinechecks', approval],
  ['ms.vss-release.deployment-approval', approval],
  ['ms.vss-release.', release],
  ['ms.advancedsecurity.', alert],
  ['ms.vss-alerts.', alert],
  ['workitem.', talk],
  ['message.', talk],
];

export function mapperOf(event: string): Mapper | undefined {
  return TABLE.find(([beginning]) => event.startsWith(beginning))?.[1];
}

/** Work items and team rooms: talk about the work. */
function talk({ event, resource }: Hook): readonly Piece[] {
  const actor = actorOf(at(resource, 'revisedBy'));
  return [known({ kind: 'discussion', actor, detail: { action: actionOf(event), on: 'issue' } })];
}

/** Findings of GitHub Advanced Security for Azure DevOps. */
function alert({ event, resource }: Hook): readonly Piece[] {
  return [
    {
      kind: 'alert',
      detail: known({
        action: actionOf(event),
        tool: text(resource, 'alertType') ?? 'Advanced Security',
        title: text(resource, 'title'),
        level: text(resource, 'severity'),
        location: locationOf(text(resource, 'repositoryUrl')),
      }),
    },
  ];
}
