// A playbook run as a value: how it begins, grows, changes a step and ends. Pure; the store is touched in run-store.ts.
import type { AuditEntry } from '../core/audit.ts';
import type { Incident } from '../core/incident.ts';
import { contentId, isObject, type Json, type JsonObject } from '../core/json.ts';
import type { PlaybookRun, RunStep } from '../core/playbook.ts';
import { formatInstant, type Instant } from '../core/time.ts';
import { type PlannedStep, stepKey } from './plan.ts';

/** A run as it is stored: with the number of audit entries still to export, which a search can ask for. */
export interface RunDocument extends PlaybookRun {
  readonly unexported: number;
}

/** An incident that names more targets than this is for a person: what is beyond is left out, and the audit says so. */
export const MAX_STEPS = 200;

export function runId(incident: Incident): string {
  return contentId(incident.id, 'containment');
}

export function createRun(
  incident: Incident,
  planned: readonly PlannedStep[],
  mode: 'dry' | 'act',
  now: Instant,
): RunDocument {
  const steps = planned.slice(0, MAX_STEPS).map(toStep);
  const run: RunDocument = {
    id: runId(incident),
    incident: incident.id,
    playbooks: playbooksOf(steps),
    title: incident.title,
    mode,
    status: 'pending',
    created: formatInstant(now),
    updated: formatInstant(now),
    steps,
    audit: [],
    exported: 0,
    unexported: 0,
    lease: null,
    ...(incident.sample ? { sample: true } : {}),
  };
  const detail = { incident: incident.id, playbooks: versionsOf(planned), mode };
  const left_out = planned.length - steps.length;
  return withAudit(run, now, 'playbook-run.created', 'success', { ...detail, steps: steps.length, left_out });
}

/**
 * Appends the steps that the run does not have yet, and lets go those that ask nobody any more; undefined when there is nothing of
 * either. A finished run opens again.
 */
export function addSteps(before: RunDocument, planned: readonly PlannedStep[], now: Instant): RunDocument | undefined {
  const run = released(before, planned, now);
  const known = new Set(run.steps.map(({ action, target }) => stepKey(action, target)));
  const fresh = planned.filter(({ action, target }) => !known.has(stepKey(action.id, target)));
  const steps = fresh.slice(0, MAX_STEPS - run.steps.length).map(toStep);
  if (steps.length === 0) return run === before ? undefined : settle(run);
  const all = [...run.steps, ...steps];
  const grown = settle({ ...run, playbooks: playbooksOf(all), steps: all });
  const detail = { playbooks: versionsOf(planned), steps: steps.length, left_out: fresh.length - steps.length };
  return withAudit(grown, now, 'playbook-run.extended', 'success', detail);
}

/** The incident has become what lets a step be done unasked. What a guard made ask goes on to ask. */
function released(before: RunDocument, planned: readonly PlannedStep[], now: Instant): RunDocument {
  const asksNobody = planned.filter(({ approval }) => approval === null);
  const unasked = new Set(asksNobody.map(({ action, target }) => stepKey(action.id, target)));
  let run = before;
  for (const [index, step] of before.steps.entries()) {
    if (step.status !== 'waiting' || step.problem !== undefined || !unasked.has(stepKey(step.action, step.target)))
      continue;
    run = changeStep(run, index, { approval: null, status: 'pending' }, now, 'action.released', 'success', {});
  }
  return run;
}

/** Skips the steps that nobody agreed to in time; undefined when there is none. */
export function expireSteps(run: RunDocument, now: Instant): RunDocument | undefined {
  const problem = 'nobody agreed in time: nothing was done';
  let expired: RunDocument = run;
  for (const [index, { status, expires }] of run.steps.entries()) {
    if (status !== 'waiting' || expires === undefined || Date.parse(expires) > now) continue;
    expired = changeStep(expired, index, { status: 'skipped', problem }, now, 'action.expired', 'success', { problem });
  }
  return expired === run ? undefined : settle(expired);
}

/** Skips every step that has not begun; undefined when there is none. */
export function cancelSteps(run: RunDocument, problem: string, now: Instant): RunDocument | undefined {
  let cancelled: RunDocument = run;
  for (const index of run.steps.keys()) {
    if (hasBegun(run, index)) continue;
    cancelled = changeStep(cancelled, index, { status: 'skipped', problem }, now, 'action.skipped', 'success', {
      problem,
    });
  }
  return cancelled === run ? undefined : settle(cancelled);
}

/** Changes one step and writes down that it was done. */
export function changeStep(
  run: RunDocument,
  index: number,
  change: Partial<RunStep>,
  now: Instant,
  action: string,
  outcome: AuditEntry['outcome'],
  detail: JsonObject,
  actor?: string,
): RunDocument {
  const steps = run.steps.map((step, at) => (at === index ? { ...step, ...change } : step));
  const { action: what, target } = run.steps[index] ?? { action: 'none', target: null };
  const about = { step: index, action: what, target: target ? target.id : null };
  return withAudit({ ...run, steps }, now, action, outcome, { ...about, ...detail }, actor);
}

export function withAudit(
  run: RunDocument,
  now: Instant,
  action: string,
  outcome: AuditEntry['outcome'],
  detail: Json,
  actor = 'pipewarden',
): RunDocument {
  const time = formatInstant(now);
  const id = contentId(run.id, 'audit', run.audit.length, time);
  const entry: AuditEntry = { id, time, actor, action, subject: run.id, outcome, detail };
  const audit = [...run.audit, entry];
  return { ...run, updated: time, audit, unexported: audit.length - run.exported };
}

/** The status that follows from the steps. */
export function settle(run: RunDocument): RunDocument {
  const has = (...statuses: readonly RunStep['status'][]) => run.steps.some(({ status }) => statuses.includes(status));
  if (has('pending', 'executed', 'undoing'))
    return { ...run, status: run.lease && run.lease.until > 0 ? 'running' : 'pending' };
  if (has('waiting')) return { ...run, status: 'waiting' };
  return { ...run, status: has('failed') ? 'failed' : 'done' };
}

/** True when there is something left that needs no person. */
export function isUnfinished(run: PlaybookRun): boolean {
  return run.status === 'pending' || run.status === 'running';
}

const TRIED: readonly string[] = ['action.attempted', 'action.delayed', 'action.unanswered'];

/** When a step was first tried, by the audit entries that say so; one that is undone, since somebody wanted it. */
export function firstTried(run: PlaybookRun, index: number): Instant | undefined {
  const about = run.audit.filter((one) => isAbout(one, index));
  const ordered = about.findLastIndex(({ action }) => action === 'action.undoing');
  const entry = about.slice(ordered + 1).find(({ action }) => TRIED.includes(action));
  return entry && Date.parse(entry.time);
}

/** Whether the worker may still change a step; others may have skipped it meanwhile. */
export function isOpen(step: RunStep | undefined): boolean {
  return step?.status === 'pending' || step?.status === 'executed' || step?.status === 'undoing';
}

/** A call that may be under way must not be taken for cancelled; one that was turned away is not under way. */
function hasBegun(run: PlaybookRun, index: number): boolean {
  const status = run.steps[index]?.status;
  if (status !== 'pending') return status !== 'waiting';
  const last = run.audit.findLast((one) => isAbout(one, index))?.action;
  return last === 'action.attempted' || last === 'action.unanswered';
}

function isAbout({ detail }: AuditEntry, index: number): boolean {
  return isObject(detail) && detail.step === index;
}

function playbooksOf(steps: readonly RunStep[]): readonly string[] {
  return [...new Set(steps.map(({ playbook }) => playbook))];
}

/** Which version of each said so. */
function versionsOf(planned: readonly PlannedStep[]): JsonObject {
  return Object.fromEntries(planned.map(({ playbook }) => [playbook.id, playbook.version]));
}

function toStep({ playbook, action, target, approval, group, after, timeout, shown }: PlannedStep): RunStep {
  const { id, kind, reversible } = action;
  return {
    playbook: playbook.id,
    action: id,
    kind,
    target,
    reversible,
    approval,
    group,
    ...(after.length > 0 && { after }),
    ...(timeout !== null && { timeout }),
    ...(shown && { shown }),
    status: 'pending',
  };
}
