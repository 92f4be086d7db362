// A worker in a process of its own, which a test can freeze or kill. Run as a program, this file is that worker.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openBullmqJobQueue } from '../../../services/adapters/job-queue/bullmq.ts';
import { openSqliteJobQueue } from '../../../services/adapters/job-queue/sqlite.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { silentLog } from '../../../services/telemetry/log.ts';

export type VictimAdapter =
  | { readonly adapter: 'sqlite'; readonly at: string }
  /** `at`: the port of a Redis on this machine. */
  | { readonly adapter: 'bullmq'; readonly at: string };

export interface Victim {
  /** What it says next: `started <id>`, `aborted <id>`, `finished <id>`. */
  nextLine(): Promise<string>;
  /** Its process stands still, until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** Lets its job end. */
  finish(): void;
  kill(): Promise<void>;
}

export async function startVictim({ adapter, at }: VictimAdapter, queue: string, leaseMs: number): Promise<Victim> {
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), adapter, at, queue, String(leaseMs)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the victim has no standard input or output');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async nextLine() {
      const { value, done } = await lines.next();
      return done ? 'gone' : value;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    finish: () => void stdin.write('finish\n'),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function main([adapter, at = '', queue = '', leaseMs]: readonly string[]): Promise<void> {
  const jobs =
    adapter === 'sqlite'
      ? openSqliteJobQueue({ path: at, clock: systemClock })
      : await openBullmqJobQueue({
          connection: { host: '127.0.0.1', port: Number(at) },
          clock: systemClock,
          log: silentLog,
        });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const told = once(process.stdin, 'data');
  await jobs.work(
    queue,
    async (job, signal) => {
      say(`started ${job.id}`);
      signal.addEventListener('abort', () => say(`aborted ${job.id}`));
      await told;
      // After the queue has dealt with the end of the job.
      setTimeout(() => say(`finished ${job.id}`), 200);
    },
    { leaseMs: Number(leaseMs) },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
