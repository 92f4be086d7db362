// What every service is given to speak with: log and metrics.
import { createLog, type Log, type LogLevel, silentLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';

export interface Telemetry {
  readonly log: Log;
  readonly metrics: Metrics;
}

export function createTelemetry(level: LogLevel): Telemetry {
  return { log: level === 'silent' ? silentLog : createLog(level), metrics: createMetrics() };
}
