// A reader that is fuzzed: what it is given, and what must not happen.
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';

export interface Target {
  readonly name: string;
  readonly inputs: fc.Arbitrary<unknown>;
  /** Throws whatever its caller must not see. */
  run(input: unknown): void | Promise<void>;
}

/** Processor time, so that a busy machine is no slow reader: so much for any input, and for each character of it. */
const BASE_MS = 300;
const MS_PER_CHARACTER = 0.02;

export interface Fuzzed {
  readonly runs: number;
  readonly slowest: number;
}

/** Tries inputs until the time is up. Throws with the smallest input that does harm, and the seed that leads to it. */
export async function fuzz({ inputs, run }: Target, seconds: number, seed: number): Promise<Fuzzed> {
  const until = performance.now() + seconds * 1000;
  let runs = 0;
  let slowest = 0;
  for (let round = seed; performance.now() < until; round++) {
    const result = await fc.check(
      fc.asyncProperty(inputs, async (input) => {
        runs++;
        const spent = await spentOn(() => run(input));
        slowest = Math.max(slowest, spent);
        const allowed = BASE_MS + MS_PER_CHARACTER * (JSON.stringify(input)?.length ?? 0);
        // Once more: the first time may have been spent on somebody's garbage.
        if (spent > allowed && (await spentOn(() => run(input))) > allowed) tooSlow(spent, allowed);
      }),
      {
        seed: round,
        numRuns: 200,
        interruptAfterTimeLimit: Math.max(1, until - performance.now()),
        endOnFailure: false,
      },
    );
    if (result.failed) throw new HarmfulInput(fc.defaultReportMessage(result) ?? `seed ${round}`);
  }
  return { runs, slowest };
}

export class HarmfulInput extends Error {}

function tooSlow(spent: number, allowed: number): never {
  throw new HarmfulInput(`took ${spent.toFixed(0)} ms of processor time, ${allowed.toFixed(0)} are allowed`);
}

async function spentOn(work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
