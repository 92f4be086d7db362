// Webhook intake: the command with nothing but its collector, one core for it, GitHub's example deliveries signed by another
// process; signature, redaction and durable append on.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { freePorts } from '../../test/servers/free-ports.ts';
import { table } from '../reference/markdown.ts';
import { machine, onOneCore } from './machine.ts';
import { quantiles } from './quantiles.ts';
import { examples } from './receiver/examples.ts';

const [PACED_RATE, PACED_SECONDS, FLOOD_SECONDS] = [500, 20, 15];
/** Clock ticks of /proc in a second (Linux, every architecture that Node.js runs on). */
const TICKS = 100;

const Delivered = z.object({
  taken: z.number(),
  bytes: z.number(),
  seconds: z.number(),
  p50: z.number(),
  p99: z.number(),
  most: z.number(),
});

export async function receiverTable(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const secret = randomUUID();
  const [port = 0] = await freePorts(1);
  const config = join(folder, 'pipewarden.yaml');
  writeFileSync(
    config,
    `data: ${join(folder, 'data')}\nlog: { level: error }\ncollector: { port: ${port} }\nsources:\n  - source: github.webhook\n    secrets: ['\${env:BENCH_SECRET}']\n`,
  );
  const env = { ...process.env, BENCH_SECRET: secret };
  const pipewarden = join(import.meta.dirname, '../../services/pipewarden.ts');
  const { file, args } = onOneCore([process.execPath, pipewarden, 'start', 'collector', '--config', config]);
  const server = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const seconds = () => processorSeconds(server.pid ?? 0);
  const url = `http://127.0.0.1:${port}/hooks/github`;
  try {
    for await (const line of createInterface(server.stdout)) if (line.includes(url)) break;
    const deliver = async (rate: number, lasts: number) => {
      const before = seconds();
      const told = Delivered.parse(
        JSON.parse(await output(join(import.meta.dirname, 'receiver/deliver.ts'), [url, `${rate}`, `${lasts}`], env)),
      );
      return { ...told, core: seconds() - before };
    };
    await deliver(0, 5);
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const paced = await deliver(PACED_RATE, PACED_SECONDS);
    const flood = await deliver(0, FLOOD_SECONDS);
    const sizes = quantiles(examples().map(({ text }) => Buffer.byteLength(text)));
    const rows = [
      [`at ${PACED_RATE} a second`, `p50 ${ms(paced.p50)}, p99 ${ms(paced.p99)}, at most ${ms(paced.most)}`],
      [
        'as many as are answered',
        `${Math.round(flood.taken / flood.seconds)} a second, ${mb(flood.bytes / flood.seconds)} MB/s, p99 ${ms(flood.p99)}`,
      ],
      [
        'sizes of the deliveries',
        `${examples().length} examples: half below ${kb(sizes.p50)}, 99 of 100 below ${kb(sizes.p99)}, at most ${kb(sizes.most)}`,
      ],
    ];
    return `${machine()} (sender on the rest); load ${load} before.\n\n${table(['webhook intake', 'measured'], rows)}`;
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** User and system time of a process so far (`man 5 proc`). */
function processorSeconds(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /, 2);
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

async function output(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return text;
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const kb = (value: number) => `${(value / 1024).toFixed(1)} KiB`;
const mb = (value: number) => (value / 1e6).toFixed(1);
