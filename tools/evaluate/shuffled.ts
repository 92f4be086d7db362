// A scenario's records as they may arrive: each up to ten minutes late, one in fifty told twice. Their labels go with them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE } from '../../services/core/time.ts';
import { createRandom } from '../sample/random.ts';

const LATE = 10 * MINUTE;
const REPEATED = 1 / 50;

/** In place. `folder`: as the generator made it, with `records.ndjson` and `labels.ndjson`, a line each. */
export function shuffle(folder: string, seed: string): void {
  const random = createRandom(`shuffled ${seed}`);
  const records = linesOf(join(folder, 'records.ndjson'));
  const labels = linesOf(join(folder, 'labels.ndjson'));
  const arrivals = records.flatMap((record, index) => {
    const at = Date.parse(JSON.parse(record).received_at) + random.int(0, LATE);
    const again = random.chance(REPEATED) ? [{ index, at: at + random.int(0, LATE) }] : [];
    return [{ index, at }, ...again];
  });
  arrivals.sort((a, b) => a.at - b.at);
  write(
    join(folder, 'records.ndjson'),
    arrivals.map(({ index }) => records[index] ?? ''),
  );
  write(
    join(folder, 'labels.ndjson'),
    arrivals.map(({ index }, place) => JSON.stringify({ ...JSON.parse(labels[index] ?? '{}'), line: place + 1 })),
  );
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

function write(file: string, lines: readonly string[]): void {
  writeFileSync(file, `${lines.join('\n')}\n`);
}
