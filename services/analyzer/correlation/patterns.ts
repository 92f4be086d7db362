// Known courses of attacks: short chains within one run, person or credential that say more than their parts. Each step is
// one of several detectors; order is that of event time.
import { compareSeverity, type Severity } from '../../core/severity.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../core/time.ts';

export interface Pattern {
  readonly id: string;
  /** What it is, for the incident's story. */
  readonly title: string;
  /** Detectors, one of which takes each step; `detector#facet` where it must have seen that. */
  readonly steps: readonly (readonly string[])[];
  /** From the first step to the last. */
  readonly within: number;
  readonly severity: Severity;
  /** The last step is at least so grave; else any one of them is medium. */
  readonly deed?: Severity;
}

/** Times of two feeds differ by so much; within it, order says nothing. */
const TOLERANCE = MINUTE;

const EGRESS = ['new-workflow-egress', 'exfiltration-service-contacted', 'dns-tunnel', 'secret-sent'];
/** Secrets of a machine are reached for. */
const REACHING = ['memory-read', 'credential-file-read', 'environment-dumped', 'metadata-service-contacted'];
const DEFINITION = ['pipeline-definition-changed', 'job-config-changed'];

/** From the record of incidents: stranger's input, borrowed credentials, planted workflows, drifted references. */
export const PATTERNS: readonly Pattern[] = [
  {
    id: 'stranger-run-egress',
    title: 'A stranger’s input in a privileged run, which then contacted somebody new',
    steps: [['stranger-in-privileged-run'], EGRESS],
    within: DAY,
    severity: 'high',
  },
  {
    id: 'machine-secrets-egress',
    title: 'A machine’s secrets were reached for, or a server gave a shell, and then somebody new was contacted',
    steps: [[...REACHING, 'server-shell'], EGRESS],
    within: HOUR,
    severity: 'high',
  },
  {
    id: 'borrowed-credential',
    title: 'A credential used from somewhere new, which then published, rewrote or took in bulk',
    steps: [
      ['new-credential-context', 'sleeping-credential', 'credential-in-two-places', 'credential-inventory'],
      [...DEFINITION, 'definition-spread', 'history-rewrite', 'mass-read', 'mass-write', 'release-out-of-pattern'],
    ],
    within: DAY,
    severity: 'high',
    deed: 'medium',
  },
  {
    id: 'borrowed-tool',
    title:
      'A credential used from somewhere new, by a program that it was never used with, which then took or wrote much',
    steps: [
      ['new-credential-context#program', 'sleeping-credential', 'credential-in-two-places', 'credential-inventory'],
      ['mass-read', 'mass-write'],
    ],
    within: DAY,
    severity: 'high',
  },
  {
    id: 'borrowed-name',
    title: 'A credential used from somewhere new, which then pushed in another’s name',
    steps: [['new-credential-context', 'sleeping-credential', 'credential-in-two-places'], ['identity-mismatch']],
    within: DAY,
    severity: 'high',
  },
  {
    id: 'planted-definition',
    title: 'A pipeline changed out of character, whose run then took secrets or contacted somebody new',
    steps: [DEFINITION, ['secret-breadth', ...EGRESS]],
    within: 6 * HOUR,
    severity: 'high',
  },
  {
    id: 'woken-credential-definition',
    title: 'A forgotten credential woke up somewhere new, and changed a pipeline',
    steps: [['sleeping-credential'], DEFINITION],
    within: 6 * HOUR,
    severity: 'high',
  },
  {
    id: 'controller-takeover',
    title: 'A controller answered somebody unknown, and then an account that nobody had seen went to work',
    steps: [
      ['control-plane-probe', 'file-content-in-error'],
      ['unseen-account', 'new-principal'],
    ],
    within: DAY,
    severity: 'high',
  },
  {
    id: 'planted-runner',
    title: 'A runner that nobody expected was registered, and then took a job',
    steps: [['runner-registered'], ['new-executor']],
    within: 7 * DAY,
    severity: 'high',
  },
  {
    id: 'drift-and-theft',
    title: 'A reference that drifted, whose run then reached for secrets',
    steps: [
      ['reference-drift', 'resolved-elsewhere', 'fetched-file-changed'],
      ['encoded-bulk-in-log', 'secret-in-log', 'new-process', 'decode-and-run', ...REACHING, ...EGRESS],
    ],
    within: 7 * DAY,
    severity: 'high',
  },
];

interface Step {
  readonly detector: string;
  readonly facets?: readonly string[];
  readonly at: Instant;
  readonly severity: Severity;
  /** The run, people, credentials, commits, addresses that it is about. */
  readonly principals: readonly string[];
}

/**
 * The patterns that a deed completes. `deeds`: of one incident, in order of time. Each step is about a run, person, credential,
 * commit or address that the next one is about too, and one of them at least is medium: weak signs that only share a repository
 * are no course of anything. Of several deeds that would do for a step, the worst counts.
 */
export function patternsEndingIn(deeds: readonly Step[], index: number): readonly Pattern[] {
  const last = deeds[index];
  if (!last) return [];
  return PATTERNS.filter(({ steps, within, deed }) => {
    if (!takes(last, steps.at(-1))) return false;
    if (deed && compareSeverity(last.severity, deed) < 0) return false;
    const taken: Step[] = [last];
    for (const step of steps.slice(0, -1).toReversed()) {
      const next = taken[0] ?? last;
      const found = deeds.filter(
        (each) =>
          takes(each, step) &&
          each.at <= next.at + TOLERANCE &&
          last.at - each.at <= within &&
          each.principals.some((key) => next.principals.includes(key)),
      );
      const [first, ...others] = found;
      if (!first) return false;
      taken.unshift(others.reduce((a, b) => (compareSeverity(b.severity, a.severity) >= 0 ? b : a), first));
    }
    return taken.some(({ severity }) => compareSeverity(severity, 'medium') >= 0);
  });
}

function takes({ detector, facets = [] }: Step, step: readonly string[] = []): boolean {
  return step.includes(detector) || facets.some((facet) => step.includes(`${detector}#${facet}`));
}
