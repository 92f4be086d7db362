// The five severities, in order; the words are those of OCSF's severity_id 1–5.
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
/** As they are shown to people. */
export const WORST_FIRST: readonly Severity[] = SEVERITIES.toReversed();

/** Negative, zero or positive, as `a` is less, equally or more severe than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

export function moreSevere(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) >= 0 ? a : b;
}

/** `steps` up (or down, when negative), held within the scale. */
export function shiftSeverity(severity: Severity, steps: number): Severity {
  const index = Math.min(Math.max(SEVERITIES.indexOf(severity) + steps, 0), SEVERITIES.length - 1);
  return SEVERITIES[index] ?? severity;
}
