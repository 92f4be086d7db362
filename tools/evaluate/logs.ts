// The real build logs as steps: how many of each CI system, and how many logs still have the steps that a person saw.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { type ParsedLog, parseLog } from '../../services/collector/log/parse.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { feedOf } from '../log-feeds.ts';
import { table } from '../reference/markdown.ts';
import { SHARED, sayMissing } from '../shared.ts';

const LOGS = 'data/build-logs';
/** Of any installation: a fingerprint decides nothing here. */
const KEY = new Uint8Array(32);

/** By the log's name: `boundariesOf` its steps, as a person who read the log says they are. */
const Judged = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

interface Row {
  logs: number;
  lines: number;
  divided: number;
  steps: number;
  hosts: number;
  dependencies: number;
  judged: number;
  agreeing: number;
}

/** SHA-256 over the name, first and last line of every step. */
export function boundariesOf(steps: ParsedLog['steps']): string {
  const lines = steps.map(({ name, first, last_line }) => `${name}\n${first.number}\n${last_line}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

export function evaluateLogs(): void {
  const folder = join(SHARED, LOGS);
  const files = globSync('**/*.log.gz', { cwd: folder }).sort();
  if (files.length === 0) {
    sayMissing('The build logs are');
    return;
  }
  const verdicts = Judged.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'judged/log-steps.json'), 'utf8')));
  const redactor = createRedactor({ key: KEY });
  const rows = new Map<string, Row>();
  const disagreeing: string[] = [];
  for (const file of files) {
    const { kind, dialect } = feedOf(file);
    const text = gunzipSync(readFileSync(join(folder, file))).toString();
    const parsed = parseLog(redactor.text(text).value, dialect);
    const row = rows.get(kind) ?? emptyRow();
    rows.set(kind, row);
    add(row, parsed);
    const verdict = verdicts[file];
    if (verdict === undefined) continue;
    row.judged += 1;
    if (verdict === boundariesOf(parsed.steps)) row.agreeing += 1;
    else disagreeing.push(file);
  }
  print(rows, disagreeing);
}

function emptyRow(): Row {
  return { logs: 0, lines: 0, divided: 0, steps: 0, hosts: 0, dependencies: 0, judged: 0, agreeing: 0 };
}

function add(row: Row, { lines, steps }: ParsedLog): void {
  row.logs += 1;
  row.lines += lines;
  row.steps += steps.length;
  if (steps.length > 1) row.divided += 1;
  for (const { hosts, dependencies } of steps) {
    row.hosts += hosts?.size ?? 0;
    row.dependencies += dependencies?.list().length ?? 0;
  }
}

function print(rows: ReadonlyMap<string, Row>, disagreeing: readonly string[]): void {
  const total = emptyRow();
  for (const row of rows.values()) {
    for (const key of Object.keys(total)) if (isKey(key)) total[key] += row[key];
  }
  const head = [
    'CI system',
    'logs',
    'lines',
    'with several steps',
    'steps',
    'hosts',
    'dependencies',
    'judged',
    'agree',
  ];
  const cells = ([kind, row]: readonly [string, Row]) => [
    kind,
    ...[row.logs, row.lines, row.divided, row.steps, row.hosts, row.dependencies, row.judged, row.agreeing].map(String),
  ];
  process.stdout.write(`\n## Job logs as steps\n\n${table(head, [...rows, ['all', total] as const].map(cells))}`);
  for (const file of disagreeing) process.stdout.write(`\nNot as judged: ${file}\n`);
}

function isKey(key: string): key is keyof Row {
  return key in emptyRow();
}
