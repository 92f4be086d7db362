// What every mapper of a webhook event works with, and the fields that all events share. Gitea's and Forgejo's
// deliveries have the shapes of GitHub's, so the mappers here serve all three.
import type { Vcs } from '../../../../core/activity.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import type { Delivery as AnyDelivery, Piece } from '../../../delivery.ts';
import { at, flag, identifier, known, text } from '../../../fields.ts';

export { headOf, type Piece, plain, revision } from '../../../delivery.ts';

/** Of GitHub, or of a system that writes as GitHub does. */
export interface Delivery extends AnyDelivery {
  /** `github`, `gitea`. */
  readonly provider: string;
}

export type Mapper = (delivery: Delivery) => readonly Piece[];

/** The organization that a delivery is about: named, or the owner of the repository or of an app's installation. */
export function organizationOf(body: JsonObject): string | undefined {
  const named = text(body, 'organization', 'login') ?? text(body, 'organization', 'username');
  if (named) return named;
  for (const owner of [
    at(body, 'repository', 'owner'),
    at(body, 'installation', 'account'),
    at(body, 'marketplace_purchase', 'account'),
  ]) {
    if (text(owner, 'type') === 'Organization') return text(owner, 'login');
  }
  return undefined;
}

type Ref = Vcs['ref'] | undefined;

/** Provider and repository of the delivery, with the ref and the pull request that a mapper found. */
export function vcsOf(
  { body, provider }: Pick<Delivery, 'body' | 'provider'>,
  more: { readonly ref?: Ref; readonly change?: Vcs['change'] | undefined } = {},
): Vcs {
  const name = text(body, 'repository', 'full_name');
  const isPrivate = flag(body, 'repository', 'private');
  const visibility = isPrivate === undefined ? undefined : isPrivate ? ('private' as const) : ('public' as const);
  return known({
    provider: { name: provider },
    repository: name === undefined ? undefined : known({ name, visibility }),
    ref: more.ref,
    change: more.change,
  });
}

/** Whether `head` is another repository than `base`, and its name then. A fork that is gone leaves nothing behind. */
export function forkOf(
  head: Json | undefined,
  base: Json | undefined,
): { readonly from_fork?: boolean; readonly from_repository?: string } {
  const from = identifier(head, 'id') ?? text(head, 'full_name');
  const to = identifier(base, 'id') ?? text(base, 'full_name');
  if (from === undefined || to === undefined) return {};
  return known({ from_fork: from !== to, from_repository: from === to ? undefined : text(head, 'full_name') });
}
