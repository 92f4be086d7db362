// The command as a user runs it: child processes with a home, an environment and data folders of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const COMMAND: readonly string[] = [process.execPath, join(ROOT, 'services/pipewarden.ts')];

/** What Node.js makes of our files once serves every start after: half of what a start costs. It is no setting of a user's. */
const COMPILED = join(ROOT, '.cache/compiled');

/** Long enough for a slow machine under load; nothing is measured by it. */
const PATIENCE_MS = 90_000;

export interface Ended {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly pid: number;
  /** Resolves when its standard output has matched; rejects with all that it said when it ends before, or never does. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Everything on standard output so far. */
  out(): string;
  /** Everything on standard error so far. */
  err(): string;
  /** SIGKILL to the process and all that it started; resolves when they are gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with how it ended. */
  stop(): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  /** Beside PATH, HOME, XDG_DATA_HOME and where Node.js keeps what it compiled; nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
  /** Program and first arguments, instead of this checkout's command. */
  readonly command?: readonly string[];
}

/** Somebody's machine: an empty home in a temporary folder. */
export interface Machine {
  readonly folder: string;
  /** A path in the folder. */
  path(...parts: string[]): string;
  start(args: readonly string[], options?: RunOptions): Running;
  /** Runs to the end. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** The lines of standard output as JSON; rejects when it does not end with 0. */
  json(args: readonly string[]): Promise<readonly unknown[]>;
  /** Ends what still runs and removes the folder. */
  remove(): Promise<void>;
}

export function createMachine(): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'pipewarden-e2e-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const alive = new Set<Running>();

  function start(args: readonly string[], options: RunOptions = {}): Running {
    const [program = '', ...first] = options.command ?? COMMAND;
    const env = {
      PATH: [dirname(process.execPath), process.env.PATH].join(':'),
      HOME: home,
      XDG_DATA_HOME: join(home, 'data'),
      NODE_COMPILE_CACHE: COMPILED,
      ...options.env,
    };
    const running = watch(program, [...first, ...args], {
      env,
      cwd: options.cwd ?? folder,
      input: options.input ?? '',
    });
    alive.add(running);
    void running.ended.finally(() => alive.delete(running));
    return running;
  }

  async function run(args: readonly string[], options?: RunOptions): Promise<Ended> {
    return await start(args, options).ended;
  }

  return {
    folder,
    path: (...parts) => join(folder, ...parts),
    start,
    run,
    async json(args) {
      const { code, out, err } = await run(args);
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
      return out
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line));
    },
    async remove() {
      await Promise.all([...alive].map((running) => running.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input: string;
}

function watch(program: string, args: readonly string[], { env, cwd, input }: Surroundings): Running {
  // A process group of its own, so that all it starts can be killed with it.
  const child = spawn(program, args, { env, cwd, detached: true });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} cannot be started`);
  let out = '';
  let err = '';
  let over = false;
  const watchers = new Set<() => void>();
  const wake = () => {
    for (const watcher of watchers) watcher();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  // A command that does not read its input closes it early.
  child.stdin.on('error', () => undefined).end(input);
  const ended = once(child, 'close').then(([code]): Ended => {
    over = true;
    wake();
    return { code: typeof code === 'number' ? code : null, out, err };
  });

  return {
    pid,
    ended,
    out: () => out,
    err: () => err,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          clearTimeout(late);
          watchers.delete(look);
          act();
        };
        const fail = (why: string) =>
          finish(() => reject(new Error(`${why} without saying ${pattern}\nstdout: ${out}\nstderr: ${err}`)));
        const late = setTimeout(() => fail('it runs'), PATIENCE_MS);
        const look = () => {
          const found = pattern.exec(out);
          if (found) finish(() => resolve(found));
          else if (over) fail('it ended');
        };
        watchers.add(look);
        look();
      }),
    async kill() {
      if (!over) signalGroup(pid, 'SIGKILL');
      await ended;
    },
    async stop() {
      if (!over) process.kill(pid, 'SIGTERM');
      return await ended;
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It ended by itself a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
