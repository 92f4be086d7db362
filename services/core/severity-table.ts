// Severity follows surprise, impact and confidence, by one table.
//
// | surprise            | impact low    | medium | high   |
// | ------------------- | ------------- | ------ | ------ |
// | below 1 in 32       | nothing       | nothing| nothing|
// | 1 in 32 … 1 in 512  | informational | low    | low    |
// | 1 in 512 … 1 in 8k  | low           | low    | medium |
// | beyond              | low           | medium | high   |
//
// Confidence: with fewer observations than `FIRM` behind it, one step less; what a handful of observations say is a guess.
import type { Impact } from './run-facts.ts';
import { type Severity, shiftSeverity } from './severity.ts';

/** Observations behind a firm word. Of an entity's own; a network monitor for CI asks for 100 runs before it calls a baseline stable. */
export const FIRM = 50;

/** Bits below which something is not unusual. */
export const UNUSUAL = 5;
const RARE = 9;
const VERY_RARE = 13;

const TABLE: readonly (readonly [bits: number, severities: Readonly<Record<Impact, Severity>>])[] = [
  [VERY_RARE, { low: 'low', medium: 'medium', high: 'high' }],
  [RARE, { low: 'low', medium: 'low', high: 'medium' }],
  [UNUSUAL, { low: 'informational', medium: 'low', high: 'low' }],
];

/** Undefined: not worth telling. `surprise` in bits; `observations` of the entity itself. */
export function severityBy(surprise: number, impact: Impact, observations: number): Severity | undefined {
  const row = TABLE.find(([bits]) => surprise >= bits);
  if (!row) return undefined;
  const severity = row[1][impact];
  return observations >= FIRM ? severity : shiftSeverity(severity, -1);
}
