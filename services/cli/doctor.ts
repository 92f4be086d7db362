// `pipewarden doctor`: is everything there that a start needs? Says the mend for what is not.

import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { Secrets } from '../adapters/secrets/secrets.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { silentLog } from '../telemetry/log.ts';
import { type CommonOptions, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import type { Configuration } from './configuration.ts';
import { lockDataFolder } from './data-folder.ts';
import type { Check } from './doctor/check.ts';
import { elasticsearchChecks } from './doctor/elasticsearch.ts';
import { kafkaChecks } from './doctor/kafka.ts';
import { redisChecks } from './doctor/redis.ts';
import { secretChecks } from './doctor/secrets.ts';
import { systemChecks } from './doctor/systems.ts';
import { knowledgeOf } from './knowledge.ts';
import { withSecrets } from './secrets.ts';

interface DoctorOptions extends CommonOptions {
  readonly fix?: boolean;
}

/** Less than this on the disk is not enough to keep going for long. */
const ENOUGH_BYTES = 1024 ** 3;

export const doctorCommand: Subcommand = (io, setExit) =>
  subcommand('doctor', 'check configuration, data folder, ports, secrets and servers')
    .option('--fix', 'make and set right what can be: topics of Kafka')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<DoctorOptions>();
      const settings = settingsOf(options, io);
      const checks = await withSecrets(settings.configuration, io.env, (secrets) =>
        examineAll(settings, options, secrets),
      );
      if (options.json) io.out(`${JSON.stringify(checks)}\n`);
      else {
        const width = Math.max(...checks.map(({ name }) => name.length));
        for (const { name, ok, note } of checks) {
          io.out(`${ok ? io.style('green', '✓') : io.style('red', '✗')} ${name.padEnd(width)} ${note}\n`);
        }
      }
      if (checks.some(({ ok }) => !ok)) setExit(1);
    });

async function examineAll(settings: Settings, options: DoctorOptions, secrets: Secrets): Promise<readonly Check[]> {
  const { configuration, data } = settings;
  const running = isRunning(data);
  return [
    { name: 'runtime', ok: true, note: `Node.js ${process.versions.node}` },
    {
      name: 'configuration',
      ok: true,
      note: options.config ? `${options.config} is valid` : 'none named: the sample runs (--config FILE for your own)',
    },
    folder(data),
    disk(data),
    {
      name: 'process',
      ok: true,
      note: running ? 'a Pipewarden runs on this data folder' : 'none runs on this data folder',
    },
    ...(running ? [] : [await port('console port', configuration.console, '--port')]),
    ...(running || !configuration.health ? [] : [await port('health port', configuration.health, 'health.port')]),
    ...(running || configuration.sources.length === 0
      ? []
      : [await port('receiver port', configuration.collector, 'collector.port')]),
    ...secretChecks(configuration, secrets),
    ...databases(settings),
    ...(await servers(configuration, secrets, options.fix === true)),
    ...(await systemChecks(settings, secrets)),
  ];
}

function isRunning(data: string): boolean {
  if (!existsSync(data)) return false;
  try {
    lockDataFolder(data).release();
    return false;
  } catch (error) {
    // Anything else is told by the check of the folder.
    return error instanceof PipewardenError && error.code === 'DATA_IN_USE';
  }
}

function folder(data: string): Check {
  const existing = nearestExisting(data);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    return { name: 'data folder', ok: true, note: existing === data ? data : `${data} will be made` };
  } catch {
    return {
      name: 'data folder',
      ok: false,
      note: `${existing} cannot be written: change its owner, or name another with --data`,
    };
  }
}

function disk(data: string): Check {
  const { bavail, bsize } = statfsSync(nearestExisting(data));
  const free = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GiB free`;
  const ok = bavail * bsize >= ENOUGH_BYTES;
  return { name: 'disk', ok, note: ok ? free : `${free}: make room, or name a folder on another disk with --data` };
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

async function port(
  name: string,
  at: { readonly host: string; readonly port: number },
  option: string,
): Promise<Check> {
  const problem = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(messageOf(error)));
    server.listen(at.port, at.host, () => server.close(() => resolve(undefined)));
  });
  const where = `${at.host}:${at.port}`;
  return problem === undefined
    ? { name, ok: true, note: `${where} is free` }
    : { name, ok: false, note: `${where}: ${problem}; choose another with ${option}` };
}

function databases({ configuration }: Settings): readonly Check[] {
  const { asn, country } = configuration.enrichment;
  if (asn === undefined && country === undefined) return [];
  const name = 'address databases';
  try {
    knowledgeOf(configuration, silentLog);
    return [{ name, ok: true, note: [asn, country].filter((path) => path !== undefined).join(', ') }];
  } catch (error) {
    return [{ name, ok: false, note: messageOf(error) }];
  }
}

async function servers(configuration: Configuration, { of }: Secrets, fix: boolean): Promise<readonly Check[]> {
  const checks = [
    ...(await kafkaChecks(configuration, of, fix)),
    ...(await redisChecks(configuration, of)),
    ...(await elasticsearchChecks(configuration, of)),
  ];
  return checks.length === 0 ? [{ name: 'servers', ok: true, note: 'none needed: embedded' }] : checks;
}
