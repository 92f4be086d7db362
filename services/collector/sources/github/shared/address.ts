// Where a webhook sends to.
export function hostOf(url: string | undefined): string | undefined {
  const host = url === undefined ? undefined : URL.parse(url)?.hostname;
  return host === '' ? undefined : host;
}
