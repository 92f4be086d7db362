// Writes what is generated from the code: the configuration's JSON Schema and the reference. `--check` writes nothing and
// ends with 1 when a file is not what the code says.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configurationJsonSchema } from '../services/cli/config.ts';
import { commandsPage } from './reference/commands.ts';
import { configurationPage } from './reference/configuration.ts';
import { detectorsPage } from './reference/detectors.ts';
import { errorsPage } from './reference/errors.ts';
import { metricsPage } from './reference/metrics.ts';
import { playbooksPage } from './reference/playbooks.ts';
import { sourcesPage } from './reference/sources.ts';
import { sampleIsCurrent, writeSample } from './sample/generate.ts';

const root = join(import.meta.dirname, '..');
const files: Readonly<Record<string, () => string | Promise<string>>> = {
  'config.schema.json': configurationJsonSchema,
  'docs/reference/commands.md': commandsPage,
  'docs/reference/configuration.md': configurationPage,
  'docs/reference/detectors.md': detectorsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/metrics.md': metricsPage,
  'docs/reference/playbooks.md': playbooksPage,
  'docs/reference/sources.md': sourcesPage,
};

const check = process.argv.includes('--check');
for (const [file, make] of Object.entries(files)) {
  const path = join(root, file);
  const text = await make();
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (check) {
    process.stderr.write(`${file} is not what the code says: run npm run generate\n`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${file}\n`);
}

const sample = 'services/collector/sample/recording.ndjson.gz';
if (!sampleIsCurrent()) {
  if (check) {
    process.stderr.write(`${sample} is not what its generator writes: run npm run generate\n`);
    process.exitCode = 1;
  } else {
    writeSample();
    process.stdout.write(`${sample}\n`);
  }
}
