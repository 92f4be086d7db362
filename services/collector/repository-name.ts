// The name of a repository from the address that it is cloned from or looked at.

/** What stands before the name in the addresses of some systems: an API's version, Bitbucket Server's `scm`. */
const BEFORE = /^\/+(?:api\/v\d\/|repos\/|scm\/)?/;
/** Pages within a repository, so no part of its name. GitLab separates them by `/-/`. */
const PAGE = /\/(?:-|blob|tree|commit|commits|pull|pulls|actions|issues|releases|src|raw)\//;
/** Longer ones are no addresses; it also keeps the expressions cheap. */
const LONGEST = 2_048;

interface Place {
  readonly host: string;
  /** Begins with a slash. */
  readonly path: string;
}

/**
 * `owner/name`, with all groups where there are several, of an `https`, `ssh` or `git@host:` address or a page within
 * the repository; `project/name` for Azure DevOps. Undefined for what has no such name (a local path).
 */
export function repositoryName(address: string | undefined): string | undefined {
  const place = address === undefined || address.length > LONGEST ? undefined : placeOf(address);
  if (place === undefined) return undefined;
  const azure = azureName(place);
  if (azure !== undefined) return azure;
  const path = place.path.replace(BEFORE, '');
  const page = path.search(PAGE);
  const name = (page === -1 ? path : path.slice(0, page)).replace(/\/$/, '').replace(/\.git$/, '');
  return /^[^/\s]+(?:\/[^/\s]+)+$/.test(name) ? name : undefined;
}

/** `https://dev.azure.com/organization/project/_git/name`; a project's repository of the same name leaves it out. */
function azureName({ host, path }: Place): string | undefined {
  const parts = path.split('/');
  if (host === 'ssh.dev.azure.com') return parts.slice(-2).join('/');
  const mark = parts.indexOf('_git');
  const name = mark === -1 ? undefined : parts[mark + 1];
  if (!name) return undefined;
  const organizations = host === 'dev.azure.com' ? 1 : 0;
  return `${mark > 1 + organizations ? parts[mark - 1] : name}/${name}`;
}

function placeOf(address: string): Place | undefined {
  const [, host, path] = /^(?:[\w.-]+@)?([\w.-]{2,}):(?!\/)(.+)$/.exec(address) ?? [];
  if (host !== undefined) return { host, path: `/${path}` };
  const url = URL.parse(address);
  if (!url || url.hostname === '') return undefined;
  try {
    return { host: url.hostname, path: decodeURIComponent(url.pathname) };
  } catch {
    return { host: url.hostname, path: url.pathname };
  }
}
