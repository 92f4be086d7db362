// `npm run bench [-- redactor | pipeline]`: what this machine does, as tables. Rates of one run, on one core.
import { pipelineRows } from './pipeline.ts';
import { redactorRows } from './redactor.ts';

const benches: Readonly<Record<string, () => Promise<readonly (readonly string[])[]>>> = {
  redactor: redactorRows,
  pipeline: pipelineRows,
};

const chosen = process.argv.slice(2);
for (const [name, rows] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const [head = [], ...body] = await rows();
  const table = [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |\n`).join('');
  process.stdout.write(`\n${name}\n\n${table}`);
}
