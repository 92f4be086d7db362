// The fields that all events share.
import type { Vcs } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { flag, known, text } from '../../../fields.ts';

export { type Delivery, headOf, type Mapper, type Piece, plain, revision } from '../../../delivery.ts';

export function organizationOf(body: JsonObject): string | undefined {
  const named = text(body, 'organization', 'login');
  if (named) return named;
  const owner = body.repository;
  return text(owner, 'owner', 'type') === 'Organization' ? text(owner, 'owner', 'login') : undefined;
}

/** Provider and repository of the delivery, with the ref and the pull request that a mapper found. */
export function vcsOf(
  body: JsonObject,
  more: { readonly ref?: Vcs['ref'] | undefined; readonly change?: Vcs['change'] | undefined } = {},
): Vcs {
  const name = text(body, 'repository', 'full_name');
  const isPrivate = flag(body, 'repository', 'private');
  const visibility = isPrivate === undefined ? undefined : isPrivate ? ('private' as const) : ('public' as const);
  return known({
    provider: { name: 'github' },
    repository: name === undefined ? undefined : known({ name, visibility }),
    ref: more.ref,
    change: more.change,
  });
}
