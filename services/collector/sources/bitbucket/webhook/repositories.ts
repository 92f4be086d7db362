// Repositories and projects as wholes, what other systems report for a commit, scanner findings, and the webhook itself.
// https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/#Repository-events
// https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html (Repository, Project)
import type { RepositoryDetail } from '../../../../core/details/pipeline.ts';
import { anyKnown, at, flag, identifier, known, list, number, scalar, text } from '../../../fields.ts';
import { headOf, type Piece } from '../../github/shared/delivery.ts';
import { runResult } from '../../github/shared/run-state.ts';
import { type Delivery, type Mapper, repositoryName, vcsOf } from './delivery.ts';

/** `repo:created`, `repo:imported`, `repo:deleted`, `repo:transfer`. */
export function happened(action: string): Mapper {
  return () => [{ kind: 'repository', detail: { action } }];
}

/** Told for the repository that was forked; Data Center sends the fork with its origin. */
export function fork({ body }: Delivery): readonly Piece[] {
  const origin = at(body, 'repository', 'origin');
  const to = repositoryName(origin ? at(body, 'repository') : at(body, 'fork'));
  return [
    { kind: 'repository', vcs: vcsOf(origin ?? at(body, 'repository')), detail: known({ action: 'forked', to }) },
  ];
}

/** `changes.name: { new, old }` and the like. */
export function cloudChanged({ body }: Delivery): readonly Piece[] {
  const changes = at(body, 'changes');
  const isPrivate = flag(changes, 'is_private', 'new');
  if (isPrivate !== undefined) return [{ kind: 'repository', detail: visibility(!isPrivate) }];
  const name = at(changes, 'full_name') ?? at(changes, 'name');
  const [from, to] = [text(name, 'old'), text(name, 'new')];
  const description = text(changes, 'description', 'new');
  const action = to === undefined ? 'edited' : 'renamed';
  return [{ kind: 'repository', detail: known({ action, from, to, description }) }];
}

export function serverChanged({ body }: Delivery): readonly Piece[] {
  const [before, after] = [at(body, 'old'), at(body, 'new')];
  const vcs = vcsOf(after);
  const isPublic = flag(after, 'public');
  if (isPublic !== undefined && isPublic !== flag(before, 'public')) {
    return [{ kind: 'repository', vcs, detail: visibility(isPublic) }];
  }
  const [from, to] = [repositoryName(before), repositoryName(after)];
  const moved = text(before, 'project', 'key') !== text(after, 'project', 'key');
  const action = moved ? 'transferred' : from === to ? 'edited' : 'renamed';
  return [{ kind: 'repository', vcs, detail: from === to ? { action } : known({ action, from, to }) }];
}

function visibility(isPublic: boolean): RepositoryDetail {
  const [from, to] = isPublic ? ['private', 'public'] : ['public', 'private'];
  return { action: isPublic ? 'publicized' : 'privatized', from, to };
}

const PROJECT_FIELDS = ['public', 'key', 'name'] as const;

/** Both editions: Data Center tells the project before and after, Cloud what changed. */
export function project({ body }: Delivery): readonly Piece[] {
  for (const name of PROJECT_FIELDS) {
    const from = scalar(body, 'old', name) ?? scalar(body, 'changes', name, 'old');
    const to = scalar(body, 'new', name) ?? scalar(body, 'changes', name, 'new');
    if (from !== to) return [{ kind: 'setting', detail: known({ action: 'project.edited', name, from, to }) }];
  }
  return [{ kind: 'setting', detail: { action: 'project.edited' } }];
}

/** A result that a build system reports for a commit. */
export function commitStatus({ body }: Delivery): readonly Piece[] {
  const status = at(body, 'commit_status');
  const state = text(status, 'state')?.toLowerCase() ?? 'status';
  const sha = text(status, 'commit', 'hash') ?? text(status, 'links', 'commit', 'href')?.split('/').at(-1);
  const run = anyKnown({ result: runResult(STATES.get(state) ?? state) });
  const name = text(status, 'name') ?? text(status, 'key') ?? 'status';
  const piece: Piece = {
    kind: 'job',
    vcs: vcsOf(at(body, 'repository'), { ref: anyKnown({ head: headOf(text(status, 'refname'), sha, 'branch') }) }),
    cicd: { pipeline: { task: known({ name, run }) } },
    detail: { action: state },
  };
  return [piece];
}

const STATES: ReadonlyMap<string, string> = new Map([
  ['successful', 'success'],
  ['failed', 'failure'],
  ['stopped', 'cancelled'],
]);

const MOST_LOCATIONS = 100;

/** Data Center's secret scanning; one alert for each place. */
export function secretsFound({ body }: Delivery): readonly Piece[] {
  return list(body, 'secretLocations')
    .slice(0, MOST_LOCATIONS)
    .map((location): Piece => {
      const path = text(location, 'path');
      const repository = at(location, 'repository') ?? at(body, 'repository');
      return {
        kind: 'alert',
        vcs: vcsOf(repository, { ref: anyKnown({ head: headOf(undefined, text(location, 'commitId')) }) }),
        detail: known({
          action: 'created',
          tool: 'secret_scanning',
          rule: text(location, 'ruleName'),
          location: path === undefined ? undefined : known({ path, line: number(location, 'line') }),
        }),
      };
    });
}

/** A mirror of Data Center caught up. The refs that it got were pushed elsewhere, and told there. */
export function mirror({ body }: Delivery): readonly Piece[] {
  const name = text(body, 'mirrorServer', 'name') ?? identifier(body, 'mirrorServer', 'id');
  return [{ kind: 'integration', detail: known({ action: 'mirror.synchronized', name }) }];
}

/** Somebody tried the webhook. */
export const ping: Mapper = () => [{ kind: 'integration', detail: { action: 'ping' } }];
