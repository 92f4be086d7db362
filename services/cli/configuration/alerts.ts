// The setting `alerts`: how many somebody can read. What is raised follows from it; there are no thresholds to set.
import { z } from 'zod';
import { type AlertBudget, DEFAULT_BUDGET } from '../../core/alert-budget.ts';
import { distinct } from './distinct.ts';

const perWeek = z.number().min(0).max(10_000);

const team = z.strictObject({
  team: z
    .string()
    .regex(/^\S{1,100}$/, 'expected one word')
    .describe('What they are called.'),
  repositories: z
    .array(z.string().min(1))
    .min(1)
    .describe('What is theirs; `*` stands for any name, at the end for all that follows.')
    .meta({ examples: [['acme/shop', 'acme/pay-*']] }),
  per_week: perWeek.optional().describe('Alerts a week, part of the overall ones.'),
});

export const alerts = z
  .strictObject({
    per_week: perWeek
      .default(DEFAULT_BUDGET.overall)
      .describe('Alerts a week that you can read; a ceiling. Rules and near-certain evidence come in any case.'),
    detectors: z
      .record(z.string().min(1), perWeek)
      .default({})
      .describe('Ceilings of single detectors, part of the overall one; 0: never above low.')
      .meta({ examples: [{ 'off-hours-commit': 0.5 }] }),
    teams: z
      .array(team)
      .refine(distinct('team'), 'two teams have the same name; put what belongs together into one')
      .default([])
      .describe('Ceilings of teams, by their repositories.'),
  })
  .prefault({})
  .describe('How many alerts a week there may be: what is most unusual is raised, up to as many.');

export function budgetOf({ per_week, detectors, teams }: z.output<typeof alerts>): AlertBudget {
  return {
    overall: per_week,
    detectors,
    teams: teams.map(({ team: name, repositories, per_week: own }) => ({
      name,
      repositories,
      ...(own !== undefined && { perWeek: own }),
    })),
  };
}
