// What stands in a secret's place: `[redacted:<kind>:<fingerprint>]`.
import { createHash, createHmac, createSecretKey } from 'node:crypto';

/** Sixteen digits; twelve, without a key's id, are what earlier versions wrote. */
const MARKER = /\[redacted:([a-z0-9-]{1,64}):([0-9a-f]{12}(?:[0-9a-f]{4})?)\]/g;
export const OPENING = '[redacted:';
/** Of a marker, in characters. */
const LONGEST = OPENING.length + 64 + 1 + 16 + 1;

export function marker(kind: string, fingerprint: string): string {
  return `${OPENING}${kind}:${fingerprint}]`;
}

/** Takes a secret, one character a byte. */
export type Fingerprint = (secret: string) => string;

/**
 * Sixteen hexadecimal digits. The first four name the key: fingerprints of different keys cannot be compared, and one
 * sees that they cannot. The rest are the first 48 bits of HMAC-SHA-256 over the secret: enough to tell secrets apart,
 * useless for guessing without the key.
 */
export function createFingerprint(key: Uint8Array): Fingerprint {
  // Made once: with plain bytes the HMAC spends nine tenths of its time on the key.
  const secretKey = createSecretKey(key);
  const id = keyId(key);
  return (secret) => id + createHmac('sha256', secretKey).update(secret, 'latin1').digest('hex').slice(0, 12);
}

/** Derived from the key, so that nothing else has to be kept: the first 16 bits of SHA-256 over a label and the key. */
export function keyId(key: Uint8Array): string {
  return createHash('sha256').update('pipewarden redaction key id').update(key).digest('hex').slice(0, 4);
}

/** True when the whole text is one marker. */
export function isMarker(text: string): boolean {
  return text.startsWith(OPENING) && text.replace(MARKER, '') === '';
}

/** True when something in the text was redacted before. */
export function hasMarker(text: string): boolean {
  return outsideMarkers(text).length > 1;
}

export interface Marker {
  readonly kind: string;
  readonly fingerprint: string;
}

/** The markers that stand in a text, in order. */
export function markersIn(text: string): readonly Marker[] {
  if (!text.includes(OPENING)) return [];
  return [...text.matchAll(MARKER)].map(([, kind = '', fingerprint = '']) => ({ kind, fingerprint }));
}

/** How many markers of each kind stand in a text. */
export function markerCounts(text: string): Record<string, number> {
  // A map: somebody may have written a marker whose kind is `constructor`.
  const counts = new Map<string, number>();
  for (const { kind } of markersIn(text)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Stretches of a text that lie outside markers: what was redacted once is not looked at again. */
export function outsideMarkers(text: string): { start: number; end: number }[] {
  if (!text.includes(OPENING)) return [{ start: 0, end: text.length }];
  const stretches: { start: number; end: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(MARKER)) {
    stretches.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  stretches.push({ start, end: text.length });
  return stretches;
}

/** `cut`, or less: a place to cut the text at that is not within a marker nor within a pair of surrogates. */
export function withoutCuttingMarker(text: string, cut: number): number {
  const opening = text.lastIndexOf(OPENING, cut);
  if (opening >= 0 && opening < cut && !hasMarker(text.slice(opening, cut))) {
    const whole = text.slice(opening, opening + LONGEST);
    if (hasMarker(whole)) return opening;
  }
  const before = text.charCodeAt(cut - 1);
  return before >= 0xd800 && before <= 0xdbff ? cut - 1 : cut;
}
