// One Pipewarden, as a user runs it, that watches a CI server: it is delivered to at an address that stays, reads the
// server's API, and what it keeps is looked at from outside.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Activity } from '../../services/core/activity.ts';
import type { ActivityEntry } from '../../services/core/messages.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { allEntries, withKept } from '../helpers/kept.ts';
import { appearsIn } from '../helpers/secrets.ts';

export interface WatchingOptions {
  /** What is delivered: `buildbot.webhook`. */
  readonly source: string;
  /** Where it is delivered to. */
  readonly port: number;
  /** Settings of the system. */
  readonly system: Readonly<Record<string, string>>;
  /** What the references in the settings mean; `HOOK` is the secret of what is delivered. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Backfilled {
  readonly name: string;
  readonly records: number;
  readonly missing: readonly string[];
  readonly error?: string;
}

export interface Watching {
  start(): Promise<void>;
  /** `pipewarden backfill`, beside it: what each task read. */
  backfill(): Promise<readonly Backfilled[]>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Each once. */
  activities(): Promise<readonly Activity[]>;
  /** Of a run's log, each as often as it is told, with its number. */
  lines(run: string): Promise<readonly string[]>;
  /** Files in which the text stands, as it is or in disguise. */
  filesWith(text: string): readonly string[];
  err(): string;
  remove(): Promise<void>;
}

export async function createWatching({ source, port, system, env }: WatchingOptions): Promise<Watching> {
  const machine = createMachine();
  const data = machine.path('data');
  const config = machine.path('pipewarden.yaml');
  mkdirSync(data);
  // JSON is YAML.
  const settings = {
    data,
    log: { level: 'warn' },
    console: { port: 0 },
    collector: { port },
    sources: [{ source, secrets: ['${env:HOOK}'] }],
    systems: [system],
  };
  await writeFile(config, JSON.stringify(settings));
  let running: Running | undefined;

  async function activities(): Promise<readonly Activity[]> {
    const entries = await withKept(data, ({ log }) => allEntries<ActivityEntry>(log, 'activity'));
    const primary = entries.flatMap((entry) => (entry.primary ? [entry.activity] : []));
    return [...new Map(primary.map((activity) => [activity.id, activity])).values()];
  }

  return {
    async start() {
      running = machine.start(['start', '--config', config], { env });
      await running.says(/Receives/);
    },
    async backfill() {
      const { out } = await machine.run(['backfill', '--days', '2', '--json', '--config', config], { env });
      return out
        .trim()
        .split('\n')
        .map((line): Backfilled => JSON.parse(line));
    },
    kill: async () => await running?.kill(),
    activities,
    async lines(run) {
      return (await activities())
        .flatMap((activity) => (activity.kind === 'log' && runOf(activity) === run ? [activity.detail] : []))
        .sort((a, b) => a.first_line - b.first_line)
        .flatMap(({ first_line, lines }) => lines.map((line, index) => `${first_line + index} ${line}`));
    },
    filesWith(text) {
      const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
      const paths = files.map(({ parentPath, name }) => join(parentPath, name));
      return paths.filter((path) => appearsIn(readFileSync(path), text));
    },
    err: () => running?.err() ?? '',
    remove: () => machine.remove(),
  };
}

/** `ci 4`: of a log, which knows its job, and of a run. */
export function runOf({ cicd }: Activity): string {
  const { name, task, run } = cicd?.pipeline ?? {};
  return `${name ?? task?.name} ${run?.id}`;
}

/** A log's text as lines with their numbers. */
export function numbered(text: string): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => `${index + 1} ${line}`);
}
