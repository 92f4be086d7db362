// Job logs into steps: parsing alone, the drafts of a whole record, and with the redactor before it, as a collector does.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { table } from '../reference/markdown.ts';
import { benchLogs } from './logs.ts';
import { machine, onOneCore } from './machine.ts';

const Pass = z.object({ seconds: z.number(), processor: z.number(), found: z.number() });

const STAGES = {
  parse: 'parsing alone',
  normalize: 'parsing, chunks and ids',
  redact: 'redaction alone',
  both: 'redaction, then parsing, chunks and ids',
} as const;

/** Others use the machine too: the best of so many rounds counts. */
const ROUNDS = 3;

export async function logParsingTable(): Promise<string> {
  const { what, bytes } = await benchLogs();
  const head = `${what}; ${machine()}.\n\n`;
  const passes = Array.from({ length: ROUNDS }, () =>
    Object.keys(STAGES).map((stage) => ({ stage, ...passOf(stage) })),
  ).flat();
  const rows = Object.entries(STAGES).map(([stage, title]) => {
    const own = passes.filter((pass) => pass.stage === stage);
    const rate = (seconds: readonly number[]) => (bytes / 1e6 / Math.min(...seconds)).toFixed(1);
    const rates = [rate(own.map(({ seconds }) => seconds)), rate(own.map(({ processor }) => processor))];
    return [title, ...rates, String(own[0]?.found)];
  });
  return head + table(['work', 'MB/s', 'MB per second of processor', 'steps or matches'], rows);
}

function passOf(stage: string): z.infer<typeof Pass> {
  const { file, args } = onOneCore([process.execPath, join(import.meta.dirname, 'log-parsing/pass.ts'), stage]);
  const { stdout } = spawnSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return Pass.parse(JSON.parse(stdout));
}
