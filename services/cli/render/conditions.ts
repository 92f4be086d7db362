// What an incident, or a step of a playbook, is held to, in words.
import type { PlaybookStep, StepConditions } from '../../core/playbook.ts';

/** One a line; empty where everything fits. */
export function conditionLines(conditions: StepConditions): readonly string[] {
  const { severity, surprise, entities = [], systems = [], names = [], detectors = [] } = conditions;
  return [
    ...(severity === undefined ? [] : [`severity ${severity} or worse`]),
    ...(surprise === undefined ? [] : [`at least ${surprise} bits of surprise`]),
    ...(entities.length === 0 ? [] : [`names a ${entities.join(' and a ')}`]),
    ...(systems.length === 0 ? [] : [`something of ${systems.join(' or ')}`]),
    ...(names.length === 0 ? [] : [`names ${names.join(' or ')}`]),
    ...(detectors.length === 0 ? [] : [`raised by ${detectors.join(' or ')}`]),
  ];
}

/** How many people have to agree, in words. */
export function askingLine(approval: PlaybookStep['approval']): string {
  if (approval === null) return 'asks nobody';
  const who = approval.people === 1 ? 'one person' : 'two people';
  return approval.unless === undefined ? `asks ${who}` : `asks ${who}, unless it can be undone`;
}
