// What calibration remembers, as JSON of bounded size. All of it is pure data; see calibrate.ts for what is done with it.
import { z } from 'zod';
import { canonicalJson, parsedJson } from '../../core/json.ts';
import type { Guard } from './guard.ts';
import type { Meter } from './meter.ts';
import { EDGES } from './tail.ts';

/** Grows when the form changes: an older state is then learned anew. */
const VERSION = 1;
/** Detectors, and teams with a budget, that are remembered; further ones are judged as newcomers each time. */
export const MOST_METERS = 256;
const MOST_GUARDS = 4096;

/**
 * Size: at most 256 meters of each kind with at most 218 weights, and a bucket for each budget that is set; a detector with a
 * year of history has some thirty weights, 500 bytes.
 */
export type CalibrationState = {
  /** Day (since 1970) of the last move of the bars. */
  readonly day: number;
  /** By `overall`, `detector/…`, `team/…`. */
  readonly guards: Readonly<Record<string, Guard>>;
  readonly detectors: Readonly<Record<string, Meter>>;
  readonly teams: Readonly<Record<string, Meter>>;
};

export function emptyCalibration(): CalibrationState {
  return { day: 0, guards: {}, detectors: {}, teams: {} };
}

const finite = z.number().min(-1e15).max(1e15);
const count = z.int().min(0);
const edge = z
  .string()
  .regex(/^\d{1,3}$/)
  .refine((text) => Number(text) < EDGES);
const guard = z.strictObject({ tokens: finite.min(0), at: finite });
const meter = z.strictObject({
  tail: z.strictObject({ since: finite, landmark: finite, weights: z.record(edge, finite.min(0)) }).exactOptional(),
  bar: z
    .number()
    .min(0)
    .max(EDGES - 1),
  raised: count,
  held: count,
});
const meters = z.record(z.string().max(1000), meter).refine((all) => Object.keys(all).length <= MOST_METERS);
const stored = z.strictObject({
  version: z.literal(VERSION),
  day: z.int().min(-1e9).max(1e9),
  guards: z.record(z.string().max(1020), guard).refine((all) => Object.keys(all).length <= MOST_GUARDS),
  detectors: meters,
  teams: meters,
});

export function serializeCalibration(state: CalibrationState): string {
  return canonicalJson({ version: VERSION, ...state });
}

/** Undefined for what `serializeCalibration` of this version did not write. */
export function parseCalibration(text: string): CalibrationState | undefined {
  const result = stored.safeParse(parsedJson(text));
  if (!result.success) return undefined;
  const { version: _, ...state } = result.data;
  return state;
}
