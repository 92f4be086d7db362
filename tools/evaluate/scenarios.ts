// The scenarios of the shared folder: generated, replayed and scored.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../reference/markdown.ts';
import { sayMissing } from '../shared.ts';
import { replayed } from './replayed.ts';
import {
  generated,
  passes,
  SCENARIOS,
  type Scenario,
  type Score,
  scenariosMissing,
  scored,
} from './scenarios/scored.ts';
import { watchUnasked } from './scenarios/unasked.ts';
import { shuffle } from './shuffled.ts';

/** The cells of its row; the third is `pass` where all holds that detection can do, the last but one `whole` where containment does. */
async function evaluateScenario(scenario: Scenario, shuffled: boolean, folder: string): Promise<readonly string[]> {
  const { name, seed } = scenario;
  const made = generated(scenario, folder);
  if (shuffled) shuffle(made, seed);
  const unasked = watchUnasked();
  const score = scored(made, await replayed(join(made, 'records.ndjson'), unasked.see));
  if (!score) return [name, seed, 'not scored'];
  const { found, deadlines, behaviours, noise, leaks, loud, containment } = score;
  return [
    name,
    seed,
    passes(score) ? 'pass' : 'fail',
    found ? 'yes' : 'no',
    `${deadlines.filter(({ met }) => met).length} of ${deadlines.length}`,
    `${behaviours.covered.length} of ${behaviours.expected.length}`,
    `${noise.per_30_days} (${noise.low} low)`,
    String(loud.length),
    String(leaks.length),
    containment ? containmentOf(containment) : 'not judged',
    unasked.problems(made).join(', ') || 'in time',
  ];
}

/** What the dry playbooks lack; whole where they hold what is wanted, in order. */
function containmentOf({ missing, inversions, onDecoys }: NonNullable<Score['containment']>) {
  const problems = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(inversions.length > 0 ? ['out of order'] : []),
    ...(onDecoys > 0 ? [`acts on ${onDecoys} decoys`] : []),
  ];
  return problems.length > 0 ? problems.join('; ') : 'whole';
}

const HEAD = [
  'scenario',
  'seed',
  'detection',
  'found',
  'deadlines',
  'behaviours',
  'benign ≥ medium / 30 days',
  'too loud',
  'leaks',
  'containment (dry)',
  'reversible, unasked',
];

export interface ScenarioEvaluation {
  /** By name; all of them, where none is named. */
  readonly chosen: readonly string[];
  readonly seeds: readonly string[];
  readonly rename: boolean;
  /** Out of order, and some of it twice. */
  readonly shuffled: boolean;
}

/** Prints a row for each scenario and seed; false where one is not found as it should be, or not contained. */
export function evaluateScenarios({ chosen, ...how }: ScenarioEvaluation): Promise<boolean> {
  const names = chosen.length > 0 ? chosen : SCENARIOS;
  return printScenarios(
    names.map((name) => ({ name, source: name })),
    how,
  );
}

export async function printScenarios(
  scenarios: readonly Pick<Scenario, 'name' | 'source'>[],
  { seeds, rename, shuffled }: Omit<ScenarioEvaluation, 'chosen'>,
): Promise<boolean> {
  if (scenariosMissing()) {
    sayMissing('The scenarios are');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  const rows: (readonly string[])[] = [];
  for (const scenario of scenarios) {
    for (const seed of seeds) rows.push(await evaluateScenario({ ...scenario, rename, seed }, shuffled, folder));
  }
  rmSync(folder, { recursive: true });
  process.stdout.write(table(HEAD, rows));
  return rows.every((row) => row[2] === 'pass' && row.at(-2) === 'whole');
}
