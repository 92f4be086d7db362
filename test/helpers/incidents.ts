// Small builders of findings, incidents and playbook runs, for tests of whatever shows or sends them.
import type { Activity } from '../../services/core/activity.ts';
import type { AuditEntry } from '../../services/core/audit.ts';
import type { DetectorInfo } from '../../services/core/detector.ts';
import type { Finding, FindingRecord, Picture } from '../../services/core/finding.ts';
import type { Incident } from '../../services/core/incident.ts';
import { contentId } from '../../services/core/json.ts';
import type { PlaybookRun, RunStep } from '../../services/core/playbook.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import { moreSevere } from '../../services/core/severity.ts';
import { formatInstant, HOUR, type Instant } from '../../services/core/time.ts';

/** Sunday. */
export const ATTACK_TIME: Instant = Date.parse('2026-03-01T02:14:08Z');

type FindingParts = Partial<Omit<Finding, 'evidence'>> & {
  readonly at?: Instant;
  readonly evidence?: Partial<Finding['evidence']>;
  readonly picture?: Picture;
  readonly tactics?: readonly string[];
  readonly behind?: readonly Activity[];
};

export function findingRecord(parts: FindingParts = {}): FindingRecord {
  const { at = ATTACK_TIME, picture, tactics = ['TA0001'], behind, evidence, ...own } = parts;
  const activities = behind ?? [activity({ at })];
  const detector = own.detector ?? 'off-hours-commit';
  return {
    finding: {
      id: contentId('finding', detector, at),
      detector,
      catalogue: 'D001',
      title: 'Commit at an unusual hour',
      severity: 'low',
      time: formatInstant(at),
      surprise: 9.4,
      entity: { type: 'actor', id: 'mara@harbor.example' },
      actor: 'mara',
      repository: 'harbor/checkout',
      run: null,
      activities: activities.map((one) => one.id),
      incident: null,
      owasp: ['CICD-SEC-2'],
      attack: ['T1078'],
      ...own,
      evidence: {
        observed: 'mara committed on Sunday at 03:14, her time.',
        expected: 'She commits Monday to Friday, 08:00 to 18:00.',
        history: '412 commits since 2025-11-03.',
        ...evidence,
      },
    },
    ...(picture ? { picture } : {}),
    links: [{ key: 'repository:harbor/checkout' }],
    tactics,
    observed_at: at,
    activities,
  };
}

export function incidentOf(records: readonly FindingRecord[], own: Partial<Incident> = {}): Incident {
  const sorted = records.toSorted((a, b) => a.observed_at - b.observed_at);
  const first = sorted[0]?.finding;
  const opened = first?.time ?? formatInstant(ATTACK_TIME);
  return {
    id: own.id ?? first?.id ?? contentId('incident', opened),
    title: first?.title ?? 'Something unusual',
    status: 'open',
    severity: sorted.map(({ finding }) => finding.severity).reduce(moreSevere, 'informational'),
    severities: sorted.map(({ finding }) => ({ severity: finding.severity, time: finding.time })),
    opened,
    updated: sorted.at(-1)?.finding.time ?? opened,
    surprise: sorted.reduce((sum, { finding }) => sum + (finding.surprise ?? 0), 0),
    findings: sorted.map(({ finding }) => finding.id),
    entities: [
      { type: 'repository', id: 'harbor/checkout' },
      { type: 'actor', id: 'mara@harbor.example' },
    ],
    detectors: [...new Set(sorted.map(({ finding }) => finding.detector))].sort(),
    tactics: [...new Set(sorted.flatMap((record) => record.tactics))],
    story: sorted.map(({ finding }) => ({
      time: finding.time,
      text: finding.evidence.observed,
      finding: finding.id,
      severity: finding.severity,
    })),
    revision: 1,
    ...own,
  };
}

export function activity(own: { readonly at?: Instant } & Partial<Activity & { kind: 'push' }> = {}): Activity {
  const { at = ATTACK_TIME, ...rest } = own;
  return {
    id: contentId('activity', at, rest.native_type ?? 'push'),
    source: 'github.webhook',
    kind: 'push',
    native_type: 'push',
    received_at: at + 900,
    observed_at: at,
    actor: { name: 'mara', email: 'mara@harbor.example', type: 'person' },
    vcs: { repository: { name: 'harbor/checkout', visibility: 'private' }, ref: { head: { name: 'main' } } },
    detail: { forced: false, created: false, deleted: false, commits: 1 },
    record: { ref: 'refs/heads/main', repository: { full_name: 'harbor/checkout' }, pusher: { name: 'mara' } },
    ...rest,
  };
}

export function logActivity(lines: readonly string[], at: Instant = ATTACK_TIME, firstLine = 1): Activity {
  return {
    id: contentId('activity', 'log', at),
    source: 'github.job-log',
    kind: 'log',
    native_type: 'job-log',
    received_at: at + 400,
    observed_at: at,
    vcs: { repository: { name: 'harbor/checkout' } },
    cicd: {
      pipeline: { name: 'CI', definition: '.github/workflows/ci.yml', run: { id: '9127' }, task: { name: 'test' } },
    },
    redactions: { 'aws-access-key': 1 },
    detail: { first_line: firstLine, lines, last: true },
  };
}

/** A dry run of two steps, the second one irreversible and for two people. */
export function dryRun(incident: string, own: Partial<PlaybookRun> = {}): PlaybookRun {
  const created = formatInstant(ATTACK_TIME + HOUR);
  const id = contentId('run', incident, 'contain-run', 1);
  return {
    id,
    incident,
    playbooks: ['contain-run'],
    title: 'Stop the run and its workflow',
    mode: 'dry',
    status: 'done',
    created,
    updated: created,
    steps: [
      plannedStep('github.cancel-run', 'cancel-run', 'Cancel run 9127 of harbor/checkout', {
        target: { type: 'run', id: 'harbor/checkout/9127', repository: 'harbor/checkout' },
        request: { method: 'POST', path: '/repos/harbor/checkout/actions/runs/9127/cancel', accepts: [202] },
        touches: ['run 9127: its 3 jobs stop where they are'],
        approval: { people: 2 },
        reversible: false,
      }),
      plannedStep('github.disable-workflow', 'disable-workflow', 'Disable the workflow ci.yml of harbor/checkout', {
        target: { type: 'pipeline', id: 'harbor/checkout:.github/workflows/ci.yml', repository: 'harbor/checkout' },
        request: {
          method: 'PUT',
          path: '/repos/harbor/checkout/actions/workflows/ci.yml/disable',
          body: { by: 'pipewarden' },
          accepts: [204],
        },
        touches: ['every push and pull request of harbor/checkout: its checks do not start'],
        approval: null,
        reversible: true,
      }),
    ],
    audit: [auditEntry('playbook-run.created', id, created), auditEntry('playbook-run.planned', id, created)],
    exported: 2,
    lease: null,
    ...own,
  };
}

/** The same, acting: the first step waits for two people, the second was done and can be undone. */
export function actingRun(incident: string, own: Partial<PlaybookRun> = {}): PlaybookRun {
  const run = dryRun(incident);
  const [cancel, disable] = run.steps;
  if (!cancel || !disable?.plan) throw new Error('the dry run has other steps');
  const expires = formatInstant(ATTACK_TIME + 25 * HOUR);
  return {
    ...run,
    mode: 'act',
    status: 'waiting',
    steps: [
      { ...cancel, status: 'waiting', expires, approvals: [] },
      { ...disable, status: 'verified', plan: { ...disable.plan, before: { state: 'active' } } },
    ],
    ...own,
  };
}

interface StepParts {
  readonly target: RunStep['target'];
  readonly request: NonNullable<RunStep['plan']>['requests'][number];
  readonly touches: readonly string[];
  readonly approval: RunStep['approval'];
  readonly reversible: boolean;
}

function plannedStep(action: string, kind: RunStep['kind'], summary: string, parts: StepParts): RunStep {
  return {
    playbook: 'contain-run',
    action,
    kind,
    target: parts.target,
    reversible: parts.reversible,
    approval: parts.approval,
    group: 0,
    status: 'planned',
    plan: { summary, requests: [parts.request], blast_radius: parts.touches, before: null },
  };
}

export function auditEntry(action: string, subject: string, time: string): AuditEntry {
  return {
    id: contentId('audit', action, subject),
    time,
    actor: 'pipewarden',
    action,
    subject,
    outcome: 'success',
    detail: null,
  };
}

export function detectorInfo(own: Partial<DetectorInfo> = {}): DetectorInfo {
  return {
    id: 'off-hours-commit',
    title: 'Commit at an unusual hour',
    summary: 'A commit was made at an hour of the week at which its author does not work.',
    catalogue: 'D001',
    severity: 'low',
    maturity: 'stable',
    owasp: ['CICD-SEC-2'],
    attack: [{ tactic: 'TA0001', technique: 'T1078' }],
    falsePositives: ['The author travels.'],
    next: ['Ask the author, on another channel, whether the commit is theirs.'],
    cases: async () => ({ cases: [] }),
    ...own,
  };
}

/** Puts findings, incidents and runs where the console looks for them. */
export async function fill(
  store: DocumentStore,
  content: {
    readonly findings?: readonly FindingRecord[];
    readonly incidents?: readonly Incident[];
    readonly runs?: readonly PlaybookRun[];
  },
): Promise<void> {
  const { findings = [], incidents = [], runs = [] } = content;
  for (const record of findings) await store.put('finding', record.finding.id, record, 'absent');
  for (const incident of incidents) await store.put('incident', incident.id, incident, 'absent');
  for (const run of runs) await store.put('run', run.id, run, 'absent');
}
