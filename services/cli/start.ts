// `pipewarden start`: runs the services; without a configuration, on the bundled sample. Or lets somebody in to what runs.
import { randomBytes } from 'node:crypto';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { measured } from '../adapters/event-log/measured.ts';
import { RESULTS_PATH } from '../collector/receiver/results.ts';
import { SLACK_PATH } from '../collector/receiver/slack.ts';
import { systemClock } from '../core/clock.ts';
import type { Incident } from '../core/incident.ts';
import { loginPath } from '../core/login-link.ts';
import { visible } from '../core/visible.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import { type CommonOptions, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import { neededSecrets } from './configuration/secrets.ts';
import { consoleUrl } from './console-address.ts';
import { claimDataFolder, lockDataFolder, makeDataFolder } from './data-folder.ts';
import { decidersOf } from './deciders.ts';
import { consoleKeyOf } from './installation-key.ts';
import type { Io } from './io.ts';
import { openPorts, type Ports } from './ports.ts';
import { severityWord } from './render/finding.ts';
import { replaySample } from './sample.ts';
import { allSecrets, openNamed, withSecrets } from './secrets.ts';
import { SERVICES, type ServiceName } from './services.ts';
import { type System, startSystem } from './system.ts';
import { VERSION } from './version.ts';

/** A stop that takes longer than this is ended. */
const STOP_MS = 10_000;
/** Until one that has nothing left to do is ended. */
const LINGER_MS = 1_000;

interface StartOptions extends CommonOptions {
  readonly port?: number;
  readonly login?: string;
}

export const startCommand: Subcommand = (io) =>
  subcommand('start', 'run the services (all of them, or those named)')
    .addArgument(new Argument('[service...]', 'which of them; default: all').choices(SERVICES))
    .option('--port <port>', 'port of the console', portOf)
    .option(
      '--login <name>',
      'start nothing: print a link by which this person logs in to the console that runs',
      personOf,
    )
    .addHelpText(
      'after',
      '\nWithout --config it runs on localhost and replays a bundled recording, marked as sample data.',
    )
    .action(async (names: ServiceName[], _options, self: Command) => {
      const options = self.optsWithGlobals<StartOptions>();
      const settings = withPort(settingsOf(options, io), options.port);
      if (options.login !== undefined) return await printLogin(settings, options.login, io);
      const services = new Set(names.length > 0 ? names : SERVICES);
      const stopping = new AbortController();
      const stop = () => {
        if (stopping.signal.aborted) process.exit(130);
        stopping.abort();
      };
      process.on('SIGINT', stop).on('SIGTERM', stop);
      const paths = makeDataFolder(settings.data);
      const lock = lockDataFolder(settings.data);
      const opened: { close(): void | Promise<void> }[] = [{ close: lock.release }];
      try {
        claimDataFolder(paths, settings.sample);
        // The sample is quiet: what matters stands on the screen.
        const telemetry = createTelemetry(settings.sample ? 'error' : settings.configuration.log.level);
        const { configuration } = settings;
        const needed = neededSecrets(configuration, services);
        const secrets = await openNamed({ secrets: allSecrets(configuration), needed, telemetry }, io.env);
        opened.push(secrets);
        const ports = await openPorts(settings, secrets.of, telemetry.log);
        opened.push(ports);
        const log = measured(ports.log, { metrics: telemetry.metrics, clock: systemClock });
        opened.push(log);
        const system = await startSystem({ settings, ports: { ...ports, log }, services, telemetry, secrets, io });
        opened.push(system);
        greet(system, settings, io);
        if (settings.sample && services.has('collector')) await showSample(system, ports, stopping.signal, io);
        await aborted(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) throw error;
      } finally {
        await stopAll(opened.toReversed(), io);
      }
    });

/** Also when the start failed half-way: what is left open would keep the process alive. */
async function stopAll(opened: readonly { close(): void | Promise<void> }[], io: Io): Promise<void> {
  if (io.errIsTerminal) io.err('\nStopping …\n');
  const late = setTimeout(() => process.exit(3), STOP_MS);
  for (const part of opened) await part.close();
  clearTimeout(late);
  // Everything is closed; what a client of a server that went away has left behind must not keep the process.
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** Signed with the console's key: it believes whoever has that. */
async function printLogin(settings: Settings, name: string, io: Io): Promise<void> {
  const { configuration } = settings;
  const deciders = decidersOf(configuration);
  const person = deciders.personOf(name) ?? name;
  const refusal = deciders.refusal(person);
  if (refusal !== undefined) io.err(`${refusal}; the link is for looking\n`);
  const key = await withSecrets(configuration, io.env, async (secrets) => consoleKeyOf(settings, secrets));
  io.out(`${consoleUrl(configuration)}${loginPath({ key, random: randomBytes, now: systemClock.now() }, person)}\n`);
}

function personOf(text: string): string {
  if (/^\S{1,200}$/.test(text)) return text;
  throw new InvalidArgumentError('It is one word, or an e-mail address.');
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return port;
}

function withPort(settings: Settings, port: number | undefined): Settings {
  if (port === undefined) return settings;
  const { configuration } = settings;
  return { ...settings, configuration: { ...configuration, console: { ...configuration.console, port } } };
}

function greet(system: System, { data, sample, configuration }: Settings, io: Io): void {
  const line = (name: string, text: string) => io.out(`  ${io.style('dim', name.padEnd(9))} ${text}\n`);
  io.out(`\n${io.style('bold', `Pipewarden ${VERSION}`)}\n\n`);
  const login = system.loginUrl();
  if (login) line('Console', `${io.style('bold', login)}  (works once)`);
  if (system.receiverUrl) {
    for (const { source, path } of configuration.sources) line('Receives', `${source} at ${system.receiverUrl}${path}`);
    if (configuration.results) line('Receives', `other tools’ reports at ${system.receiverUrl}${RESULTS_PATH}`);
    if (configuration.containment.slack) line('Receives', `Slack’s buttons at ${system.receiverUrl}${SLACK_PATH}`);
  }
  line('Data', `${data}${sample ? '  (sample data: a recording of a made-up organization)' : ''}`);
  const { mode } = configuration.containment;
  line('Mode', mode === 'dry' ? 'dry run: containment is shown, nothing is sent' : 'act: containment is carried out');
  io.out('\n');
}

async function showSample(system: System, ports: Ports, signal: AbortSignal, io: Io): Promise<void> {
  const started = systemClock.now();
  const records = await replaySample(system.collector, ports.store, signal, (count) => {
    if (io.errIsTerminal) io.err(`\r\u001B[KReplaying thirty days: ${count.toLocaleString('en-US')} records …`);
  });
  await system.caughtUp(signal);
  if (io.errIsTerminal) io.err('\r\u001B[K');
  const seconds = ((systemClock.now() - started) / 1000).toFixed(1);
  const { documents } = await ports.store.search<Incident>('incident', {
    where: [
      { field: 'status', is: 'open' },
      { field: 'severity', in: ['medium', 'high', 'critical'] },
    ],
    sort: { field: 'updated', order: 'desc' },
  });
  io.out(
    records > 0
      ? `Replayed thirty days of sample data: ${records.toLocaleString('en-US')} records in ${seconds} s.\n\n`
      : 'The sample data has been replayed before.\n\n',
  );
  for (const { body } of documents) {
    io.out(`  ${severityWord(body.severity, io)}  ${visible(body.title)}\n`);
    for (const { time, text } of body.story) io.out(`    ${time.slice(5, 16).replace('T', ' ')}  ${visible(text)}\n`);
    io.out(io.style('dim', `    pipewarden incidents show ${body.id.slice(0, 8)}\n\n`));
  }
  io.out(
    [
      'Next, on your own data:',
      '  pipewarden replay --source git PATH     the history of a clone: no token, no server',
      '  pipewarden start --config FILE          your systems’ webhooks, live: see the README',
      '',
      'Ctrl-C stops.',
      '',
    ].join('\n'),
  );
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  // A timer keeps the process alive when nothing else does (no console, no receiver).
  const alive = setInterval(() => {}, 60_000);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  clearInterval(alive);
}
