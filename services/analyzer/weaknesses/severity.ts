// How severe a tool says that a finding is, on our scale.
import type { AlertDetail } from '../../core/details/alert.ts';
import { moreSevere, type Severity } from '../../core/severity.ts';
import { isSecret } from './kinds.ts';

/** https://www.first.org/cvss/v3.1/specification-document#Qualitative-Severity-Rating-Scale */
const SCORES = [
  [9, 'critical'],
  [7, 'high'],
  [4, 'medium'],
  [0.1, 'low'],
  [0, 'informational'],
] as const satisfies readonly (readonly [number, Severity])[];

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ...['critical', 'blocker'].map((word) => [word, 'critical'] as const),
  ...['high', 'error', 'severe'].map((word) => [word, 'high'] as const),
  ...['medium', 'moderate', 'warning', 'major'].map((word) => [word, 'medium'] as const),
  ...['low', 'note', 'minor'].map((word) => [word, 'low'] as const),
  ...['info', 'informational', 'information', 'none'].map((word) => [word, 'informational'] as const),
]);

/** A score goes before a word; a secret is high at least, one that works critical; what says nothing is medium. */
export function severityOf(detail: AlertDetail): Severity {
  if (detail.verified) return 'critical';
  const told = scored(detail.score) ?? worded(detail);
  return isSecret(detail) ? moreSevere(told ?? 'high', 'high') : (told ?? 'medium');
}

function scored(score: number | undefined): Severity | undefined {
  return score === undefined ? undefined : SCORES.find(([least]) => score >= least)?.[1];
}

/** The first word: ZAP adds its confidence, `High (Medium)`. SonarQube's `CRITICAL` stands below its `BLOCKER`. */
function worded({ level, tool }: AlertDetail): Severity | undefined {
  const [word = ''] = /^[a-z]+/.exec(level?.toLowerCase() ?? '') ?? [];
  return tool === 'SonarQube' && word === 'critical' ? 'high' : WORDS.get(word);
}
