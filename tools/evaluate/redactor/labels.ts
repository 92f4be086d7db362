// What others have labelled in the real build logs: lines that leaked something, and strings that generic rules flag.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Redactor } from '../../../services/redactor/redactor.ts';
import { readRows, SHARED } from '../../shared.ts';
import { LOGS } from './build-logs.ts';

const Leak = z.object({ file: z.string(), line: z.number().int(), rule: z.string(), secret: z.string() });
export type Leak = z.infer<typeof Leak>;

const HardNegative = z.object({ file: z.string(), line: z.number().int(), text: z.string() });
export type HardNegative = z.infer<typeof HardNegative>;

export function readLeaks(): readonly Leak[] {
  return readRows(`${LOGS}/leak-labels.jsonl.gz`, Leak);
}

/** Those that are in what became of their log, anywhere. */
export function leaksLeft(leaks: readonly Leak[], redacted: ReadonlyMap<string, Buffer>): readonly Leak[] {
  return leaks.filter(({ file, secret }) => redacted.get(file)?.includes(secret) ?? true);
}

export interface HardNegatives {
  readonly all: readonly HardNegative[];
  /** Changed on their own, or in the line that they come from. */
  readonly touched: readonly HardNegative[];
}

export function judgeHardNegatives(redactor: Redactor): HardNegatives {
  const all = readRows(`${LOGS}/hard-negatives.jsonl`, HardNegative);
  const touched = all.filter(({ file, line, text }) => {
    const log = gunzipSync(readFileSync(join(SHARED, LOGS, file))).toString();
    const inLog = log.split('\n')[line - 1] ?? '';
    const inPlace = inLog.includes(text) && !redactor.text(inLog).value.includes(text);
    return inPlace || redactor.text(text).value !== text;
  });
  return { all, touched };
}
