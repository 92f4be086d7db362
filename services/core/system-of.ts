// Which system a feed is of.

/** The first part of a source's name: `github` of `github.webhook`. */
export function systemOf(source: string): string {
  return source.split('.', 1)[0] ?? source;
}
