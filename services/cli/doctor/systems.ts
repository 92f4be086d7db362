// What the doctor says of the systems that are read: whether they answer, and let us see what is to be read.
import type { Secrets } from '../../adapters/secrets/secrets.ts';
import { messageOf } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import { createTelemetry } from '../../telemetry/telemetry.ts';
import type { Settings } from '../common.ts';
import { connectionsOf } from '../polling.ts';
import { keyOf, redactorOf } from '../redaction.ts';
import type { Check } from './check.ts';

/** Of one question, however long the system would have us wait. */
const PATIENCE = 20 * SECOND;

/** Nothing where no system is configured. */
export async function systemChecks(settings: Settings, secrets: Secrets): Promise<readonly Check[]> {
  const { configuration } = settings;
  if (configuration.systems.length === 0) return [];
  const redactor = redactorOf(configuration, keyOf(settings, secrets), secrets);
  const connections = connectionsOf({ configuration, redactor, telemetry: createTelemetry('silent'), secrets });
  const conditions = connections.flatMap(([, connection]) => connection.conditions);
  return await Promise.all(
    conditions.map(async ({ name, problem }) => {
      try {
        const found = await problem(AbortSignal.timeout(PATIENCE));
        return found === undefined ? { name, ok: true, note: 'can be read' } : { name, ok: false, note: found };
      } catch (error) {
        return { name, ok: false, note: messageOf(error) };
      }
    }),
  );
}
