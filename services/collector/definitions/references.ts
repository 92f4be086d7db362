// References: what stands behind `@` or `:` in the name of an action, an image, an include, and how firmly it pins.
import type { ImageUse, Pinning } from '../../core/definition.ts';

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const VERSION = /^(?:refs\/tags\/.+|v?\d+(?:\.\d+)*(?:[-+_.][\w.+-]*)?)$/i;
const EXPRESSION = /\$|<<|%\(/;

/** How firmly a git reference, or a version, pins. */
export function pinningOf(ref: string | undefined): Pinning {
  if (ref === undefined || ref === '') return 'none';
  if (EXPRESSION.test(ref)) return 'dynamic';
  if (COMMIT.test(ref)) return 'commit';
  return VERSION.test(ref) ? 'tag' : 'branch';
}

export interface Reference {
  readonly name: string;
  readonly ref?: string;
  readonly pinned: Pinning;
}

/** `name@ref`; what begins with a dot is local. The name may hold an `@` itself (`https://user@host/a@v1`). */
export function reference(text: string): Reference {
  if (/^\.{1,2}(?:\/|$)/.test(text)) return { name: text, pinned: 'local' };
  const split = text.lastIndexOf('@');
  if (split <= 0) return { name: text, pinned: EXPRESSION.test(text) ? 'dynamic' : 'none' };
  const ref = text.slice(split + 1);
  return { name: text.slice(0, split), ref, pinned: pinningOf(ref) };
}

type Image = Pick<ImageUse, 'name' | 'tag' | 'digest' | 'pinned'>;

/**
 * `registry:port/name:tag@sha256:…` (https://docs.docker.com/reference/cli/docker/image/tag/). `latest` and no tag at
 * all take the newest.
 */
export function image(text: string): Image {
  const [rest = '', digest] = text.split('@', 2);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  const expression = EXPRESSION.test(rest);
  const name = colon < 0 || expression ? rest : rest.slice(0, colon);
  const tag = colon < 0 || expression ? undefined : rest.slice(colon + 1);
  const pinned = imagePinning(expression, tag, digest);
  return { name, ...(tag ? { tag } : {}), ...(digest ? { digest } : {}), pinned };
}

function imagePinning(expression: boolean, tag: string | undefined, digest: string | undefined): Pinning {
  if (digest !== undefined && /^sha(?:256|512):[0-9a-f]{32,128}$/i.test(digest)) return 'digest';
  if (expression || digest !== undefined) return 'dynamic';
  return tag === undefined || tag === 'latest' ? 'none' : 'tag';
}
