// The analyzer with all detectors, at several numbers of profiles; each part in a process of its own, for memory.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { table } from '../reference/markdown.ts';
import { machine, onOneCore } from './machine.ts';

const Detected = z.object({
  profiles: z.number(),
  median_bytes: z.number(),
  p99_bytes: z.number(),
  fan_out: z.number(),
  rate: z.number(),
});
const Committed = z.object({ rate: z.number(), most_mb: z.number() });

/** Repositories of the company: about 10,000, 100,000 and a million profiles. */
const SIZES = [400, 4_000, 40_000];
const ACTIVITIES = 200_000;
/** Left alone, V8 lets garbage grow with the memory of the machine. */
const HEAP_MB = 1_300;

export async function analyzerTable(): Promise<string> {
  const head = [
    'profiles',
    'activities/s, detectors only',
    '… with decoding, all stages, commit',
    'keys an activity',
    'bytes a profile, median',
    'resident at most',
    `heap held to ${HEAP_MB} MB: activities/s, resident at most`,
  ];
  return `Source activities a second of one core’s processor time; ${machine()}.\n\n${table(head, SIZES.map(rowOf))}`;
}

function rowOf(repositories: number): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const log = join(folder, 'log.db');
  try {
    run([], 'prepare.ts', log, repositories);
    const detected = Detected.parse(JSON.parse(run([], 'detect.ts', log, repositories, ACTIVITIES)));
    const free = committed(log, repositories, []);
    const held = committed(log, repositories, [`--max-old-space-size=${HEAP_MB}`]);
    return [
      written(detected.profiles),
      written(detected.rate),
      written(free.rate),
      String(detected.fan_out),
      `${detected.median_bytes} (99 %: ${detected.p99_bytes})`,
      `${written(free.most_mb)} MB`,
      `${written(held.rate)}, ${written(held.most_mb)} MB`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** On a copy of the log, so that each begins with the same past. */
function committed(log: string, repositories: number, options: readonly string[]): z.infer<typeof Committed> {
  const copy = `${log}.copy`;
  copyFileSync(log, copy);
  const measured = Committed.parse(JSON.parse(run(options, 'commit.ts', copy, repositories, ACTIVITIES)));
  rmSync(copy);
  return measured;
}

function run(options: readonly string[], script: string, ...args: readonly (string | number)[]): string {
  const command = [process.execPath, ...options, join(import.meta.dirname, 'analyzer', script), ...args.map(String)];
  const { file, args: rest } = onOneCore(command);
  const { stdout, stderr, status } = spawnSync(file, rest, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} failed: ${stderr.slice(0, 500)}`);
  return stdout;
}

function written(value: number): string {
  return value.toLocaleString('en-US');
}
