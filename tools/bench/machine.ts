// The machine that is measured on, and one core of it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { delimiter, join } from 'node:path';

/** The last one: the first has the interrupts. */
const CORE = String(availableParallelism() - 1);

/** Path of a program: from the environment's `variable`, else from the PATH; undefined: neither has it. */
export function findProgram(name: string, variable = name.toUpperCase()): string | undefined {
  const named = process.env[variable];
  if (named) return existsSync(named) ? named : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

const taskset = findProgram('taskset');

/** The command, held to one core where `taskset` (util-linux) is found. */
export function onOneCore(command: readonly string[]): { readonly file: string; readonly args: readonly string[] } {
  const [file = '', ...args] = taskset ? [taskset, '-c', CORE, ...command] : command;
  return { file, args };
}

/** Processor, cores and how busy they were before. */
export function machine(): string {
  const cores = taskset ? 'one core each' : 'all cores: taskset is not here to hold a process to one';
  const load = loadavg()[0] ?? 0;
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, load ${load.toFixed(1)}; ${cores}`;
}

/** First line that a program prints about itself. */
export function versionOf(program: string, ...args: readonly string[]): string {
  const { stdout } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return /\d+\.\d[\w.-]*/.exec(stdout ?? '')?.[0] ?? '';
}
