// Where the next page of a list is: the header `Link` (RFC 8288), as GitHub and GitLab set it.

const NEXT = /<([^<>]{1,4096})>\s*;[^,<]{0,200}\brel="?next"?/;

/** Path and query within the API at `base`; undefined where there is no next page, or it lies somewhere else. */
export function nextPage(header: string | null, base: string): string | undefined {
  const address = header === null ? undefined : NEXT.exec(header)?.[1];
  if (address === undefined) return undefined;
  const api = new URL(base);
  const page = URL.parse(address, `${base}/`);
  const folder = api.pathname.replace(/\/$/, '');
  if (page?.origin !== api.origin || !page.pathname.startsWith(`${folder}/`)) return undefined;
  return `${page.pathname.slice(folder.length)}${page.search}`;
}
