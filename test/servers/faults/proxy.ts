// A TCP proxy that can be a slow network: each piece is late, by more or less, and few bytes go at a time. One stands
// between the processes and each server; where `tc netem` is not to be had, this is.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Network {
  /** Added to each piece, in each direction. */
  readonly delayMs: number;
  /** On top, at most so much. */
  readonly jitterMs: number;
  readonly bytesPerSecond: number;
}

export interface TcpProxy {
  readonly port: number;
  /** From now on; undefined: as fast as it goes. */
  network: Network | undefined;
  /** Whether there is no way through: connections are refused, those that there are are broken. */
  down: boolean;
  /** Breaks every connection there is. */
  cut(): void;
  close(): Promise<void>;
}

/** What may wait in one direction of a connection before the sender is held up. */
const HELD_BYTES = 256 * 1024;

export async function startProxy(target: number, random: () => number = Math.random): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isDown = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (isDown) return void near.destroy();
    const far = connect({ host: '127.0.0.1', port: target, allowHalfOpen: true });
    far.setNoDelay(true);
    near.setNoDelay(true);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      pass(from, to);
      // A broken end breaks the other.
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy: TcpProxy = {
    port: typeof address === 'object' && address ? address.port : 0,
    network: undefined,
    get down() {
      return isDown;
    },
    set down(now) {
      isDown = now;
      if (now) proxy.cut();
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      proxy.cut();
      await once(server.close(), 'close');
    },
  };
  return proxy;

  /** In order: a piece that was less late waits for the one before it. */
  function pass(from: Socket, to: Socket): void {
    const waiting: (() => void)[] = [];
    let free = 0;
    let held = 0;
    const later = (bytes: number, act: () => void) => {
      const { network } = proxy;
      if (!network && held === 0) return act();
      const { delayMs, jitterMs, bytesPerSecond } = network ?? { delayMs: 0, jitterMs: 0, bytesPerSecond: Infinity };
      const now = Date.now();
      free = Math.max(free, now + delayMs + random() * jitterMs) + (bytes / bytesPerSecond) * 1000;
      held += bytes + 1;
      if (held > HELD_BYTES) from.pause();
      waiting.push(() => {
        held -= bytes + 1;
        if (held <= HELD_BYTES) from.resume();
        act();
      });
      // Timers that end in the same millisecond come in any order; what they take does not.
      setTimeout(() => waiting.shift()?.(), free - now);
    };
    from.on('data', (piece: Buffer) => later(piece.length, () => to.writable && to.write(piece)));
    from.on('end', () => later(0, () => to.end()));
    from.on('close', () => later(0, () => to.destroy()));
  }
}
