// Whether a repository is one of those that are watched.

/** GitHub's names are the same in any case. */
export function isWatched(repository: string, organizations: readonly string[]): boolean {
  const owner = repository.split('/', 1)[0]?.toLowerCase();
  return organizations.some((organization) => organization.toLowerCase() === owner);
}
