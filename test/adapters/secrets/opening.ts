// Secrets as a process has them, with managers that a test plays on this machine, and a clock that the test moves.
import { afterEach } from 'vitest';
import { type Ask, askHttp } from '../../../services/adapters/secrets/ask.ts';
import { openSecrets, type Secrets } from '../../../services/adapters/secrets/secrets.ts';
import type { Clock } from '../../../services/core/clock.ts';
import type { Fields, Log } from '../../../services/telemetry/log.ts';
import { createTelemetry } from '../../../services/telemetry/telemetry.ts';
import { type Handler, type RecordingApi, startRecordingApi } from '../../collector/systems/recording-api.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

export interface Opened {
  readonly secrets: Secrets;
  now(): number;
  /** As much time goes by, and what is due by then is done. */
  pass(milliseconds: number): Promise<void>;
  /** Sentences and problems of the log. */
  readonly said: readonly string[];
  /** `manager outcome: count`. */
  readings(): Promise<readonly string[]>;
  stale(): Promise<number>;
}

export interface OpeningOptions {
  readonly references: readonly string[];
  readonly needed?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Every host is this one; its name is the first part of the path, with the dots. */
  readonly api?: RecordingApi;
  readonly ask?: Ask;
}

export const START = Date.parse('2026-11-28T12:00:00Z');

/** A server of the test, ended with it. */
export async function playing(handle: Handler): Promise<RecordingApi> {
  const api = await startRecordingApi(handle);
  closing.push(() => api.close());
  return api;
}

/** Hosts of clouds are served by the test's server. Addresses of this machine stay as they are. */
function rerouted(api: RecordingApi): Ask {
  return (request, signal) => {
    const { hostname, pathname, search } = new URL(request.url);
    const url = hostname === '127.0.0.1' ? request.url : `${api.url}/${hostname}${pathname}${search}`;
    return askHttp({ ...request, url }, signal);
  };
}

export async function opening(options: OpeningOptions): Promise<Opened> {
  const { references, needed = references, env = {}, files = {}, api } = options;
  let now = START;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  const clock: Clock = {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  };
  const said: string[] = [];
  const say = (message: string, fields: Fields = {}) => said.push([message, ...Object.values(fields)].join(' | '));
  const log: Log = { debug: say, info: say, warn: say, error: say, child: () => log };
  const telemetry = { ...createTelemetry('silent'), log };
  const secrets = await openSecrets({
    references,
    needed: new Set(needed),
    env,
    clock,
    telemetry,
    random: () => 0.5,
    ask: options.ask ?? (api ? rerouted(api) : askHttp),
    readFile: async (path) => files[path] ?? '',
  });
  closing.push(secrets.close);
  return {
    secrets,
    said,
    now: clock.now,
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        // Whoever is woken asks, and sleeps again when the answers are there.
        while (sleepers.size === 0) await new Promise((resolve) => setTimeout(resolve, 1));
        const next = [...sleepers].sort((a, b) => a.until - b.until)[0];
        if (!next || next.until > end) break;
        now = Math.max(now, next.until);
        sleepers.delete(next);
        next.wake();
      }
      now = end;
    },
    async readings() {
      const { values } = await telemetry.metrics.secretReadings.get();
      return values.map(({ labels, value }) => `${labels.manager} ${labels.outcome}: ${value}`);
    },
    async stale() {
      const { values } = await telemetry.metrics.secretsStale.get();
      return values.reduce((sum, { value }) => sum + value, 0);
    },
  };
}
