// Real records through all detectors: what would have been said of them. The sets of tests (Panther's, Wazuh's, webhooks) have no
// past, so only what needs none speaks; the histories of commits are long.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEVERITIES } from '../../services/core/severity.ts';
import { table } from '../reference/markdown.ts';
import { sayMissing } from '../shared.ts';
import { recordSets } from './records/sets.ts';
import { replayed } from './replayed.ts';

const LEVELS = SEVERITIES.toReversed();

/** Prints, for each set, how many findings of each severity, and which detectors said more than low. */
export async function evaluateHistories(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  const rows: string[][] = [];
  try {
    for (const { name, file } of recordSets(folder, [])) rows.push([name, ...(await said(file))]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (rows.length === 0) return sayMissing('The sets are');
  process.stdout.write(`\n## Real histories\n\n${table(['set', 'records', ...LEVELS, 'more than low'], rows)}`);
}

async function said(file: string): Promise<readonly string[]> {
  const { records, findings } = await replayed(file);
  const severities = new Map<string, number>();
  const loud = new Map<string, number>();
  for (const { severity, detector } of findings) {
    add(severities, severity);
    if (severity !== 'low' && severity !== 'informational') add(loud, detector);
  }
  const detail = [...loud].sort((a, b) => b[1] - a[1]).map(([detector, count]) => `${detector} ${count}`);
  return [String(records), ...LEVELS.map((level) => String(severities.get(level) ?? 0)), detail.join(', ')];
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
