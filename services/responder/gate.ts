// May this be deployed now? From the incidents that are open at this moment: those of the commit, the run and the environment
// themselves, and very bad ones of the repository.
import type { Incident } from '../core/incident.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { compareSeverity, SEVERITIES, type Severity } from '../core/severity.ts';

export interface GateQuestion {
  readonly repository: string;
  /** The commit that is deployed, in full. */
  readonly sha?: string;
  /** Id of the run that deploys, as the system has it. */
  readonly run?: string;
  readonly environment?: string;
}

export interface GatePolicy {
  /** An incident of the commit, the run or the environment that is at least so bad holds it. */
  readonly hold_at: Severity;
  /** The same, of the repository alone: all of its deployments wait. */
  readonly hold_repository_at: Severity;
  /** When the incidents cannot be asked for. */
  readonly when_unknown: 'allow' | 'hold';
}

export interface GateAnswer {
  readonly allowed: boolean;
  /** As a sentence. */
  readonly reason: string;
  /** Ids of the incidents that speak against it, worst first. */
  readonly incidents: readonly string[];
  /** The store could not be asked: `when_unknown` has decided. */
  readonly unknown?: true;
}

/** Of one repository; more than these speak for themselves. */
const MOST = 100;

/** Never rejects: who asks has a deployment that waits. `onUnknown` is told why the store could not be asked. */
export async function gateAnswer(
  store: DocumentStore,
  question: GateQuestion,
  policy: GatePolicy,
  onUnknown: (error: unknown) => void,
): Promise<GateAnswer> {
  try {
    return judged(await openIncidents(store, question, policy), question, policy);
  } catch (error) {
    onUnknown(error);
    const allowed = policy.when_unknown === 'allow';
    const reason = `the incidents cannot be asked for, and then it is ${allowed ? 'allowed' : 'held'} (gate.when_unknown)`;
    return { allowed, reason, incidents: [], unknown: true };
  }
}

async function openIncidents(
  store: DocumentStore,
  question: GateQuestion,
  { hold_at, hold_repository_at }: GatePolicy,
): Promise<readonly Incident[]> {
  const least = compareSeverity(hold_at, hold_repository_at) < 0 ? hold_at : hold_repository_at;
  const { documents } = await store.search<Incident>('incident', {
    where: [
      { field: 'status', is: 'open' },
      { field: 'severity', in: SEVERITIES.filter((severity) => compareSeverity(severity, least) >= 0) },
      { field: 'targets.id', in: [question.repository, ...ownIds(question)] },
    ],
    sort: { field: 'updated', order: 'desc' },
    limit: MOST,
  });
  // What is made up holds nothing.
  return documents.map(({ body }) => body).filter(({ sample }) => !sample);
}

/** Ids of what is deployed, as entities have them. */
function ownIds({ repository, sha, run, environment }: GateQuestion): readonly string[] {
  return [
    ...(sha === undefined ? [] : [sha.toLowerCase()]),
    ...(run === undefined ? [] : [`${repository}/${run}`]),
    ...(environment === undefined ? [] : [`${repository}:${environment}`]),
  ];
}

function judged(
  incidents: readonly Incident[],
  question: GateQuestion,
  { hold_at, hold_repository_at }: GatePolicy,
): GateAnswer {
  const own = new Set(ownIds(question));
  const against = incidents.filter(({ severity, targets = [] }) => {
    const isOwn = targets.some(({ id }) => own.has(id));
    return compareSeverity(severity, isOwn ? hold_at : hold_repository_at) >= 0;
  });
  const [worst] = against.toSorted((a, b) => compareSeverity(b.severity, a.severity));
  const ids = against.toSorted((a, b) => compareSeverity(b.severity, a.severity)).map(({ id }) => id);
  if (!worst) return { allowed: true, reason: 'no open incident speaks against it', incidents: [] };
  return { allowed: false, reason: `${worst.severity}: ${worst.title}`, incidents: ids };
}
