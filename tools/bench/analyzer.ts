// The entity stage with all detectors, at several numbers of profiles: each in a process of its own, for memory.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { table } from '../reference/markdown.ts';
import { machine, onOneCore } from './machine.ts';

const Measured = z.object({
  profiles: z.number(),
  median_bytes: z.number(),
  p99_bytes: z.number(),
  resident_mb: z.number(),
  fan_out: z.number(),
  detector_only: z.number(),
  decoded: z.number(),
  committed: z.number(),
});

/** Repositories of the company: about 13 profiles each. */
const SIZES = [800, 8_000, 80_000];
const ACTIVITIES = 200_000;

export async function analyzerTable(): Promise<string> {
  const rows = SIZES.map((repositories) => {
    const { file, args } = onOneCore([
      process.execPath,
      '--expose-gc',
      '--max-old-space-size=6000',
      join(import.meta.dirname, 'analyzer/measure.ts'),
      String(repositories),
      String(ACTIVITIES),
    ]);
    const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
    if (!stdout) return [String(repositories), `failed: ${stderr.slice(0, 200)}`];
    const measured = Measured.parse(JSON.parse(stdout));
    const number = (value: number) => value.toLocaleString('en-US');
    return [
      number(measured.profiles),
      number(measured.detector_only),
      number(measured.decoded),
      number(measured.committed),
      String(measured.fan_out),
      `${measured.median_bytes} (99 %: ${measured.p99_bytes})`,
      `${number(measured.resident_mb)} MB`,
    ];
  });
  const head = [
    'profiles',
    'activities/s, detectors only',
    '… with decoding and writing profiles',
    '… with the log, all stages, commit',
    'keys an activity',
    'bytes a profile, median',
    'resident',
  ];
  return `Source activities a second of one core’s processor time; ${machine()}.\n\n${table(head, rows)}`;
}
