// A command from its start to its end: how long, how much processor time, how much memory.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { onOneCore } from '../machine.ts';

/** Of what the kernel says about a process that runs; what comes after the last look is lost. */
const LOOK_EVERY_MS = 20;
/** USER_HZ, which Linux keeps at 100 wherever it runs. */
const TICKS = 100;

export interface WholeProcess {
  readonly code: number | null;
  readonly seconds: number;
  /** User and system; 0: the kernel does not say (no /proc). */
  readonly processor: number;
  /** The most that was resident at once, in bytes; 0 as above. */
  readonly resident: number;
}

/** `input`: an open file, or what to write to it. Its output goes nowhere. */
export async function runWhole(command: readonly string[], input: number | Readable): Promise<WholeProcess> {
  const { file, args } = onOneCore(command);
  const started = performance.now();
  const child = spawn(file, args, { stdio: [typeof input === 'number' ? input : 'pipe', 'ignore', 'ignore'] });
  let processor = 0;
  let resident = 0;
  const look = () => {
    const usage = usageOf(child.pid);
    processor = Math.max(processor, usage.processor);
    resident = Math.max(resident, usage.resident);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  // A command that ends early breaks the pipe; its code tells.
  if (typeof input !== 'number' && child.stdin) await pipeline(input, child.stdin).catch(() => {});
  const code = await ended.finally(() => clearInterval(timer));
  return { code, seconds: (performance.now() - started) / 1000, processor, resident };
}

/** See proc_pid_status(5) and proc_pid_stat(5). */
function usageOf(pid: number | undefined): { readonly processor: number; readonly resident: number } {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold anything; the fields after it begin with the third.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { processor: (Number(fields[11]) + Number(fields[12])) / TICKS, resident: Number(peak ?? 0) * 1024 };
  } catch {
    return { processor: 0, resident: 0 };
  }
}
