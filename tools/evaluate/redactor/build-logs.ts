// The real build logs: every match, against what a person has said of it.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Match, Redactor } from '../../../services/redactor/redactor.ts';
import { SHARED } from '../../shared.ts';

export const LOGS = 'data/build-logs';
const PIECE = 64 * 1024;
const NEWLINE = 0x0a;

/** By `key` of a match. `kind`: as it was called then; for who reads the list. */
const Judged = z.record(
  z.string().regex(/^[0-9a-f]{64}$/),
  z.object({ verdict: z.enum(['secret', 'harmless']), kind: z.string(), why: z.string() }),
);

export type Verdict = 'secret' | 'harmless' | 'unjudged';

export interface LogMatch extends Match {
  /** Within the folder of logs. */
  readonly file: string;
  /**
   * SHA-256 of the line and of the column where the match begins: a second match in the line is judged on its own, and a
   * kind may be renamed.
   */
  readonly key: string;
  readonly text: string;
  readonly verdict: Verdict;
}

export interface LogResult {
  readonly logs: number;
  readonly lines: number;
  readonly matches: readonly LogMatch[];
  /** What became of a log; its name is within the folder of logs. */
  readonly redacted: ReadonlyMap<string, Buffer>;
}

/** `keep`: names of the logs whose output is wanted. */
export function redactLogs(redactor: Redactor, keep: ReadonlySet<string>): LogResult {
  const verdicts = Judged.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../judged/logs.json'), 'utf8')));
  const folder = join(SHARED, LOGS);
  const files = globSync('**/*.log.gz', { cwd: folder }).sort();
  const matches: LogMatch[] = [];
  const redacted = new Map<string, Buffer>();
  let lines = 0;
  for (const file of files) {
    const bytes = gunzipSync(readFileSync(join(folder, file)));
    const starts = lineStarts(bytes);
    lines += starts.length;
    const result = throughStream(redactor, bytes);
    if (keep.has(file)) redacted.set(file, result.output);
    for (const match of result.matches) {
      const start = starts[match.line - 1] ?? 0;
      const end = bytes.indexOf(NEWLINE, start);
      const line = bytes.subarray(start, end < 0 ? bytes.length : end);
      const key = createHash('sha256').update(line).update(`\n${match.column}`).digest('hex');
      matches.push({ ...match, file, key, text: line.toString(), verdict: verdicts[key]?.verdict ?? 'unjudged' });
    }
  }
  return { logs: files.length, lines, matches, redacted };
}

function throughStream(redactor: Redactor, bytes: Buffer): { output: Buffer; matches: Match[] } {
  const stream = redactor.stream();
  const out: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += PIECE) out.push(stream.push(bytes.subarray(from, from + PIECE)));
  out.push(stream.end());
  return { output: Buffer.concat(out), matches: [...stream.drain()] };
}

/** A line break at the end begins no line. */
function lineStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    starts.push(at);
    const newline = bytes.indexOf(NEWLINE, at);
    at = newline < 0 ? bytes.length : newline + 1;
  }
  return starts;
}
