// `npm run fuzz [-- NAME …] [--seconds N] [--seed N]`: every reader of what others write, on inputs that are nearly right,
// each for so long (10 s). Nothing may be thrown but a refusal, nothing may hang, no time may grow faster than the input.
import { parseArgs } from 'node:util';
import { type Fuzzed, fuzz, HarmfulInput } from './target.ts';
import { targets } from './targets.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
  },
});

const all = await targets();
const chosen = all.filter(({ name }) => positionals.length === 0 || positionals.some((one) => name.startsWith(one)));
process.stdout.write(`seed ${values.seed}, ${values.seconds} s each\n`);
for (const target of chosen) process.stdout.write(`${target.name.padEnd(28)} ${await outcome(target)}\n`);

async function outcome(target: (typeof all)[number]): Promise<string> {
  try {
    return told(await fuzz(target, Number(values.seconds), Number(values.seed)));
  } catch (error) {
    if (!(error instanceof HarmfulInput)) throw error;
    process.exitCode = 1;
    return `FAILED\n${error.message}`;
  }
}

function told({ runs, slowest }: Fuzzed): string {
  return `${runs} inputs, slowest ${slowest.toFixed(0)} ms`;
}
