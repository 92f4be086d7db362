// A watched runner: the real sensor with its shipper, builds whose deeds are known, and what Pipewarden has made of them.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Activity } from '../../../services/core/activity.ts';
import type { ActivityEntry, FindingEntry } from '../../../services/core/messages.ts';
import { type Machine, ROOT, type Running } from '../../helpers/command.ts';
import { allEntries, withKept } from '../../helpers/kept.ts';

const run = promisify(execFile);
const SENSOR = join(ROOT, 'deploy/sensors/bpftrace/pipewarden-sensor');
const PATIENCE_MS = 90_000;

/** Why the sensor cannot run on this machine; undefined when it can. */
export function sensorMissing(): string | undefined {
  if (process.platform !== 'linux') return 'the sensor is for Linux';
  if (process.getuid?.() !== 0) return 'bpftrace needs root';
  const needed = ['bpftrace', 'curl', 'ip', 'python3', 'unshare'];
  const lacking = needed.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  if (lacking.length > 0) return `not installed: ${lacking.join(', ')}`;
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'the kernel has no BTF';
  const probe = 'mount -t tracefs tracefs /sys/kernel/tracing && exec bpftrace -e "BEGIN { exit(); }"';
  const tried = spawnSync('unshare', ['--mount', 'sh', '-c', probe], { encoding: 'utf8' });
  return tried.status === 0 ? undefined : `bpftrace cannot run here: ${tried.stderr.trim().split('\n').at(-1)}`;
}

/** The sensor as its unit starts it. Its settings beside the environment of the machine. */
export function startSensor(machine: Machine, settings: Readonly<Record<string, string>>): Running {
  return machine.start([], { command: [SENSOR], env: settings });
}

export interface Build {
  /** A word that stands in every name that the build uses. */
  readonly word: string;
  readonly work: string;
  readonly port: number;
  readonly token: string;
}

/** Does what `build.sh` does, and gives the id of the process whose memory it read. */
export async function runBuild({ word, work, port, token }: Build): Promise<number> {
  // The interpreter itself: a launcher before it would start programs of its own.
  const { stdout: python } = await run('python3', ['-c', 'import sys; print(sys.executable)']);
  const env = { PATH: process.env.PATH, WORK: work, PORT: String(port), TOKEN: token, PYTHON: python.trim() };
  const { stdout } = await run(join(import.meta.dirname, 'build.sh'), [word], { env });
  return Number(stdout);
}

export interface Kept {
  /** Each as often as it stands in the log. */
  readonly activities: readonly Activity[];
  readonly findings: readonly FindingEntry[];
}

export async function kept(data: string): Promise<Kept> {
  return await withKept(data, async ({ log }) => {
    const entries = await allEntries<ActivityEntry>(log, 'activity');
    const activities = entries.filter(({ primary }) => primary).map(({ activity }) => activity);
    return { activities, findings: await allEntries<FindingEntry>(log, 'finding') };
  });
}

/** What has been kept as soon as it fits; rejects when it never does. */
export async function keptWhen(data: string, fits: (kept: Kept) => boolean): Promise<Kept> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = await kept(data);
    if (fits(now)) return now;
    if (Date.now() > deadline)
      throw new Error(`${now.activities.length} activities, and what was waited for is not there`);
    await sleep(500);
  }
}

/** Arguments of every process on the machine. */
export function everyCommandLine(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
}

/** Every file below a folder, as bytes. */
export function everyFile(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
}
