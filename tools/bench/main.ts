// `npm run bench [-- NAME …]`: what this machine does, as Markdown tables. `redactor` stands for all that begin so.

import { analyzerTable } from './analyzer.ts';
import { containmentTable } from './containment.ts';
import { logParsingTable } from './log-parsing.ts';
import { pipelineTable } from './pipeline.ts';
import { receiverTable } from './receiver.ts';
import { engineTable } from './redactor/engine.ts';
import { memoryTable } from './redactor/memory.ts';
import { scannersTable } from './redactor/scanners.ts';
import { scaleOutTable } from './scale-out.ts';

const benches: Readonly<Record<string, () => Promise<string>>> = {
  'redactor/engine': engineTable,
  'redactor/scanners': scannersTable,
  'redactor/memory': memoryTable,
  'log-parsing': logParsingTable,
  analyzer: analyzerTable,
  pipeline: pipelineTable,
  receiver: receiverTable,
  containment: containmentTable,
  'scale-out': scaleOutTable,
};

const chosen = process.argv.slice(2);
const isChosen = (name: string) =>
  chosen.length === 0 || chosen.some((one) => name === one || name.startsWith(`${one}/`));
const unknown = chosen.filter(
  (one) => !Object.keys(benches).some((name) => name === one || name.startsWith(`${one}/`)),
);
if (unknown.length > 0) {
  process.stderr.write(`No bench is called ${unknown.join(', ')}: there are ${Object.keys(benches).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  for (const [name, measure] of Object.entries(benches)) {
    if (isChosen(name)) process.stdout.write(`\n## ${name}\n\n${await measure()}`);
  }
}
