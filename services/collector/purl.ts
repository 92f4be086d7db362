// Package URLs: `pkg:type/namespace/name@version?qualifiers#subpath`.
// https://github.com/package-url/purl-spec/blob/main/purl-specification.md
import { anyKnown } from './fields.ts';

export interface Purl {
  /** With its namespace: `@scope/name`. */
  readonly name?: string;
  readonly version?: string;
  readonly digest?: string;
  /** `repository_url` or `download_url`. */
  readonly location?: string;
}

/** Undefined for what is no package URL. */
export function parsePurl(text: string | undefined): Purl | undefined {
  const [, path, version, query] = /^pkg:\/*[^/?#@]+\/([^?#@]+)(?:@([^?#]*))?(?:\?([^#]*))?/.exec(text ?? '') ?? [];
  if (path === undefined) return undefined;
  const qualifiers = new URLSearchParams(query ?? '');
  const plain = version ? decoded(version) : undefined;
  const isDigest = plain !== undefined && /^[a-z0-9]+:[0-9a-f]{32,}$/.test(plain);
  return anyKnown({
    name: path.split('/').map(decoded).join('/'),
    version: isDigest ? (qualifiers.get('tag') ?? undefined) : plain,
    digest: isDigest ? plain : (qualifiers.get('checksum')?.split(',')[0] ?? undefined),
    location: qualifiers.get('repository_url') ?? qualifiers.get('download_url') ?? undefined,
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
