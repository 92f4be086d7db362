// What a reference promises: an exact version or a digest stays what it is; a branch or a major label moves with releases.

const EXACT = /^v?\d+\.\d+\.\d+(?:[-+.][0-9A-Za-z.+-]{1,60})?$/;
const DIGEST = /^(?:sha\d{3}:)?[0-9a-f]{40,128}$/i;

/** Whether the reference must never resolve to something else. */
export function isExact(reference: string): boolean {
  return EXACT.test(reference) || DIGEST.test(reference);
}

export function short(resolved: string): string {
  return resolved.replace(/^sha\d{3}:/, '').slice(0, 12);
}
