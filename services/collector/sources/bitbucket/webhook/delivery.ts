// What every mapper of a Bitbucket event works with, and how the two editions name repositories and refs.
import type { Vcs } from '../../../../core/activity.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { at, flag, identifier, known, text } from '../../../fields.ts';
import type { Piece } from '../../github/shared/delivery.ts';

/** One delivery: the event's key from its header (`repo:push`, `pr:opened`), and the body. */
export interface Delivery {
  readonly event: string;
  readonly body: JsonObject;
}

export type Mapper = (delivery: Delivery) => readonly Piece[];

/** `workspace/slug` in Cloud, `KEY/slug` in Data Center. */
export function repositoryName(repository: Json | undefined): string | undefined {
  const full = text(repository, 'full_name');
  if (full !== undefined) return full;
  const [project, slug] = [text(repository, 'project', 'key'), text(repository, 'slug')];
  return project === undefined || slug === undefined ? undefined : `${project}/${slug}`;
}

/** The workspace; Data Center has none above its projects. */
export function organizationOf(body: JsonObject): string | undefined {
  const repository = at(body, 'repository');
  return (
    text(repository, 'workspace', 'slug') ??
    text(repository, 'full_name')?.split('/', 1)[0] ??
    text(body, 'project', 'workspace', 'slug')
  );
}

function visibilityOf(repository: Json | undefined): 'public' | 'private' | undefined {
  const isPrivate = flag(repository, 'is_private');
  const isPublic = isPrivate === undefined ? flag(repository, 'public') : !isPrivate;
  return isPublic === undefined ? undefined : isPublic ? 'public' : 'private';
}

/** Provider and repository, with the ref and the pull request that a mapper found. */
export function vcsOf(
  repository: Json | undefined,
  more: { readonly ref?: Vcs['ref'] | undefined; readonly change?: Vcs['change'] | undefined } = {},
): Vcs {
  const name = repositoryName(repository);
  return known({
    provider: { name: 'bitbucket' },
    repository: name === undefined ? undefined : known({ name, visibility: visibilityOf(repository) }),
    ref: more.ref,
    change: more.change,
  });
}

/** Whether `head` is another repository than `base`, and its name then. */
export function forkOf(
  head: Json | undefined,
  base: Json | undefined,
): { readonly from_fork?: boolean; readonly from_repository?: string } {
  const from = identifier(head, 'id') ?? repositoryName(head);
  const to = identifier(base, 'id') ?? repositoryName(base);
  if (from === undefined || to === undefined) return {};
  return known({ from_fork: from !== to, from_repository: from === to ? undefined : repositoryName(head) });
}
