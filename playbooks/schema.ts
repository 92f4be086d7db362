// What a playbook file may hold. The id is not written in it: it is the file's name.
import { z } from 'zod';
import { ACTION_KINDS } from '../services/core/action.ts';
import { nearest } from '../services/core/configuration/nearest.ts';
import { ENTITY_TYPES } from '../services/core/entity.ts';
import { SEVERITIES } from '../services/core/severity.ts';
import { ACTIONS } from './actions/index.ts';

const KNOWN = [...ACTIONS.keys(), ...ACTION_KINDS];

const ActionName = z.string().superRefine((name, { addIssue }) => {
  if (KNOWN.includes(name)) return;
  const near = nearest(name, KNOWN);
  const hint = near ? `did you mean ${near}?` : `there are ${KNOWN.join(', ')}`;
  addIssue({ code: 'custom', message: `no action is called ${name}; ${hint}` });
});

const conditions = {
  detectors: z.array(z.string()).optional().describe('One of these raised a finding of the incident.'),
  surprise: z.number().min(0).optional().describe('Bits of its findings together: at least.'),
  systems: z.array(z.string()).optional().describe('It names something of one of these: github, jenkins …'),
  names: z
    .array(z.string())
    .optional()
    .describe('It names one of these: `TYPE:ID`, `*` for any characters; environment:*:production.'),
};

export const PlaybookFile = z.strictObject({
  version: z.int().min(1).describe('Grows when the steps change: a run belongs to one version.'),
  title: z.string().min(1).max(100),
  description: z.string().min(1),
  when: z.strictObject({
    ...conditions,
    severity: z.enum(SEVERITIES).describe('At least.'),
    entities: z.array(z.enum(ENTITY_TYPES)).describe('The incident names at least one entity of each of these types.'),
  }),
  steps: z
    .array(
      z.strictObject({
        action: ActionName.describe(
          "An action's id, or a kind: then the action of that kind of each target's own system. It runs for each of the incident's entities of its target type.",
        ),
        when: z
          .strictObject({
            ...conditions,
            severity: z.enum(SEVERITIES).optional().describe('At least.'),
            entities: z.array(z.enum(ENTITY_TYPES)).optional().describe('The incident names one of each.'),
          })
          .optional()
          .describe("Beside the playbook's own conditions."),
        approval: z
          .strictObject({
            people: z.union([z.literal(1), z.literal(2)]),
            unless: z.literal('reversible').optional().describe('What can be undone is done unasked.'),
          })
          .nullable()
          .default(null)
          .describe('How many people have to agree first.'),
        after: z
          .array(z.enum(ACTION_KINDS))
          .default([])
          .describe('Every step of these kinds has to hold first; where one does not, a person is asked.'),
        timeout: z
          .int()
          .min(1)
          .max(10_080)
          .nullable()
          .default(null)
          .describe(
            'Minutes: then it has failed, or, where it asks, nobody can agree any more. Default 15, and a day.',
          ),
      }),
    )
    .min(1)
    .max(50),
});
