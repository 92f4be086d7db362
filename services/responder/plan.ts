// Which playbooks answer an incident, and what each would do to whom. Pure: `replay --incidents` uses it as it is.
import type { Action, Target } from '../core/action.ts';
import type { Entity } from '../core/entity.ts';
import type { Incident, PlannedPlaybook } from '../core/incident.ts';
import type { Approval, Playbook } from '../core/playbook.ts';
import { compareSeverity } from '../core/severity.ts';

/** One action at one target: a step that may come to be. */
export interface PlannedStep {
  readonly action: Action;
  readonly target: Target;
  readonly approval: Approval;
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
  if (!matches(incident, playbook)) return [];
  return playbook.steps.flatMap(({ action: id, approval }) => {
    const action = actions.get(id);
    return action ? targetsOf(incident, action).map((target) => ({ action, target, approval })) : [];
  });
}

/**
 * The incident's entities of the type that an action is aimed at, with what their ids tell. Pipelines also by their
 * runs, in repositories of which the incident names no pipeline: a log tells its run, not its workflow.
 */
export function targetsOf(incident: Incident, action: Action): readonly Target[] {
  const targets = incident.entities.filter((entity) => entity.type === action.target).map(targetOf);
  if (action.target !== 'pipeline') return targets;
  const known = new Set(targets.map(({ repository }) => repository));
  const runs = incident.entities.filter(({ type }) => type === 'run').map(targetOf);
  return [...targets, ...runs.filter(({ repository }) => !known.has(repository)).map(pipelineOfRun)];
}

function pipelineOfRun({ id, repository }: Target): Target {
  return {
    type: 'pipeline',
    id: `workflow of run ${id}`,
    run: id,
    ...(repository === undefined ? {} : { repository }),
  };
}

function matches(incident: Incident, { when }: Playbook): boolean {
  return (
    incident.status === 'open' &&
    compareSeverity(incident.severity, when.severity) >= 0 &&
    when.entities.every((type) => incident.entities.some((entity) => entity.type === type)) &&
    (when.detectors.length === 0 || when.detectors.some((id) => incident.detectors.includes(id)))
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
