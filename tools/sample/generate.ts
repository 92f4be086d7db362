// Writes the bundled recording; with `--check` only says whether the one in the repository is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sampleLines } from './sample.ts';

const FILE = new URL('../../services/collector/sample/recording.ndjson.gz', import.meta.url);

/** The recording as text: one record a line. */
export function sampleText(): string {
  return `${sampleLines()
    .map((line) => JSON.stringify(line))
    .join('\n')}\n`;
}

/** Compares what is inside: how well zlib packs differs from version to version. */
export function sampleIsCurrent(): boolean {
  return gunzipSync(readFileSync(FILE)).toString('utf8') === sampleText();
}

export function writeSample(): void {
  writeFileSync(FILE, gzipSync(sampleText(), { level: 9 }));
}

if (import.meta.main) {
  if (!argv.includes('--check')) writeSample();
  else if (!sampleIsCurrent()) {
    stderr.write('The bundled recording is out of date: run `node tools/sample/generate.ts`.\n');
    exit(1);
  }
}
