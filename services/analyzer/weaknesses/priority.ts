// Which weakness first: what the tools say, and what is known of where it is. Pure, and told in words.
import { SEVERITIES, type Severity, shiftSeverity } from '../../core/severity.ts';
import { DAY, formatInstant, type Instant } from '../../core/time.ts';

/** A deployment that is older says little of what runs now. */
export const LATELY = 30 * DAY;
/** Chosen, not derived (https://www.first.org/epss/model tells what the number means). */
const LIKELY = 0.1;

/** What is known of a repository. */
export interface Facts {
  readonly deployed?: Instant;
  readonly environment?: string;
  readonly public?: boolean;
}

export interface Circumstances {
  readonly severity: Severity;
  /** Which tool says so. */
  readonly tool: string;
  readonly score?: number;
  readonly verified?: boolean;
  readonly exploited?: boolean;
  readonly epss?: number;
  readonly secret: boolean;
  /** It was found at an address, from outside. */
  readonly reached: boolean;
  readonly facts: Facts;
  readonly now: Instant;
}

export interface Priority {
  readonly priority: Severity;
  readonly rank: number;
  readonly reasons: readonly string[];
}

/**
 * The tools' severity, one step more where it is exploited or likely to be, and one more where it can be reached: found from
 * outside, deployed lately, or a secret that everybody can read. Never less: what nobody told is not known to be harmless.
 */
export function priorityOf(circumstances: Circumstances): Priority {
  const { severity, tool, score, verified } = circumstances;
  const reasons = [`${tool} rates it ${severity}${score === undefined ? '' : ` (${score})`}`];
  if (verified) reasons.push('the secret was tried, and it works');
  const steps = [exploitation(circumstances), exposure(circumstances)].filter((reason) => reason !== undefined);
  reasons.push(...(steps.length > 0 ? steps : ['nothing tells that it is exploited, deployed or can be reached']));
  const priority = shiftSeverity(severity, steps.length);
  return { priority, rank: SEVERITIES.indexOf(priority), reasons };
}

function exploitation({ exploited, epss }: Circumstances): string | undefined {
  if (exploited) return 'it is known to be exploited';
  return epss !== undefined && epss >= LIKELY
    ? `it is exploited within 30 days with a probability of ${Math.round(epss * 100)} %`
    : undefined;
}

function exposure({ facts, secret, reached, now }: Circumstances): string | undefined {
  if (reached) return 'it was found from outside';
  if (secret && facts.public) return 'everybody can read the repository';
  if (!isLately(facts.deployed, now)) return undefined;
  const where = facts.environment === undefined ? '' : ` to ${facts.environment}`;
  return `the repository was deployed${where} on ${formatInstant(facts.deployed ?? now).slice(0, 10)}`;
}

export function isLately(deployed: Instant | undefined, now: Instant): boolean {
  return deployed !== undefined && now - deployed <= LATELY;
}
