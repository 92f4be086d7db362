// The slow network that the faults use: late, a little at a time, in order, and nothing is lost.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startProxy } from './proxy.ts';

test('what goes through a slow network arrives late, whole and in order, and comes back', async () => {
  const echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address = echo.address();
  const proxy = await startProxy(typeof address === 'object' && address ? address.port : 0);
  proxy.network = { delayMs: 20, jitterMs: 60, bytesPerSecond: 2_000_000 };
  const socket = connect(proxy.port, '127.0.0.1');
  const sent = Buffer.alloc(400_000, 'one after the other ');
  const back: Buffer[] = [];
  socket.on('data', (piece: Buffer) => back.push(piece));
  for (let at = 0; at < sent.length; at += 10_000) socket.write(sent.subarray(at, at + 10_000));
  const began = Date.now();
  socket.end();
  await once(socket, 'close');
  expect(Buffer.concat(back).equals(sent)).toBe(true);
  expect(Date.now() - began).toBeGreaterThanOrEqual(40);
  echo.close();
  await proxy.close();
});

test('connections that are cut are broken at both ends', async () => {
  const ends: Promise<unknown>[] = [];
  const target = createServer((socket) => {
    socket.on('error', () => undefined);
    ends.push(once(socket, 'close'));
    socket.write('hello');
  }).listen(0, '127.0.0.1');
  await once(target, 'listening');
  const address = target.address();
  const proxy = await startProxy(typeof address === 'object' && address ? address.port : 0);
  const socket = connect(proxy.port, '127.0.0.1');
  await once(socket, 'data');
  const gone = once(socket, 'close');
  proxy.cut();
  await gone;
  await Promise.all(ends);
  target.close();
  await proxy.close();
});
