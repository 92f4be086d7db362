// Which repository a CircleCI project is. https://circleci.com/docs/guides/toolkit/api-developers-guide/#project-slug
import type { Vcs } from '../../../../core/activity.ts';
import { known } from '../../../fields.ts';

const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['gh', 'github'],
  ['github', 'github'],
  ['bb', 'bitbucket'],
  ['bitbucket', 'bitbucket'],
]);

/** Of `gh/owner/name`. Projects of other providers have ids instead of names: `circleci/<org id>/<project id>`. */
export function repositoryOfSlug(slug: string | undefined): Pick<Vcs, 'provider' | 'repository'> | undefined {
  const [provider = '', owner, name, ...rest] = slug?.split('/') ?? [];
  const named = PROVIDERS.get(provider);
  if (named === undefined || !owner || !name || rest.length > 0) return undefined;
  return known({ provider: { name: named }, repository: { name: `${owner}/${name}` } });
}
