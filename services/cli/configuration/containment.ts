// What the configuration says of containment: whether it acts, how much unasked, and with which credentials.
import { z } from 'zod';
import { ENTITY_TYPES } from '../../core/entity.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { isZone, WEEKDAYS } from '../../responder/hours.ts';
import { MODES, OPEN_POLICY } from '../../responder/policy.ts';
import { targetSettings } from '../../responder/systems/index.ts';
import { slack } from './slack.ts';

const entity = z
  .string()
  .regex(new RegExp(`^(?:${ENTITY_TYPES.join('|')}):.{1,300}$`), 'expected TYPE:ID, such as repository:acme/shop')
  .describe('`TYPE:ID` as `pipewarden incidents show` has them; `*` stands for any characters.');

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM');

const hours = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).describe('On which they begin.'),
  from: clock,
  to: clock.describe('Where it is not later than `from`, of the next day.'),
  zone: z.string().refine(isZone, 'no time zone of that name').default('UTC').describe('Such as Europe/Berlin.'),
});

const rule = z.strictObject({
  mode: z
    .enum(MODES)
    .describe(
      'observe: nothing is planned; suggest: shown, never sent; approve: a person agrees to each step; automatic: as the playbook says.',
    ),
  playbooks: z.array(z.string().min(1)).optional().describe('Ids; without it, every one.'),
  severity: z.enum(SEVERITIES).optional().describe('Of incidents that are at most so severe.'),
  entities: z.array(entity).optional().describe('Of incidents that name one of these.'),
  below: z
    .number()
    .min(0)
    .optional()
    .describe('Of incidents whose findings together have less surprise, in bits, as `incidents show --json` has it.'),
  during: z.array(hours).optional().describe('At these hours: maintenance windows, nights without people.'),
});

export const containment = z
  .strictObject({
    mode: z
      .enum(['dry', 'act'])
      .default('dry')
      .describe('dry: shows the exact requests and sends none; act: sends those that need no approval.'),
    rules: z.array(rule).default([]).describe('In mode act: the first that fits an incident and a playbook decides.'),
    limits: z
      .strictObject({
        per_hour: z
          .int()
          .min(0)
          .default(OPEN_POLICY.per_hour)
          .describe('Steps an hour that are sent unasked; more ask.'),
        per_target: z.int().min(0).default(OPEN_POLICY.per_target).describe('The same, of one target.'),
      })
      .prefault({}),
    protected: z
      .array(entity)
      .default([])
      .describe(
        'Nothing is done to these, agreed to or not: break-glass accounts, the last owner, keys of production. An account that is named by its login, `actor:github:break-glass`, keeps its credentials too.',
      ),
    approvers: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Who may agree, refuse and undo: people of `identities`, `*` for all of them; without one, anybody who has a name. Never whom the incident is about.',
      ),
    slack,
    ...targetSettings,
  })
  .prefault({})
  .describe('What is done about incidents.');
