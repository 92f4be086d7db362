// The services put together: the one place that knows all of them.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { detectors } from '../../detectors/index.ts';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Secrets } from '../adapters/secrets/secrets.ts';
import { startAnalyzer } from '../analyzer/analyzer.ts';
import { type Collector, createCollector } from '../collector/host.ts';
import { createConsole } from '../console/console.ts';
import type { Decisions } from '../console/decisions.ts';
import { type Signer, signerOf } from '../core/audit-seal.ts';
import { systemClock } from '../core/clock.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { Destination } from '../forwarder/destination.ts';
import { fileDestination, stdoutDestination } from '../forwarder/destinations/lines.ts';
import { storeDestination } from '../forwarder/destinations/store.ts';
import { webhookDestination } from '../forwarder/destinations/webhook.ts';
import { startForwarder } from '../forwarder/forwarder.ts';
import { createFreezer } from '../responder/freeze.ts';
import { gateApp } from '../responder/gate-app.ts';
import { giveOrder } from '../responder/orders.ts';
import type { Policy } from '../responder/policy.ts';
import { startResponder } from '../responder/responder.ts';
import { CONTAINMENT } from '../responder/run-queue.ts';
import { healthApp } from '../telemetry/health.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { startCollecting } from './collecting.ts';
import type { Settings } from './common.ts';
import { budgetOf } from './configuration/alerts.ts';
import type { Configuration } from './configuration.ts';
import { consoleHosts, consoleUrl } from './console-address.ts';
import { decidersOf } from './deciders.ts';
import { consoleKeyOf } from './installation-key.ts';
import type { Io } from './io.ts';
import { knowledgeOf } from './knowledge.ts';
import { shippedPlaybooks } from './playbooks.ts';
import type { Ports } from './ports.ts';
import { keyOf, redactorOf } from './redaction.ts';
import { type Served, serveApp } from './serve.ts';
import type { ServiceName } from './services.ts';
import { apisOf } from './targets.ts';

export interface System {
  readonly collector: Collector;
  /** A fresh one-time link into the console, when it runs here. */
  loginUrl(): string | undefined;
  /** Where deliveries are received, when the collector runs here and a source needs it. */
  readonly receiverUrl: string | undefined;
  /** Resolves when all that was ingested before has gone through every service that runs here. */
  caughtUp(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

interface Running {
  readonly name: ServiceName;
  caughtUp?(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface SystemOptions {
  readonly settings: Settings;
  readonly ports: Ports;
  readonly services: ReadonlySet<ServiceName>;
  readonly telemetry: Telemetry;
  readonly secrets: Secrets;
  readonly io: Io;
}

export async function startSystem(options: SystemOptions): Promise<System> {
  const { settings, ports, services, telemetry, secrets, io } = options;
  const { configuration } = settings;
  const running: Running[] = [];
  // A data folder has one process at a time, a machine may have several.
  const owner = `${hostname()}:${settings.data}`;
  let ready = false;
  let loginUrl: () => string | undefined = () => undefined;
  let receiverUrl: string | undefined;
  const health = () => ({ ready, parts: running.map(({ name }) => ({ name, ok: true, note: 'running' })) });
  let telling: Served | undefined;
  const close = async () => {
    ready = false;
    // Together: each consumer waits for its last fetch, and there is little time to end in.
    const ended = await Promise.allSettled(running.map((service) => service.close()));
    await telling?.close();
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  };
  const redactor = redactorOf(configuration, keyOf(settings, secrets), secrets);
  const collector = createCollector({
    log: ports.log,
    redactor,
    detectors,
    telemetry,
    clock: systemClock,
    ...knowledgeOf(configuration, telemetry.log),
  });
  try {
    // Before all else: who looks after this process may ask why it is not ready yet.
    if (configuration.health) {
      const app = healthApp({ metrics: telemetry.metrics, health });
      telling = await serveApp(app, configuration.health, 'health.port');
    }
    // Consumers first: what receives starts when what it feeds is there.
    if (services.has('forwarder')) {
      const destinations = [
        storeDestination(ports.store),
        ...configuration.destinations.map((each) => destinationOf(each, secrets, io)),
      ];
      const forwarder = await startForwarder({
        log: ports.log,
        destinations,
        telemetry,
        clock: systemClock,
        random: Math.random,
      });
      running.push({ name: 'forwarder', ...forwarder });
    }
    if (services.has('responder')) {
      const responder = await startResponder({
        log: ports.log,
        queue: ports.queue,
        store: ports.store,
        playbooks: shippedPlaybooks,
        actions: ACTIONS,
        apis: apisOf(configuration, secrets, io.env),
        mode: configuration.containment.mode,
        policy: policyOf(configuration),
        freezer: createFreezer(settings.data, ports.store),
        redact: (json) => redactor.json(json, new Set()).value,
        signer: signerIn(configuration, secrets),
        telemetry,
        clock: systemClock,
        owner,
      });
      const gate = await serveGate(configuration, ports.store, secrets, telemetry);
      running.push({
        name: 'responder',
        async close() {
          await gate?.close();
          await responder.close();
        },
        caughtUp: () => responder.idle(),
      });
    }
    if (services.has('analyzer')) {
      running.push({
        name: 'analyzer',
        ...(await startAnalyzer({ log: ports.log, detectors, telemetry, budget: budgetOf(configuration.alerts) })),
      });
    }
    if (services.has('console')) {
      const console = createConsole({
        store: ports.store,
        telemetry,
        clock: systemClock,
        sample: settings.sample,
        mode: configuration.containment.mode,
        random: randomBytes,
        key: consoleKeyOf(settings, secrets),
        decisions: decisionsOf(configuration, ports),
        health,
        hosts: consoleHosts(configuration),
        detectors,
        actions: [...ACTIONS.values()],
        deadJobs: (limit) => ports.queue.dead(CONTAINMENT, limit),
      });
      const served = await serveApp(console.app, configuration.console, '--port');
      running.push({ name: 'console', close: served.close });
      loginUrl = () => `${consoleUrl(configuration, served.url)}${console.loginPath()}`;
    }
    if (services.has('collector')) {
      const collecting = await startCollecting({
        configuration,
        ports,
        collector,
        redactor,
        telemetry,
        secrets,
        owner,
      });
      if (collecting) running.push({ name: 'collector', close: collecting.close });
      receiverUrl = collecting?.receiverUrl;
    }
  } catch (error) {
    await close();
    throw error;
  }
  ready = true;
  return {
    collector,
    loginUrl: () => loginUrl(),
    receiverUrl,
    async caughtUp(signal) {
      // In the order in which each feeds the next; the forwarder also carries what the responder decides.
      const order: readonly ServiceName[] = ['analyzer', 'responder', 'forwarder'];
      for (const name of order) await running.find((service) => service.name === name)?.caughtUp?.(signal);
    },
    close,
  };
}

function destinationOf(each: Configuration['destinations'][number], secrets: Secrets, io: Io): Destination {
  const { id, send: sends } = each;
  switch (each.type) {
    case 'stdout':
      return stdoutDestination({ id, sends, write: io.out });
    case 'file':
      return fileDestination({ id, sends, path: each.path });
    case 'webhook': {
      const secret = () => secrets.of(each.secret);
      return webhookDestination({ id, sends, url: each.url, secret, clock: systemClock });
    }
  }
}

function decisionsOf(configuration: Configuration, { store, queue }: Ports): Decisions {
  const deciders = decidersOf(configuration);
  return {
    objection: deciders.objection,
    give: (run, order) => giveOrder({ store, queue, clock: systemClock, deciders }, run, order),
  };
}

function policyOf({ containment: { rules, limits, protected: never } }: Configuration): Policy {
  return { rules, ...limits, protected: never };
}

async function serveGate(
  { gate }: Configuration,
  store: DocumentStore,
  secrets: Secrets,
  telemetry: Telemetry,
): Promise<Served | undefined> {
  if (!gate) return undefined;
  const app = gateApp({ store, policy: gate, tokens: () => gate.tokens.map(secrets.of), telemetry });
  return await serveApp(app, gate, 'gate.port');
}

/** Throws CONFIG_INVALID now rather than with the first decision. */
function signerIn({ audit: { signing_key } }: Configuration, secrets: Secrets): (() => Signer) | undefined {
  if (signing_key === undefined) return undefined;
  signerOf(secrets.of(signing_key));
  return () => signerOf(secrets.of(signing_key));
}
