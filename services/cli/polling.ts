// What is read at the systems' APIs, put together: connections, and what reads them.

import type { Secrets } from '../adapters/secrets/secrets.ts';
import { createCursors } from '../collector/polling/cursors.ts';
import { startErrands } from '../collector/polling/errands.ts';
import { createMemory } from '../collector/polling/memory.ts';
import { startPoller } from '../collector/polling/poller.ts';
import { createSafeCut } from '../collector/polling/safe-cut.ts';
import type { Pulse } from '../collector/pulse.ts';
import { createClient } from '../collector/systems/client.ts';
import { systemOf } from '../collector/systems/index.ts';
import type { Connection, Memory, Surroundings } from '../collector/systems/system.ts';
import { systemClock } from '../core/clock.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { Redactor } from '../redactor/redactor.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Configuration } from './configuration.ts';
import type { Ports } from './ports.ts';
import { VERSION } from './version.ts';

export interface ConnectionOptions {
  readonly configuration: Configuration;
  /** Without it nothing is remembered: for who only asks whether a system can be read. */
  readonly store?: DocumentStore;
  readonly redactor: Redactor;
  readonly telemetry: Telemetry;
  readonly secrets: Pick<Secrets, 'of' | 'renew'>;
}

/** By the name of its system in the configuration. */
export type NamedConnection = readonly [system: string, connection: Connection];

/** What is kept in memory is compared, and told by the collector, which knows which fields identify. */
const NO_IDENTIFIERS: ReadonlySet<string> = new Set();

const NO_MEMORY: Memory = { get: async () => undefined, put: async () => undefined };

/** Each configured system by its name, ready to be read. */
export function connectionsOf({
  configuration,
  store,
  redactor,
  telemetry,
  secrets,
}: ConnectionOptions): readonly NamedConnection[] {
  return configuration.systems.map((settings) => {
    const surroundings: Surroundings = {
      clock: systemClock,
      secret: secrets.of,
      safeCut: createSafeCut(redactor),
      redact: (value) => redactor.json(value, NO_IDENTIFIERS).value,
      onArchived: (outcome) => telemetry.metrics.archivedLogs.inc({ system: settings.type, outcome }),
      memory: store ? createMemory(store, settings.name) : NO_MEMORY,
      client: (options) =>
        createClient(options, {
          clock: systemClock,
          fetch: globalThis.fetch,
          clean: (text) => redactor.text(text).value,
          userAgent: `pipewarden/${VERSION}`,
          renew: secrets.renew,
          onAnswer: (status) => telemetry.metrics.apiAnswers.inc({ system: settings.type, status }),
        }),
    };
    return [settings.name, systemOf(settings).connect(settings, surroundings)] as const;
  });
}

/** The sources that are read again and again: what follows from deliveries is silent when those are. */
export function feedsOf(connections: readonly NamedConnection[]): readonly string[] {
  return connections.flatMap(([, { polls }]) => polls.map(({ source }) => source));
}

export interface PollingOptions {
  readonly connections: readonly NamedConnection[];
  readonly ports: Ports;
  readonly telemetry: Telemetry;
  readonly owner: string;
  readonly pulse: Pulse;
}

export async function startPolling(options: PollingOptions): Promise<{ close(): Promise<void> }> {
  const { connections, ports, telemetry, owner, pulse } = options;
  const cursors = createCursors(ports.store, owner, systemClock);
  const shared = { collector: pulse.reading, telemetry, clock: systemClock };
  const pulls = connections.flatMap(([name, connection]) => connection.pulls.map((pull) => [name, pull] as const));
  const polls = connections.flatMap(([name, connection]) => connection.polls.map((poll) => [name, poll] as const));
  const { log, queue } = ports;
  const errandCursors = createCursors(ports.store, owner, systemClock, 'errand');
  const errands =
    pulls.length > 0 ? await startErrands({ ...shared, cursors: errandCursors, pulls, log, queue }) : undefined;
  const poller = startPoller({ ...shared, cursors, polls, random: Math.random, onFailing: pulse.failing });
  return {
    async close() {
      await Promise.all([poller.close(), errands?.close()]);
    },
  };
}
