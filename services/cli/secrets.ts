// The secrets of a configuration, opened for a command: from the environment, from files, from secret managers.
import { readFile } from 'node:fs/promises';
import { askHttp } from '../adapters/secrets/ask.ts';
import type { World } from '../adapters/secrets/manager.ts';
import { openSecrets, type Secrets } from '../adapters/secrets/secrets.ts';
import { systemClock } from '../core/clock.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { createTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { type NamedSecret, registeredSecrets, secretsOf } from './configuration/secrets.ts';
import type { Configuration } from './configuration.ts';
import type { Io } from './io.ts';

export interface Opening {
  readonly secrets: readonly NamedSecret[];
  /** Without these there is no start; default: each is asked for by whoever uses it, who is then told. */
  readonly needed?: readonly NamedSecret[];
  readonly telemetry?: Telemetry;
}

/** Throws CONFIG_INVALID. */
export async function openNamed(opening: Opening, env: Io['env']): Promise<Secrets> {
  const { secrets, needed = [], telemetry = createTelemetry('silent') } = opening;
  return await openSecrets({
    references: secrets.map(([, reference]) => reference),
    needed: new Set(needed.map(([, reference]) => reference)),
    telemetry,
    random: Math.random,
    ...worldOf(env),
  });
}

/** What our own identity is found with. */
export function worldOf(env: Io['env']): World {
  return { env, clock: systemClock, ask: askHttp, readFile: readCredential };
}

/** Every secret of a configuration. */
export function allSecrets(configuration: Configuration): readonly NamedSecret[] {
  return [...secretsOf(configuration), ...registeredSecrets(configuration)];
}

/** All secrets for as long as the work takes; one that cannot be had is told to whoever uses it. */
export async function withSecrets<Result>(
  configuration: Configuration,
  env: Io['env'],
  work: (secrets: Secrets) => Promise<Result>,
): Promise<Result> {
  const secrets = await openNamed({ secrets: allSecrets(configuration) }, env);
  try {
    return await work(secrets);
  } finally {
    await secrets.close();
  }
}

async function readCredential(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new PipewardenError('FILE_UNREADABLE', { path, problem: messageOf(error) }, error);
  }
}
