// `pipewarden start NAME` as a process on Kafka and Redis, and what of a processor it has used.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of `/proc/PID/stat` (proc(5)), on all that Node.js runs on. */
const TICKS_PER_SECOND = 100;

export interface Place {
  /** Where the services keep their files. */
  readonly folder: string;
  readonly broker: string;
  readonly redis: string;
  /** Of the webhooks. */
  readonly secret: string;
  /** Of the collector. */
  readonly port: number;
}

export interface Service {
  readonly name: string;
  /** Processor time so far. */
  seconds(): number;
  stop(): Promise<void>;
}

/** Resolves when it is up. */
export async function startService(name: string, prefix: string, number: number, place: Place): Promise<Service> {
  const config = join(place.folder, `${number}.yaml`);
  writeFileSync(
    config,
    `event_log: { type: kafka, brokers: ["${place.broker}"], prefix: "${prefix}" }
job_queue: { type: bullmq, url: "\${env:BENCH_REDIS}" }
sources: [{ source: github.webhook, secrets: ["\${env:BENCH_SECRET}"] }]
collector: { port: ${place.port} }
log: { level: error }
`,
  );
  const command = join(import.meta.dirname, '../../../services/pipewarden.ts');
  const args = [command, 'start', name, '--config', config, '--data', join(place.folder, String(number))];
  const env = { ...process.env, BENCH_REDIS: place.redis, BENCH_SECRET: place.secret };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    // Read to the end: whoever stops reading breaks the pipe.
    child.stdout.on('data', (text) => {
      if (String(text).includes('Mode')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return {
    name,
    seconds() {
      // Fields 14 and 15, counted behind the name, which may hold anything.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    },
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The standard output of a script of this folder. */
export async function script(name: string, args: readonly (string | number)[], { secret }: Place): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, name), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BENCH_SECRET: secret },
  });
  const ended = once(child, 'exit');
  let out = '';
  for await (const text of child.stdout) out += String(text);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return out;
}
