// Programs that tests start: each is ended by its own id, at the latest with this process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  /** Whether it has ended, by itself or not. */
  ended(): boolean;
  /** The last of what it said. */
  said(): string;
  /** Resolves when it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

export function startChild(program: string, args: readonly string[], options: ChildOptions = {}): Child {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const keep = (piece: Buffer) => {
    said = (said + piece.toString()).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(String(error))));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  return {
    ended,
    said: () => said,
    async end(signal = 'SIGTERM') {
      process.removeListener('exit', kill);
      if (ended()) return;
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    },
  };
}

/** Until the address answers with success. Rejects when the child has ended, or says nothing for so long. */
export async function untilAnswered(url: string, child: Child, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    if (child.ended() || Date.now() > deadline) throw new Error(`no answer from ${url}: ${child.said()}`);
    await sleep(100);
  }
}

/** What `look` gives as soon as it gives something. */
export async function eventually<Found>(
  look: () => Promise<Found | undefined>,
  what: string,
  withinMs = 60_000,
): Promise<Found> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
    await sleep(250);
  }
}
