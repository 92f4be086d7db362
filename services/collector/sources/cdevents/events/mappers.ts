// One mapper for each subject of the specification.
// https://cdevents.dev/docs/spec/#vocabulary-stages

import type { ActivityDetails } from '../../../../core/activity.ts';
import { identifier, known, text } from '../../../fields.ts';
import { parsePurl } from '../../../purl.ts';
import type { Piece } from '../../../source.ts';
import { actorOf, type CdEvent, type Mapper, repositoryOf } from './event.ts';
import { run, task } from './runs.ts';

/** By `subject` of the event's type. */
export const MAPPERS: ReadonlyMap<string, Mapper> = new Map<string, Mapper>([
  ['pipelinerun', run],
  ['build', run],
  ['taskrun', task],
  ['testcaserun', task],
  ['testsuiterun', task],
  ['testcase', task],
  ['testsuite', task],
  ['testoutput', testOutput],
  ['artifact', artifact],
  ['service', service],
  ['environment', environment],
  ['repository', repository],
  ['branch', branch],
  ['change', change],
  ['incident', incident],
  ['ticket', ticket],
  ['approval', approval],
]);

/** Its id is a package URL; before version 0.2 anything. */
function artifact({ subject, content, predicate }: CdEvent): Piece {
  const id = text(subject, 'id');
  const purl = parsePurl(id) ?? { name: id };
  const revision = text(content, 'change', 'id');
  const name = repositoryOf({ id: withoutHost(text(content, 'change', 'source')) });
  const ref = revision === undefined ? undefined : { head: { revision } };
  return known({
    kind: 'artifact',
    actor: actorOf(text(content, 'user')),
    vcs: name && known({ repository: name, ref }),
    detail: known({ action: predicate, ...purl }),
  });
}

/** `my-git.example/an-org/a-repo` → `an-org/a-repo`. */
function withoutHost(source: string | undefined): string | undefined {
  return /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?::\d+)?\/(.+)$/.exec(source ?? '')?.[1];
}

function testOutput({ subject, content, predicate }: CdEvent): Piece {
  const location = text(content, 'uri');
  return { kind: 'artifact', detail: known({ action: predicate, name: identifier(subject, 'id'), location }) };
}

function service({ content, predicate }: CdEvent): Piece {
  return { kind: 'deployment', detail: known({ action: predicate, environment: environmentOf(content.environment) }) };
}

function environment({ subject, content, predicate }: CdEvent): Piece {
  const name = text(content, 'name') ?? text(subject, 'id');
  return { kind: 'setting', detail: known({ action: `environment ${predicate}`, name }) };
}

function environmentOf(value: CdEvent['content'][string]): string | undefined {
  return text(value, 'name') ?? text(value, 'id');
}

function repository({ subject, content, predicate }: CdEvent): Piece {
  const repository = repositoryOf({ ...content, id: subject.id });
  return known({ kind: 'repository', vcs: repository && { repository }, detail: { action: predicate } });
}

/** Nothing says whether commits came with it. */
function branch({ subject, content, predicate }: CdEvent): Piece {
  const name = text(subject, 'id');
  return {
    kind: 'push',
    vcs: known({
      repository: repositoryOf(content.repository),
      ref: name === undefined ? undefined : { head: { name, type: 'branch' as const } },
    }),
    detail: { forced: false, created: predicate === 'created', deleted: predicate === 'deleted', commits: 0 },
  };
}

function change({ subject, content, predicate }: CdEvent): Piece {
  const id = text(subject, 'id');
  const vcs = known({
    repository: repositoryOf(content.repository),
    change: id === undefined ? undefined : known({ id, title: text(content, 'description') }),
  });
  if (predicate === 'reviewed') return { kind: 'review', vcs, detail: { action: predicate } };
  return {
    kind: 'change',
    vcs,
    detail: known({ action: predicate, merged: predicate === 'merged' ? true : undefined }),
  };
}

function incident({ subject, content, predicate, source }: CdEvent): Piece {
  return {
    kind: 'alert',
    detail: known({
      action: predicate,
      tool: source,
      rule: text(subject, 'id'),
      title: text(content, 'description'),
    }),
  };
}

function ticket({ content, predicate }: CdEvent): Piece {
  const who = predicate === 'created' ? 'creator' : 'updatedBy';
  const detail: ActivityDetails['discussion'] = { action: predicate, on: 'issue' };
  return known({ kind: 'discussion', actor: actorOf(text(content, who)), detail });
}

/** Somebody decided on something outside the events: a deployment, a stage. */
function approval({ content, predicate }: CdEvent): Piece {
  const verdict = text(content, 'decision') ?? text(content, 'status');
  return known({
    kind: 'review',
    actor: actorOf(text(content, 'responder')),
    detail: known({ action: `approval ${predicate}`, verdict }),
  });
}
