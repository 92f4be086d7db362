// Processes of `pipewarden start` under a supervisor, as systemd or Kubernetes is one: what ends is started again.
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine, Running } from '../../helpers/command.ts';

const RESTART_AFTER_MS = 1_000;
/** Of what a process wrote, enough to see why it ended. */
const TAIL = 600;

export interface Supervised {
  readonly name: string;
  /** SIGKILL; started again after `downMs`. Resolves when it is up. */
  kill(downMs: number): Promise<void>;
  /** SIGTERM, for good. */
  stop(): Promise<void>;
  /** Resolves when it has said that it is up. */
  up(): Promise<void>;
  /** Ends of its own accord, with what it said last. */
  readonly endings: readonly string[];
  /** What it wrote to standard error last. */
  err(): string;
}

export interface Start {
  readonly machine: Machine;
  readonly name: string;
  /** Of `start`; none: all services. */
  readonly services: readonly string[];
  readonly config: string;
  /** Its data folder. */
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
}

export function supervise({ machine, name, services, config, data, env }: Start): Supervised {
  const endings: string[] = [];
  let wanted = true;
  let expected = false;
  let pause = RESTART_AFTER_MS;
  mkdirSync(data, { recursive: true });
  const start = () => machine.start(['start', ...services, '--config', config, '--data', data], { env });
  let running: Running = start();
  const life = live();

  async function live(): Promise<void> {
    for (;;) {
      const { code, err } = await running.ended;
      if (!wanted) return;
      if (!expected) endings.push(`${name} ended with ${code}: ${err.slice(-TAIL)}`);
      expected = false;
      await sleep(pause);
      pause = RESTART_AFTER_MS;
      if (!wanted) return;
      running = start();
    }
  }

  /** One that ends before it is up is followed by another. */
  async function up(): Promise<void> {
    for (;;) {
      const one = running;
      try {
        await one.says(/Mode/);
        return;
      } catch (error) {
        if (!wanted) throw error;
        await sleep(RESTART_AFTER_MS / 4);
      }
    }
  }

  return {
    name,
    endings,
    err: () => running.err().slice(-4 * TAIL),
    up,
    async kill(downMs) {
      expected = true;
      pause = downMs;
      const gone = running;
      await gone.kill();
      while (running === gone) await sleep(50);
      await up();
    },
    async stop() {
      wanted = false;
      await running.stop();
      await life;
    },
  };
}
