// What may be done without being asked: modes by playbook, severity and target, limits, and whom nothing may touch. Pure.
import { type Entity, entityKey } from '../core/entity.ts';
import type { Incident } from '../core/incident.ts';
import type { Playbook } from '../core/playbook.ts';
import { compareSeverity, type Severity } from '../core/severity.ts';
import type { Instant } from '../core/time.ts';
import { type Hours, isWithin } from './hours.ts';

/** `observe`: nothing is planned; `suggest`: shown, never sent; `approve`: a person agrees to every step; `automatic`: as the playbook says. */
export const MODES = ['observe', 'suggest', 'approve', 'automatic'] as const;
export type Mode = (typeof MODES)[number];

export interface ModeRule {
  readonly mode: Mode;
  /** Ids; absent: every one. */
  readonly playbooks?: readonly string[] | undefined;
  /** At most: what is worse is another rule's. */
  readonly severity?: Severity | undefined;
  /** `type:id`, `*` for any characters: the incident names one of these. Absent: any. */
  readonly entities?: readonly string[] | undefined;
  /** Bits, of an incident's findings together: below it there is too little to act on unasked. */
  readonly below?: number | undefined;
  /** At these hours: a maintenance window, a night without people. Absent: at any. */
  readonly during?: readonly Hours[] | undefined;
}

export interface Policy {
  /** The first that fits decides; where none does, `automatic`. */
  readonly rules: readonly ModeRule[];
  /** Steps that are sent without asking; more ask. */
  readonly per_hour: number;
  /** The same, of one target. */
  readonly per_target: number;
  /** As in a rule: no step is aimed at these, agreed to or not. */
  readonly protected: readonly string[];
}

export const OPEN_POLICY: Policy = { rules: [], per_hour: 60, per_target: 4, protected: [] };

export function modeFor({ rules }: Policy, playbook: Playbook, incident: Incident, now: Instant): Mode {
  const fits = ({ playbooks, severity, entities, below, during }: ModeRule) =>
    (playbooks === undefined || playbooks.includes(playbook.id)) &&
    (severity === undefined || compareSeverity(incident.severity, severity) <= 0) &&
    (entities === undefined || incident.entities.some((entity) => isOneOf(entity, entities))) &&
    (below === undefined || incident.surprise < below) &&
    (during === undefined || during.some((hours) => isWithin(hours, now)));
  return rules.find(fits)?.mode ?? 'automatic';
}

export function isProtected(policy: Policy, entity: Entity): boolean {
  return isOneOf(entity, policy.protected);
}

/** `TYPE:ID`, `*` for any characters. */
export function isOneOf(entity: Entity, patterns: readonly string[]): boolean {
  const key = entityKey(entity);
  return patterns.some((pattern) => fitsPattern(key, pattern));
}

/** Linear: the pieces between the stars stand in the key one behind the other. */
function fitsPattern(key: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return key === pattern;
  const last = rest.pop() ?? '';
  if (!key.startsWith(first) || key.length < first.length + last.length || !key.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = key.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= key.length - last.length;
}
