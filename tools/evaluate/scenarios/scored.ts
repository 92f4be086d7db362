// The shared folder's scenarios, made and scored by its own programs.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ACTIONS } from '../../../playbooks/actions/index.ts';
import { shippedPlaybooks } from '../../../services/cli/playbooks.ts';
import type { Results } from '../../../services/cli/replay-results.ts';
import { planPlaybooks } from '../../../services/responder/plan.ts';
import { SHARED } from '../../shared.ts';

const tools = join(SHARED, 'tools/scenarios');

export const SCENARIOS: readonly string[] = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'];

/** The same story with other names and other seconds: what needs the names has learned the fixture. */
const RENAMED = ['--rename', '--jitter', '0.2'];

/** What is used of the scorer's JSON. */
const Score = z.object({
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
});
export type Score = z.infer<typeof Score>;

export interface Scenario {
  readonly name: string;
  /** For the generator: the id of one of its own, or the path of a file. */
  readonly source: string;
  readonly seed: string;
  readonly rename: boolean;
}

export function scenariosMissing(): boolean {
  return !existsSync(tools);
}

/** Makes the scenario's folder in `folder`; its path. The records are in `records.ndjson`. */
export function generated({ name, source, seed, rename }: Scenario, folder: string): string {
  const made = join(folder, name);
  run(join(tools, 'generate.mjs'), [source, '--seed', seed, ...(rename ? RENAMED : []), '--out', made]);
  return made;
}

/** `made`: the scenario's folder. Undefined: the scorer has said nothing. */
export function scored(made: string, found: Results): Score | undefined {
  const planned = found.incidents.map((each) => ({
    ...each,
    playbooks: planPlaybooks(each, shippedPlaybooks, ACTIONS),
  }));
  const [findings, incidents] = [`${made}.findings.ndjson`, `${made}.incidents.ndjson`];
  write(findings, found.findings);
  write(incidents, planned);
  const args = ['--records', made, '--findings', findings, '--incidents', incidents, '--json'];
  const { results } = z.object({ results: z.array(Score) }).parse(JSON.parse(run(join(tools, 'score.mjs'), args)));
  return results[0];
}

/** What must hold of a scenario beside its containment, which the scorer's words tell apart. */
const CONTAINMENT = /^(?:containment |incident \S+(?:: \S+ .*must not be| would contain ))/;

/** All holds that detection can do. */
export function passes({ failures }: Score): boolean {
  return failures.every((failure) => CONTAINMENT.test(failure));
}

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
