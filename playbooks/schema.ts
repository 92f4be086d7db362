// What a playbook file may hold. The id is not written in it: it is the file's name.
import { z } from 'zod';
import { nearest } from '../services/core/configuration/nearest.ts';
import { ENTITY_TYPES } from '../services/core/entity.ts';
import { SEVERITIES } from '../services/core/severity.ts';
import { ACTIONS } from './actions/index.ts';

const KNOWN = [...ACTIONS.keys()];

const ActionId = z.string().superRefine((id, { addIssue }) => {
  if (ACTIONS.has(id)) return;
  const near = nearest(id, KNOWN);
  const hint = near ? `did you mean ${near}?` : `there are ${KNOWN.join(', ')}`;
  addIssue({ code: 'custom', message: `no action is called ${id}; ${hint}` });
});

export const PlaybookFile = z.strictObject({
  version: z.int().min(1).describe('Grows when the steps change: a run belongs to one version.'),
  title: z.string().min(1).max(100),
  description: z.string().min(1),
  when: z.strictObject({
    severity: z.enum(SEVERITIES).describe('At least.'),
    entities: z.array(z.enum(ENTITY_TYPES)).describe('The incident names at least one entity of each of these types.'),
    detectors: z.array(z.string()).default([]).describe('One of these raised a finding of the incident; empty: any.'),
  }),
  steps: z
    .array(
      z.strictObject({
        action: ActionId.describe("An action's id; it runs for each of the incident's entities of its target type."),
        approval: z
          .strictObject({ people: z.union([z.literal(1), z.literal(2)]) })
          .nullable()
          .default(null)
          .describe('How many people have to agree first.'),
      }),
    )
    .min(1)
    .max(50),
});
