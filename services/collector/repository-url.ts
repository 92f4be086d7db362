// Which repository a clone or web address names.
import type { Vcs } from '../core/activity.ts';
import { known } from './fields.ts';

/** Hosts whose repositories are known by their path alone in that provider's own feeds. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucket'],
]);

/** `git@host:owner/name.git`, as ssh takes it: no scheme, and no slash before the colon. */
const SCP = /^(?:[^@/:]+@)?([^@/:]+):(?!\/\/)\/?(.+)$/;

/**
 * Of `https://host/owner/name.git`, `ssh://git@host:22/owner/name.git` and `git@host:owner/name.git`: provider, where
 * the host tells, and `owner/name`. Undefined for what is no such address.
 */
export function repositoryOf(address: string | undefined): Pick<Vcs, 'provider' | 'repository'> | undefined {
  if (address === undefined) return undefined;
  const url = URL.parse(address);
  const [, scpHost, scpPath] = url?.host ? [] : (SCP.exec(address) ?? []);
  const host = url?.host ? url.hostname : scpHost;
  const path = (url?.host ? url.pathname : (scpPath ?? ''))
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
  if (host === undefined || path === '') return undefined;
  const provider = PROVIDERS.get(host.toLowerCase());
  return known({ provider: provider === undefined ? undefined : { name: provider }, repository: { name: path } });
}
