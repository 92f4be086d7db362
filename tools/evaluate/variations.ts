// Scenarios of our own, in the shared generator's form: other ecosystems, hours, names. They measure what is built elsewhere,
// so nobody who writes or tunes detectors reads them or works on their findings one by one.
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { printScenarios, type ScenarioEvaluation } from './scenarios.ts';

const FOLDER = join(import.meta.dirname, 'variations');
/** Their names, in order. */
function variations(): readonly string[] {
  const names = globSync('V*.json', { cwd: FOLDER }).map((file) => basename(file, '.json'));
  return names.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

/** Prints a row for each variation and seed. */
export async function evaluateVariations({ chosen, ...how }: ScenarioEvaluation): Promise<void> {
  const names = variations().filter((name) => chosen.length === 0 || chosen.includes(name));
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) process.stderr.write(`No variation of that name: ${unknown.join(', ')}.\n`);
  await printScenarios(
    names.map((name) => ({ name, source: join(FOLDER, `${name}.json`) })),
    how,
  );
}
