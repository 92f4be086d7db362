// Text to measure with: the real build logs of the shared folder, or those of the bundled recording, repeated.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openRecording } from '../../services/collector/sample/recording.ts';
import { SHARED } from '../shared.ts';

/** Of the sample: less is over before anything is warm. */
const LEAST = 64e6;

export interface BenchLogs {
  /** What was measured with; a line for the reader. */
  readonly what: string;
  /** A job's log each. */
  readonly logs: readonly Buffer[];
  /** Their names; the folder tells the CI system. */
  readonly files: readonly string[];
  readonly bytes: number;
}

export async function benchLogs(): Promise<BenchLogs> {
  const folder = join(SHARED, 'data/build-logs');
  const real = globSync('**/*.log.gz', { cwd: folder }).sort();
  const logs = real.length > 0 ? real.map((file) => gunzipSync(readFileSync(join(folder, file)))) : await sampleLogs();
  const bytes = logs.reduce((sum, log) => sum + log.length, 0);
  const source =
    real.length > 0
      ? 'real build logs'
      : 'logs of the bundled recording, repeated: the real ones stand in ../shared, which is not here';
  const files = real.length > 0 ? real : logs.map((_, index) => `github-actions/${index}`);
  return { what: `${logs.length} ${source}, ${(bytes / 1e6).toFixed(0)} MB`, logs, files, bytes };
}

async function sampleLogs(): Promise<readonly Buffer[]> {
  const own: Buffer[] = [];
  for await (const { body } of openRecording()) if (typeof body === 'string') own.push(Buffer.from(body));
  const once = own.reduce((sum, log) => sum + log.length, 0);
  return Array.from({ length: Math.ceil(LEAST / once) }, () => own).flat();
}
