// Which playbooks answer an incident, and what each would do to whom. Pure: `replay --incidents` uses it as it is.
import type { Action, ActionKind, Target } from '../core/action.ts';
import type { Entity } from '../core/entity.ts';
import { PipewardenError } from '../core/errors.ts';
import type { Incident, PlannedPlaybook } from '../core/incident.ts';
import type { Approval, Playbook, StepConditions } from '../core/playbook.ts';
import { compareSeverity } from '../core/severity.ts';

/** One action at one target: a step that may come to be. */
export interface PlannedStep {
  readonly action: Action;
  readonly target: Target;
  readonly approval: Approval;
  readonly group: number;
  readonly after: readonly ActionKind[];
  readonly timeout: number | null;
}

/** The playbooks that match an incident and have something to do, in the order given, with their actions in order. */
export function planPlaybooks(
  incident: Incident,
  playbooks: readonly Playbook[],
  actions: ReadonlyMap<string, Action>,
): PlannedPlaybook[] {
  return playbooks.flatMap((playbook) => {
    const steps = planSteps(incident, playbook, actions);
    if (steps.length === 0) return [];
    const planned = steps.map(({ action, target, approval }) => ({
      action: action.id,
      kind: action.kind,
      target: target.id,
      reversible: action.reversible,
      approval,
    }));
    return [{ id: playbook.id, actions: planned }];
  });
}

/** A playbook's steps for an incident, empty when it does not match. Actions that nothing here knows are left out. */
export function planSteps(
  incident: Incident,
  playbook: Playbook,
  actions: ReadonlyMap<string, Action>,
): readonly PlannedStep[] {
  if (incident.status !== 'open' || !fits(incident, playbook.when)) return [];
  let group = -1;
  return playbook.steps.flatMap((step) => {
    if (!step.together) group += 1;
    if (step.when && !fits(incident, step.when)) return [];
    const { approval, after, timeout } = step;
    const found = actionsOf(step.action, actions);
    return found.flatMap(({ action, isChosen }) =>
      targetsOf(incident, action)
        .filter(({ system }) => (system === undefined ? isChosen : system === action.system))
        .filter((target) => takes(action, target) || !found.some((other) => isBetter(other.action, action, target)))
        .map((target) => ({ action, target, approval, group: Math.max(group, 0), after, timeout })),
    );
  });
}

/** `isChosen`: it was named itself, so a target that no system told of is taken for its own; of a kind, it is not. */
function actionsOf(
  name: string,
  actions: ReadonlyMap<string, Action>,
): readonly { readonly action: Action; readonly isChosen: boolean }[] {
  const named = actions.get(name);
  if (named) return [{ action: named, isChosen: true }];
  const meant = [...actions.values()].filter(({ kind, byName }) => kind === name && !byName);
  return meant.map((action) => ({ action, isChosen: false }));
}

/** A token and a key are credentials both, and revoked by different actions of one kind: where one takes it, the other is not tried. */
function isBetter(other: Action, action: Action, target: Target): boolean {
  return other.target === action.target && other.system === action.system && takes(other, target);
}

function takes(action: Action, target: Target): boolean {
  try {
    action.intend(target, undefined);
    return true;
  } catch (error) {
    if (error instanceof PipewardenError && error.code === 'TARGET_INVALID') return false;
    throw error;
  }
}

/**
 * The incident's targets of the type that an action is aimed at. Pipelines also by their runs, in repositories of which the
 * incident names no pipeline: a log tells its run, not its workflow.
 */
export function targetsOf(incident: Incident, action: Action): readonly Target[] {
  const all = incident.targets ?? incident.entities.map(targetOf);
  const targets = all.filter(({ type }) => type === action.target);
  if (action.target !== 'pipeline') return targets;
  const known = new Set(targets.map(({ repository }) => repository));
  const runs = all.filter(({ type }) => type === 'run');
  return [...targets, ...runs.filter(({ repository }) => !known.has(repository)).map(pipelineOfRun)];
}

function pipelineOfRun({ id, repository, system }: Target): Target {
  return {
    type: 'pipeline',
    id: `workflow of run ${id}`,
    run: id,
    ...(repository === undefined ? {} : { repository }),
    ...(system === undefined ? {} : { system }),
  };
}

function fits(incident: Incident, { severity, entities, detectors }: StepConditions): boolean {
  return (
    (severity === undefined || compareSeverity(incident.severity, severity) >= 0) &&
    (entities ?? []).every((type) => incident.entities.some((entity) => entity.type === type)) &&
    (detectors === undefined || detectors.length === 0 || detectors.some((id) => incident.detectors.includes(id)))
  );
}

/** Takes an id apart as services/core/entity.ts puts it together. What is wrong with a part, its action says. */
function targetOf({ type, id }: Entity): Target {
  if (type === 'repository') return { type, id, repository: id };
  if (type === 'run') return { type, id, repository: id.slice(0, Math.max(id.lastIndexOf('/'), 0)) };
  if (type === 'pipeline' && id.includes(':')) {
    const colon = id.indexOf(':');
    return { type, id, repository: id.slice(0, colon), definition: id.slice(colon + 1) };
  }
  return { type, id };
}
