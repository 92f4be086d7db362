// What the tracker of weaknesses tells correlation: of those few that could weigh in an incident, and by what they are met.
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

export interface WeaknessWord {
  /** Its id. */
  readonly weakness: string;
  readonly repository?: string;
  readonly title: string;
  /** A file or an address, with its line; or the package. */
  readonly where: string;
  readonly tools: readonly string[];
  readonly priority: Severity;
  /** As `MEETS` writes them; at most 20. */
  readonly meets: readonly string[];
  /** When it was told first, or again after it had been fixed. */
  readonly since: Instant;
  /** Since when nobody tells it as open; absent while somebody does. */
  readonly until?: Instant;
  /** The beginning of the week in which it was told last. */
  readonly seen: Instant;
  /** The tool had handed in a complete report before, which did not have it. */
  readonly fresh?: true;
  /** It turned out to be this one. */
  readonly merged?: string;
  readonly sample?: true;
}

/** What a weakness and a finding have in common where they meet; the repository alone is nothing of the kind. */
export const MEETS = {
  /** The credential that was found lying about is the one that something was done with. */
  credential: (id: string) => `credential:${id}`,
  /** The secret, by its keyed fingerprint. */
  secret: (fingerprint: string) => `secret:${fingerprint}`,
  /** The run's own definition lets strangers run their code. */
  definition: (repository: string, path: string) => `definition:${repository} ${path}`,
  /** A definition that was changed. */
  change: (repository: string, path: string) => `change:${repository} ${path}`,
  /** The dependency, by its name: of an action without what stands below its repository. */
  dependency: (name: string) => `dependency:${name.toLowerCase().replace(':', '/')}`,
  /** A repository whose jobs may install a package that is known to be malicious. */
  malicious: (repository: string) => `malicious:${repository}`,
} as const;

/** `credential` of `credential:…`. */
export function kindOfMeeting(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
