// The collector service: what is delivered to us, what is read, and the pulse of both.
import { detectors } from '../../detectors/index.ts';
import type { Secrets } from '../adapters/secrets/secrets.ts';
import type { Collector } from '../collector/host.ts';
import { startListener } from '../collector/listener/listener.ts';
import { startPulse } from '../collector/pulse.ts';
import { createReceiver } from '../collector/receiver.ts';
import { systemClock } from '../core/clock.ts';
import type { Redactor } from '../redactor/redactor.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Configuration } from './configuration.ts';
import { connectionsOf, feedsOf, startPolling } from './polling.ts';
import type { Ports } from './ports.ts';
import { serveApp } from './serve.ts';
import { slackRoute } from './slack.ts';

export interface CollectingOptions {
  readonly configuration: Configuration;
  readonly ports: Ports;
  readonly collector: Collector;
  readonly redactor: Redactor;
  readonly telemetry: Telemetry;
  readonly secrets: Secrets;
  /** This process, and after a restart the same. */
  readonly owner: string;
}

export interface Collecting {
  /** Where deliveries are received, when a source needs it. */
  readonly receiverUrl: string | undefined;
  close(): Promise<void>;
}

/** Undefined where the configuration has nothing to collect or receive. */
export async function startCollecting(options: CollectingOptions): Promise<Collecting | undefined> {
  const { configuration, ports, telemetry, secrets, owner } = options;
  const { sources, systems, results, listeners } = configuration;
  const slack = slackRoute(configuration, ports, secrets, telemetry.log);
  const receives = sources.length > 0 || results !== undefined || slack !== undefined;
  if (!receives && systems.length === 0 && listeners.length === 0) return undefined;
  const connections = connectionsOf({ ...options, store: ports.store });
  const received = [...sources, ...listeners].map(({ source }) => source);
  const feeds = { received, read: feedsOf(connections) };
  const shared = { detectors, telemetry, clock: systemClock, owner };
  const pulse = startPulse({ ...shared, ...feeds, collector: options.collector, log: ports.log });
  const started: { close(): Promise<void> }[] = [pulse];
  const close = async () => {
    await Promise.all(started.map((each) => each.close()));
  };
  try {
    let receiverUrl: string | undefined;
    if (receives) {
      const { receiving: collector } = pulse;
      const receiver = createReceiver({
        collector,
        routes: routesOf(configuration, secrets),
        ...(results && { results: { collector, redactor: options.redactor, ...resultsOf(results, secrets) } }),
        ...(slack && { slack }),
        telemetry,
        clock: systemClock,
      });
      const served = await serveApp(receiver, configuration.collector, 'collector.port');
      started.push(served);
      receiverUrl = served.url;
    }
    for (const { tls, ...listener } of listeners) {
      const shown = tls && { cert: secrets.of(tls.cert), key: secrets.of(tls.key), ca: tls.ca && secrets.of(tls.ca) };
      const { receiving: collector } = pulse;
      started.push(await startListener({ ...listener, tls: shown, collector, telemetry, clock: systemClock }));
    }
    if (connections.length > 0) {
      started.push(await startPolling({ connections, ports, telemetry, owner, pulse }));
    }
    return { receiverUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function routesOf({ sources }: Configuration, { of }: Secrets) {
  return sources.map(({ source, path, secrets, body_limit }) => ({
    source,
    path,
    secrets: () => secrets.map(of),
    bodyLimit: body_limit,
  }));
}

function resultsOf({ tokens, body_limit }: NonNullable<Configuration['results']>, { of }: Secrets) {
  return { secrets: () => tokens.map(of), bodyLimit: body_limit };
}
