// A forwarder on a real event log in a temporary folder, what it forwards, and a web server that takes it.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { type Clock, systemClock } from '../../services/core/clock.ts';
import type { Incident } from '../../services/core/incident.ts';
import type { DeadLetter } from '../../services/core/messages.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import type { TopicName } from '../../services/core/topics.ts';
import type { Destination } from '../../services/forwarder/destination.ts';
import { type Forwarder, startForwarder } from '../../services/forwarder/forwarder.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';

/** Pauses between tries are a few milliseconds here. */
export const hasty: Clock = {
  now: () => systemClock.now(),
  sleep: (milliseconds, signal) => systemClock.sleep(Math.min(milliseconds, 5), signal),
};

export interface Forwarding {
  readonly folder: string;
  readonly log: EventLog;
  start(...destinations: readonly Destination[]): Promise<Forwarder>;
  startWith(clock: Clock, ...destinations: readonly Destination[]): Promise<Forwarder>;
  write(topic: TopicName, ...values: readonly object[]): Promise<void>;
  letters(): Promise<readonly DeadLetter[]>;
  close(): Promise<void>;
}

export async function startForwarding(): Promise<Forwarding> {
  const folder = await mkdtemp(join(tmpdir(), 'forwarding-'));
  const log = openSqliteEventLog({ path: join(folder, 'log.sqlite'), clock: systemClock });
  const started: Forwarder[] = [];
  async function startWith(clock: Clock, ...destinations: readonly Destination[]): Promise<Forwarder> {
    const telemetry = createTelemetry('silent');
    const forwarder = await startForwarder({
      log,
      destinations,
      telemetry,
      clock,
      random: () => 0.5,
    });
    started.push(forwarder);
    return forwarder;
  }
  return {
    folder,
    log,
    startWith,
    start: (...destinations) => startWith(hasty, ...destinations),
    write: (topic, ...values) =>
      log.append(
        topic,
        values.map((value) => ({ key: topic, value: JSON.stringify(value) })),
      ),
    async letters() {
      const entries = await log.read('dead-letter', 0, 0, 1_000);
      return entries.map(({ value }) => JSON.parse(value) as DeadLetter);
    },
    async close() {
      for (const forwarder of started) await forwarder.close();
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}

export function incident(id: string, revision = 1, fields: Partial<Incident> = {}): Incident {
  return {
    id,
    title: `Incident ${id}`,
    status: 'open',
    severity: 'medium',
    severities: [],
    opened: '2026-03-02T10:00:00.000Z',
    updated: '2026-03-02T10:00:00.000Z',
    surprise: 8,
    findings: [id],
    detectors: ['some-detector'],
    entities: [],
    tactics: [],
    story: [],
    revision,
    ...fields,
  };
}

export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly deliveries: Delivery[];
  close(): Promise<void>;
}

/** Answers each delivery with the status that `answer` gives; undefined: never. */
export async function startReceiver(
  answer: (delivery: Delivery, count: number) => number | undefined = () => 204,
  port = 0,
): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const delivery = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    deliveries.push(delivery);
    const status = answer(delivery, deliveries.length);
    if (status !== undefined) response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    deliveries,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Looks until it holds; the test's own time limit ends a wait in vain. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await systemClock.sleep(5);
}
