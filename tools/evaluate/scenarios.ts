// The scenarios of the shared folder: generated, replayed and scored.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { table } from '../reference/markdown.ts';
import { ROOT, SHARED, sayMissing } from '../shared.ts';

const tools = join(SHARED, 'tools/scenarios');
const SCENARIOS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'];

/** What is used of the scorer's JSON. */
const Score = z.object({
  results: z.array(
    z.object({
      pass: z.boolean(),
      found: z.boolean(),
      deadlines: z.array(z.object({ met: z.boolean() })),
      behaviours: z.object({ expected: z.array(z.string()), covered: z.array(z.string()) }),
      noise: z.object({ per_30_days: z.number(), low: z.number() }),
      leaks: z.array(z.unknown()),
    }),
  ),
});

function run(file: string, args: readonly string[], output?: string): string {
  const stdout = output === undefined ? 'pipe' : openSync(output, 'w');
  const { stdout: text } = spawnSync(process.execPath, [file, ...args], {
    stdio: ['ignore', stdout, 'ignore'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return text ?? '';
}

export interface Scenario {
  readonly name: string;
  /** For the generator: the id of one of its own, or the path of a file. */
  readonly source: string;
  readonly seed: string;
  /** Further flags for the generator. */
  readonly flags?: readonly string[];
}

/** The cells of its row. */
function evaluateScenario({ name, source, seed, flags = [] }: Scenario, folder: string): string[] {
  const records = join(folder, name);
  run(join(tools, 'generate.mjs'), [source, '--seed', seed, ...flags, '--out', records]);
  const replay = ['replay', join(records, 'records.ndjson')];
  const command = join(ROOT, 'services/pipewarden.ts');
  const [findings, incidents] = [`${records}.findings.ndjson`, `${records}.incidents.ndjson`];
  run(command, replay, findings);
  run(command, [...replay, '--incidents'], incidents);
  const args = ['--records', records, '--findings', findings, '--incidents', incidents, '--json'];
  const [result] = Score.parse(JSON.parse(run(join(tools, 'score.mjs'), args))).results;
  if (!result) return [name, seed, 'not scored'];
  const { deadlines, behaviours, noise, leaks } = result;
  return [
    name,
    seed,
    result.pass ? 'pass' : 'fail',
    result.found ? 'yes' : 'no',
    `${deadlines.filter(({ met }) => met).length} of ${deadlines.length}`,
    `${behaviours.covered.length} of ${behaviours.expected.length}`,
    `${noise.per_30_days} (${noise.low} low)`,
    String(leaks.length),
  ];
}

const HEAD = ['scenario', 'seed', 'result', 'found', 'deadlines', 'behaviours', 'benign ≥ medium / 30 days', 'leaks'];

/** Prints a row for each of the chosen ones; all of them, where none is named. */
export function evaluateScenarios(chosen: readonly string[], seed: string): void {
  const names = chosen.length > 0 ? chosen : SCENARIOS;
  printScenarios(names.map((name) => ({ name, source: name, seed })));
}

export function printScenarios(scenarios: readonly Scenario[]): void {
  if (!existsSync(tools)) {
    sayMissing('The scenarios are');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  const rows = scenarios.map((scenario) => evaluateScenario(scenario, folder));
  rmSync(folder, { recursive: true });
  process.stdout.write(table(HEAD, rows));
}
