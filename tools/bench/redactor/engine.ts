// The engine alone: `stream()` in pieces of 64 KiB.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { PATTERNS } from '../../../services/redactor/patterns.ts';
import { table } from '../../reference/markdown.ts';
import { benchLogs } from '../logs.ts';
import { machine, onOneCore } from '../machine.ts';
import { variants } from './variants.ts';

const Pass = z.object({ seconds: z.number(), processor: z.number(), matches: z.number() });

/** Rounds of every variant: others use the machine too, and then all variants suffer alike. */
const ROUNDS = 3;

/** The best pass counts: whatever else runs only ever makes one slower. Each round of a variant is a process of its own. */
export async function engineTable(): Promise<string> {
  const { what, bytes } = await benchLogs();
  const head = `${what}; ${machine()}. ${PATTERNS.length} kinds.\n\n`;
  const names = Object.keys(variants);
  const passes = Array.from({ length: ROUNDS }, () => names.map((name) => ({ name, ...passOf(name) }))).flat();
  const rows = names.map((name) => {
    const own = passes.filter((pass) => pass.name === name);
    const rate = (seconds: readonly number[]) => (bytes / 1e6 / Math.min(...seconds)).toFixed(1);
    const rates = [rate(own.map(({ seconds }) => seconds)), rate(own.map(({ processor }) => processor))];
    return [name, ...rates, String(own[0]?.matches)];
  });
  return head + table(['stream', 'MB/s', 'MB per second of processor', 'matches'], rows);
}

function passOf(variant: string): z.infer<typeof Pass> {
  const { file, args } = onOneCore([process.execPath, join(import.meta.dirname, 'pass.ts'), variant]);
  const { stdout } = spawnSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return Pass.parse(JSON.parse(stdout));
}
