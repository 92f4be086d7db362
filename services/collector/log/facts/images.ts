// Container images as logs name them.
import type { Told } from '../dependencies.ts';

const DIGEST = /^(?<name>[^@\s]+)@(?<digest>sha\d{3}:[0-9a-f]{32,128})$/;
/** The tag stands after the last `/`; a colon before that belongs to the registry's port. */
const TAG = /^(?<name>.*?):(?<tag>[\w.-]{1,128})$/;

/**
 * `registry.example:5000/team/app:1.2@sha256:…` taken apart (https://github.com/distribution/reference). Undefined for
 * what is no image: `scratch`, a bare id, an earlier stage of a build.
 */
export function imageOf(reference: string, resolved?: string): Told | undefined {
  if (reference === 'scratch' || /^sha\d{3}:/.test(reference) || /[${}'"<>]/.test(reference)) return undefined;
  const { name: tagged = reference, digest = resolved } = DIGEST.exec(reference)?.groups ?? {};
  const slash = tagged.lastIndexOf('/') + 1;
  const { name: last = tagged.slice(slash), tag } = TAG.exec(tagged.slice(slash))?.groups ?? {};
  const name = tagged.slice(0, slash) + last;
  if (name === '' || name.length > 300) return undefined;
  const first = name.slice(0, Math.max(0, name.indexOf('/')));
  const registry = /[.:]/.test(first) ? first.replace(/:\d{1,5}$/, '') : undefined;
  return { type: 'image', name, requested: tag, resolved: digest, from: registry };
}
