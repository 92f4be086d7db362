// Secrets as a process has them, of a real manager, by our clock or one before it.
import { readFile } from 'node:fs/promises';
import { askHttp } from '../../services/adapters/secrets/ask.ts';
import { openSecrets, type Secrets } from '../../services/adapters/secrets/secrets.ts';
import { systemClock } from '../../services/core/clock.ts';
import { SECOND } from '../../services/core/time.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';

export interface OpenedSecrets extends Secrets {
  /** Somebody was refused, more than half a minute after the last reading. */
  renewLater(): Promise<void>;
}

/** All references are needed. */
export async function openReal(
  references: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedSecrets> {
  let ahead = 0;
  const secrets = await openSecrets({
    references,
    needed: new Set(references),
    env,
    clock: { ...systemClock, now: () => Date.now() + ahead },
    telemetry: createTelemetry('silent'),
    random: () => 0.5,
    ask: askHttp,
    readFile: async (path) => (await readFile(path, 'utf8')).trim(),
  });
  return {
    ...secrets,
    async renewLater() {
      ahead += 31 * SECOND;
      await secrets.renew();
    },
  };
}
