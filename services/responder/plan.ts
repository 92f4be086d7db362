// What the playbooks that fit an incident do about it: one plan, in the order of containment. Pure: `replay --incidents` uses
// it as it is.
import { ACTION_KINDS, type Action, type ActionKind, type Target } from '../core/action.ts';
import type { Entity } from '../core/entity.ts';
import { PipewardenError } from '../core/errors.ts';
import type { Incident, PlannedPlaybook } from '../core/incident.ts';
import type { Approval, Playbook, PlaybookStep, StepConditions } from '../core/playbook.ts';
import { compareSeverity } from '../core/severity.ts';
import { isOneOf, type Mode } from './policy.ts';

/** One action at one target: a step that may come to be. */
export interface PlannedStep {
  readonly playbook: Pick<Playbook, 'id' | 'version'>;
  readonly action: Action;
  readonly target: Target;
  readonly approval: Approval;
  /** Its kind's place in the order of containment: steps of one kind are taken at the same time. */
  readonly group: number;
  readonly after: readonly ActionKind[];
  readonly timeout: number | null;
  /** It is shown and never sent. */
  readonly shown: boolean;
}

/** The same as `planContainment`, as `Incident.playbooks` has it: stretches of it by the playbook that asks for them. */
export function planPlaybooks(
  incident: Incident,
  playbooks: readonly Playbook[],
  actions: ReadonlyMap<string, Action>,
): PlannedPlaybook[] {
  const stretches: { id: string; actions: PlannedPlaybook['actions'][number][] }[] = [];
  for (const { playbook, action, target, approval } of planContainment(incident, playbooks, actions)) {
    const { id, kind, reversible } = action;
    const planned = { action: id, kind, target: target.id, reversible, approval };
    const last = stretches.at(-1);
    if (last?.id === playbook.id) last.actions.push(planned);
    else stretches.push({ id: playbook.id, actions: [planned] });
  }
  return stretches;
}

/**
 * The steps of all playbooks that fit an incident, each once. What one of them does unasked is done, since more that fits is more
 * reason to; else it asks as many people as the one that asks the most. Actions that nothing here knows are left out.
 */
export function planContainment(
  incident: Incident,
  playbooks: readonly Playbook[],
  actions: ReadonlyMap<string, Action>,
  modeOf: (playbook: Playbook) => Mode = () => 'automatic',
): readonly PlannedStep[] {
  const steps = playbooks.flatMap((playbook) =>
    inMode(firstOfEach(stepsOf(incident, playbook, actions)), modeOf(playbook)),
  );
  return firstOfEach(steps.sort((a, b) => a.group - b.group || Number(a.shown) - Number(b.shown) || rank(a) - rank(b)));
}

/** What a playbook says first of an action and its target holds. */
function firstOfEach(steps: readonly PlannedStep[]): readonly PlannedStep[] {
  const seen = new Set<string>();
  return steps.filter(({ action, target }) => seen.size < seen.add(stepKey(action.id, target)).size);
}

/** Tells a step from the others of a plan or a run. */
export function stepKey(action: string, { type, id }: Target): string {
  return `${action} ${type} ${id}`;
}

/** Unasked first, then two people, then one. */
function rank({ approval }: PlannedStep): number {
  return approval === null ? 0 : 3 - approval.people;
}

function inMode(steps: readonly PlannedStep[], mode: Mode): readonly PlannedStep[] {
  switch (mode) {
    case 'observe':
      return [];
    case 'suggest':
      return steps.map((step) => ({ ...step, shown: true }));
    case 'approve':
      return steps.map((step) => ({ ...step, approval: step.approval ?? { people: 1 } }));
    case 'automatic':
      return steps;
  }
}

/** Empty where the playbook does not fit. */
function stepsOf(incident: Incident, playbook: Playbook, actions: ReadonlyMap<string, Action>): readonly PlannedStep[] {
  if (incident.status !== 'open' || !fits(incident, playbook.when)) return [];
  return playbook.steps.flatMap((step) => {
    if (step.when && !fits(incident, step.when)) return [];
    const { after, timeout } = step;
    const found = actionsOf(step.action, actions);
    return found.flatMap(({ action, isChosen }) =>
      targetsOf(incident, action)
        .filter(({ system }) => action.byHand || (system === undefined ? isChosen : system === action.system))
        .filter((target) => isChosen || takes(action, target) || isTold(action, target, found))
        .filter((target) => !action.byHand || !found.some(({ action: other }) => isAutomatic(other, target)))
        .map((target) => ({
          playbook,
          action,
          target,
          approval: approvalOf(step, action),
          group: ACTION_KINDS.indexOf(action.kind),
          after,
          timeout,
          shown: false,
        })),
    );
  });
}

/** Where a system can do it, nobody has to. */
function isAutomatic(action: Action, target: Target): boolean {
  return !action.byHand && action.target === target.type && action.system === target.system && takes(action, target);
}

function approvalOf({ approval }: PlaybookStep, { reversible, byHand }: Action): Approval {
  if (byHand) return { people: approval?.people ?? 1 };
  if (approval === null || (approval.unless === 'reversible' && reversible)) return null;
  return { people: approval.people };
}

/** What a step's name means. `isChosen`: it was named itself, so a target that no system told of is taken for its own; of a kind, it is not. */
export function actionsOf(
  name: string,
  actions: ReadonlyMap<string, Action>,
): readonly { readonly action: Action; readonly isChosen: boolean }[] {
  const named = actions.get(name);
  if (named) return [{ action: named, isChosen: true }];
  const meant = [...actions.values()].filter(({ kind, byName }) => kind === name && !byName);
  return meant.map((action) => ({ action, isChosen: false }));
}

/**
 * A token and a key are credentials both, and revoked by different actions of one kind: where one takes it, the others are not
 * tried. Where none does, somebody has to revoke it by hand, so what they refuse is said. Of all other kinds it is not.
 */
function isTold(action: Action, target: Target, found: ReturnType<typeof actionsOf>): boolean {
  if (action.kind !== 'revoke-credential') return false;
  const others = found.filter(({ action: other }) => other.target === action.target && other.system === action.system);
  return !others.some(({ action: other }) => takes(other, target));
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
  if (action.target === 'actor')
    return targets.filter((target) => !targets.some((other) => isSameAccount(other, target)));
  if (action.target !== 'pipeline') return targets;
  const known = new Set(targets.map(({ repository }) => repository));
  const runs = all.filter(({ type }) => type === 'run');
  return [...targets, ...runs.filter(({ repository }) => !known.has(repository)).map(pipelineOfRun)];
}

/** An address that a commit names is the account that the system tells of beside it. */
function isSameAccount(told: Target, { id, system, account }: Target): boolean {
  return (
    id.includes('@') &&
    account !== undefined &&
    told.account === account &&
    told.system === system &&
    !told.id.includes('@')
  );
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

function fits(incident: Incident, conditions: StepConditions): boolean {
  const { severity, surprise = 0, entities = [], detectors = [], systems = [], names = [] } = conditions;
  return (
    (severity === undefined || compareSeverity(incident.severity, severity) >= 0) &&
    incident.surprise >= surprise &&
    entities.every((type) => incident.entities.some((entity) => entity.type === type)) &&
    (detectors.length === 0 || detectors.some((id) => incident.detectors.includes(id))) &&
    (systems.length === 0 || systems.some((system) => isAt(incident, system))) &&
    (names.length === 0 || incident.entities.some((entity) => isOneOf(entity, names)))
  );
}

function isAt({ targets = [], entities }: Incident, system: string): boolean {
  return (
    targets.some((target) => target.system === system) ||
    entities.some(({ type, id }) => type === 'system' && id === system)
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
