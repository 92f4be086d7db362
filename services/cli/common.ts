// Options that every subcommand has, and what they lead to.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Configuration, defaultConfiguration, loadConfiguration } from './configuration.ts';
import type { Io } from './io.ts';

/** Makes one subcommand; `setExit` is for outcomes that are no error, such as a check that did not hold. */
export type Subcommand = (io: Io, setExit: (code: number) => void) => Command;

export interface CommonOptions {
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
}

export function subcommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(new Option('--config <file>', 'configuration file').env('PIPEWARDEN_CONFIG'))
    .addOption(new Option('--data <dir>', 'data folder, instead of the configured one').env('PIPEWARDEN_DATA'))
    .option('--json', 'results as JSON');
}

export interface Settings {
  readonly configuration: Configuration;
  /** Absolute. */
  readonly data: string;
  /** No configuration was named: everything here is the bundled sample. */
  readonly sample: boolean;
}

/** The configuration that the options name; without one, the sample's. Throws CONFIG_UNREADABLE or CONFIG_INVALID. */
export function settingsOf(options: CommonOptions, io: Io): Settings {
  const sample = options.config === undefined;
  const configuration = options.config === undefined ? defaultConfiguration() : loadConfiguration(options.config);
  const data = options.data ?? (sample ? sampleFolder(io.env) : configuration.data);
  return { configuration, data: resolve(data), sample };
}

/** Of its own, so that sample and real data never mix (https://specifications.freedesktop.org/basedir-spec/). */
function sampleFolder(env: Io['env']): string {
  const base = env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local', 'share');
  return join(base, 'pipewarden', 'sample');
}

/** `--limit`: as many documents as one page of a store holds. */
export function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new InvalidArgumentError('It is 1 to 1000.');
}

/** Ctrl-C or a service manager ends what the signal is given to, which then ends in order; `off` gives both back. */
export function untilStopped(): { readonly signal: AbortSignal; off(): void } {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return { signal: stopping.signal, off: () => void process.off('SIGINT', stop).off('SIGTERM', stop) };
}
