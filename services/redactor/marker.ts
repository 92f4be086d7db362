// What stands in a secret's place: `[redacted:<kind>:<fingerprint>]`.
import { createHmac, type KeyObject } from 'node:crypto';

const MARKER = /\[redacted:([a-z0-9-]{1,64}):[0-9a-f]{12}\]/g;
const OPENING = '[redacted:';

export function marker(kind: string, fingerprint: string): string {
  return `${OPENING}${kind}:${fingerprint}]`;
}

/** First 48 bits of HMAC-SHA-256 in hexadecimal: enough to tell secrets apart, useless for guessing without the key. */
export function fingerprintOf(key: KeyObject, secret: string): string {
  return createHmac('sha256', key).update(secret).digest('hex').slice(0, 12);
}

/** True when the whole text is one marker. */
export function isMarker(text: string): boolean {
  return text.startsWith(OPENING) && text.replace(MARKER, '') === '';
}

/** True when something in the text was redacted before. */
export function hasMarker(text: string): boolean {
  return outsideMarkers(text).length > 1;
}

/** How many markers of each kind stand in a text. */
export function markersIn(text: string): Record<string, number> {
  // A map: somebody may have written a marker whose kind is `constructor`.
  const counts = new Map<string, number>();
  if (!text.includes(OPENING)) return {};
  for (const [, kind = ''] of text.matchAll(MARKER)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
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
    const whole = text.slice(opening, opening + OPENING.length + 64 + 1 + 12 + 1);
    if (hasMarker(whole)) return opening;
  }
  const before = text.charCodeAt(cut - 1);
  return before >= 0xd800 && before <= 0xdbff ? cut - 1 : cut;
}
