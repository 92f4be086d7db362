// The scenarios of the shared folder: generated, replayed and scored.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { shippedPlaybooks } from '../../services/cli/playbooks.ts';
import { planPlaybooks } from '../../services/responder/plan.ts';
import { table } from '../reference/markdown.ts';
import { SHARED, sayMissing } from '../shared.ts';
import { replayed } from './replayed.ts';
import { shuffle } from './shuffled.ts';

const tools = join(SHARED, 'tools/scenarios');
const SCENARIOS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'];

/** What is used of the scorer's JSON. */
const Score = z.object({
  results: z.array(
    z.object({
      failures: z.array(z.string()),
      found: z.boolean(),
      deadlines: z.array(z.object({ met: z.boolean() })),
      behaviours: z.object({ expected: z.array(z.string()), covered: z.array(z.string()) }),
      noise: z.object({ per_30_days: z.number(), low: z.number() }),
      loud: z.array(z.unknown()),
      leaks: z.array(z.unknown()),
      containment: z
        .object({ missing: z.array(z.string()), inversions: z.array(z.string()), onDecoys: z.number() })
        .nullable(),
    }),
  ),
});

function run(file: string, args: readonly string[]): string {
  const { stdout } = spawnSync(process.execPath, [file, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

function write(file: string, items: readonly object[]): void {
  writeFileSync(file, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
}

export interface Scenario {
  readonly name: string;
  /** For the generator: the id of one of its own, or the path of a file. */
  readonly source: string;
  readonly seed: string;
  readonly rename: boolean;
  readonly shuffled: boolean;
}

/** What must hold of a scenario beside its containment, which the scorer's words tell apart. */
const CONTAINMENT = /^(?:containment |incident \S+(?:: \S+ .*must not be| would contain ))/;

/** The cells of its row; the third is `pass` where all holds that detection can do. */
async function evaluateScenario(
  { name, source, seed, rename, shuffled }: Scenario,
  folder: string,
): Promise<readonly string[]> {
  const records = join(folder, name);
  run(join(tools, 'generate.mjs'), [source, '--seed', seed, ...(rename ? RENAMED : []), '--out', records]);
  if (shuffled) shuffle(records, seed);
  const found = await replayed(join(records, 'records.ndjson'));
  const planned = found.incidents.map((each) => ({
    ...each,
    playbooks: planPlaybooks(each, shippedPlaybooks, ACTIONS),
  }));
  const [findings, incidents] = [`${records}.findings.ndjson`, `${records}.incidents.ndjson`];
  write(findings, found.findings);
  write(incidents, planned);
  const args = ['--records', records, '--findings', findings, '--incidents', incidents, '--json'];
  const [result] = Score.parse(JSON.parse(run(join(tools, 'score.mjs'), args))).results;
  if (!result) return [name, seed, 'not scored'];
  const { deadlines, behaviours, noise, leaks, loud, containment, failures } = result;
  return [
    name,
    seed,
    failures.every((failure) => CONTAINMENT.test(failure)) ? 'pass' : 'fail',
    result.found ? 'yes' : 'no',
    `${deadlines.filter(({ met }) => met).length} of ${deadlines.length}`,
    `${behaviours.covered.length} of ${behaviours.expected.length}`,
    `${noise.per_30_days} (${noise.low} low)`,
    String(loud.length),
    String(leaks.length),
    containment ? containmentOf(containment) : 'not judged',
  ];
}

/** What the dry playbooks lack; whole where they hold what is wanted, in order. */
function containmentOf({
  missing,
  inversions,
  onDecoys,
}: {
  missing: string[];
  inversions: string[];
  onDecoys: number;
}) {
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
];

/** The same story with other names and other seconds: what needs the names has learned the fixture. */
const RENAMED = ['--rename', '--jitter', '0.2'];

export interface ScenarioEvaluation {
  /** By name; all of them, where none is named. */
  readonly chosen: readonly string[];
  readonly seeds: readonly string[];
  readonly rename: boolean;
  /** Out of order, and some of it twice. */
  readonly shuffled: boolean;
}

/** Prints a row for each scenario and seed; false where one does not pass. */
export function evaluateScenarios({ chosen, ...how }: ScenarioEvaluation): Promise<boolean> {
  const names = chosen.length > 0 ? chosen : SCENARIOS;
  return printScenarios(
    names.map((name) => ({ name, source: name })),
    how,
  );
}

export async function printScenarios(
  scenarios: readonly Pick<Scenario, 'name' | 'source'>[],
  { seeds, ...how }: Omit<ScenarioEvaluation, 'chosen'>,
): Promise<boolean> {
  if (!existsSync(tools)) {
    sayMissing('The scenarios are');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  const rows: (readonly string[])[] = [];
  for (const scenario of scenarios) {
    for (const seed of seeds) rows.push(await evaluateScenario({ ...scenario, ...how, seed }, folder));
  }
  rmSync(folder, { recursive: true });
  process.stdout.write(table(HEAD, rows));
  return rows.every(([, , result]) => result === 'pass');
}
