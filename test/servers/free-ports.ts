// Ports of 127.0.0.1 that nobody has at the moment.
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.flatMap((probe) => {
    const address = probe.address();
    return typeof address === 'object' && address ? [address.port] : [];
  });
  await Promise.all(probes.map((probe) => once(probe.close(), 'close')));
  return ports;
}
