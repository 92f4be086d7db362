// The shared sets and scenarios as replay input, made by the tools that stand beside them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED } from '../../shared.ts';

/** Converter set and file, in the folder of data. */
const SETS: readonly (readonly [set: string, file: string])[] = [
  ['panther', 'panther/tests.jsonl'],
  ['wazuh', 'audit/wazuh-tests.jsonl'],
  ['audit', 'audit/gitlab-audit.jsonl'],
  ['webhooks', 'webhooks/payloads.jsonl.gz'],
  ['sensors', 'sensors/events.jsonl'],
  ...['xz', 'curl'].map((name): [string, string] => [
    'commits',
    `commits/${name === 'xz' ? 'tukaani-project__xz' : 'curl__curl'}.tsv.gz`,
  ]),
];
const SCENARIOS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'];

export interface RecordSet {
  readonly name: string;
  /** Replay input, wrapped. */
  readonly file: string;
}

/** Made into `folder`, one after the other as they are asked for. */
export function* recordSets(folder: string, seeds: readonly string[]): Generator<RecordSet> {
  const converter = join(SHARED, 'tools/data/to-records.mjs');
  for (const [set, file] of SETS) {
    const input = join(SHARED, 'data', file);
    if (!existsSync(input)) continue;
    const out = join(folder, file.replaceAll('/', '-'));
    yield made(`${set}: ${file}`, out, [converter, set, input, '--out', out]);
  }
  if (!existsSync(join(SHARED, 'tools'))) return;
  const generator = join(SHARED, 'tools/scenarios/generate.mjs');
  for (const seed of seeds) {
    for (const scenario of SCENARIOS) {
      const out = join(folder, `${scenario}-${seed}`);
      yield made(`${scenario}, seed ${seed}`, out, [generator, scenario, '--seed', seed, '--out', out]);
    }
  }
}

function made(name: string, out: string, args: readonly string[]): RecordSet {
  mkdirSync(out, { recursive: true });
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return { name, file: join(out, 'records.ndjson') };
}
