// Every metric of Pipewarden, typed, in the one place that names them. Prometheus conventions
// (https://prometheus.io/docs/practices/naming/): `_total` counters, seconds, labels of few values, never text from a source.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    recordsReceived: new Counter({
      name: 'pipewarden_records_received_total',
      help: 'Records that sources sent, before anything was decided about them.',
      labelNames: ['source'] as const,
      registers,
    }),
    recordsRefused: new Counter({
      name: 'pipewarden_records_refused_total',
      help: 'Records not taken, by reason: the code of the error table in lower case, or repeated.',
      labelNames: ['source', 'reason'] as const,
      registers,
    }),
    activities: new Counter({
      name: 'pipewarden_activities_total',
      help: 'Activities made durable in the event log.',
      labelNames: ['source', 'kind'] as const,
      registers,
    }),
    redactions: new Counter({
      name: 'pipewarden_redactions_total',
      help: 'Secrets taken out of records, by kind.',
      labelNames: ['kind'] as const,
      registers,
    }),
    timesCorrected: new Counter({
      name: 'pipewarden_times_corrected_total',
      help: 'Server times outside the allowed skew of the time of arrival, replaced by it.',
      labelNames: ['source'] as const,
      registers,
    }),
    fieldsUnusable: new Counter({
      name: 'pipewarden_fields_unusable_total',
      help: 'Fields of records that were not of the expected type; the rest of the record was used.',
      labelNames: ['source'] as const,
      registers,
    }),
    readings: new Counter({
      name: 'pipewarden_readings_total',
      help: 'Times that a feed was read at its system, by outcome: read, missing (a part of it), or the code of the error table in lower case.',
      labelNames: ['source', 'outcome'] as const,
      registers,
    }),
    lastRead: new Gauge({
      name: 'pipewarden_last_read_timestamp_seconds',
      help: 'When all that a feed had to give was last read, in seconds since 1970.',
      labelNames: ['source'] as const,
      registers,
    }),
    apiAnswers: new Counter({
      name: 'pipewarden_api_answers_total',
      help: 'Answers of the APIs that are read, by system (its type) and status.',
      labelNames: ['system', 'status'] as const,
      registers,
    }),
    archivedLogs: new Counter({
      name: 'pipewarden_archived_logs_total',
      help: 'Job logs in zip archives, by system (its type) and outcome: read, or why not: damaged, encrypted, method, name, overlapping, ratio, too-large, too-many. An archive that is refused as a whole counts as one.',
      labelNames: ['system', 'outcome'] as const,
      registers,
    }),
    gateAnswers: new Counter({
      name: 'pipewarden_gate_answers_total',
      help: 'Questions before a deployment, by outcome: allowed, held, or unknown where incidents could not be asked for.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    secretReadings: new Counter({
      name: 'pipewarden_secret_readings_total',
      help: 'Times that a secret was read from a secret manager (its kind), by outcome: read, changed, or the code of the error table in lower case.',
      labelNames: ['manager', 'outcome'] as const,
      registers,
    }),
    secretsStale: new Gauge({
      name: 'pipewarden_secrets_stale',
      help: 'Secrets whose newest reading from a secret manager failed: the value that was known before is in use.',
      labelNames: ['manager'] as const,
      registers,
    }),
    activitiesRepeated: new Counter({
      name: 'pipewarden_activities_repeated_total',
      help: 'Activities that the analyzer had already seen, and left out.',
      registers,
    }),
    profilesDropped: new Counter({
      name: 'pipewarden_profiles_dropped_total',
      help: 'Profiles that gave way because there were more than are kept.',
      registers,
    }),
    findings: new Counter({
      name: 'pipewarden_findings_total',
      help: 'Findings raised.',
      labelNames: ['detector', 'severity'] as const,
      registers,
    }),
    incidents: new Counter({
      name: 'pipewarden_incidents_total',
      help: 'Incidents by what happened to them: opened, updated, merged, closed.',
      labelNames: ['change'] as const,
      registers,
    }),
    weaknesses: new Counter({
      name: 'pipewarden_weaknesses_total',
      help: 'Changes of weaknesses that other tools told of, by the state that they then had.',
      labelNames: ['state'] as const,
      registers,
    }),
    weaknessesDropped: new Counter({
      name: 'pipewarden_weaknesses_dropped_total',
      help: 'Alerts of weaknesses that are not followed because there are more than are kept.',
      registers,
    }),
    ticketsForgotten: new Counter({
      name: 'pipewarden_tickets_forgotten_total',
      help: 'Tickets that gave way to newer ones: of weaknesses that have them they are known on.',
      registers,
    }),
    deliveries: new Counter({
      name: 'pipewarden_deliveries_total',
      help: 'Entries handed to a destination, by outcome: delivered, retried, dead.',
      labelNames: ['destination', 'outcome'] as const,
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'pipewarden_delivery_seconds',
      help: 'Time a destination took to accept a batch.',
      labelNames: ['destination'] as const,
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60],
      registers,
    }),
    actions: new Counter({
      name: 'pipewarden_actions_total',
      help: 'Containment actions by outcome: planned, executed, verified, skipped, waiting, failed, undone.',
      labelNames: ['action', 'outcome'] as const,
      registers,
    }),
    jobs: new Gauge({
      name: 'pipewarden_jobs',
      help: 'Containment jobs by state: waiting, running, dead; looked up by each responder every minute.',
      labelNames: ['state'] as const,
      registers,
    }),
    deadLetters: new Counter({
      name: 'pipewarden_dead_letters_total',
      help: 'Entries put on a dead-letter list, by component.',
      labelNames: ['component'] as const,
      registers,
    }),
    restoreSeconds: new Histogram({
      name: 'pipewarden_restore_seconds',
      help: 'Time that a consumer took to take a partition over: its state read, its processor ready.',
      labelNames: ['group'] as const,
      buckets: [0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300],
      registers,
    }),
    restoredEntries: new Counter({
      name: 'pipewarden_restored_entries_total',
      help: 'Entries of state (profiles, open incidents …) read when partitions were taken over.',
      labelNames: ['group'] as const,
      registers,
    }),
    lagEntries: new Gauge({
      name: 'pipewarden_lag_entries',
      help: 'Entries of a topic that the whole consumer group has yet to commit; every member tells the same.',
      labelNames: ['group', 'topic'] as const,
      registers,
    }),
    batchFailures: new Counter({
      name: 'pipewarden_batch_failures_total',
      help: 'Batches that a consumer could not commit and will see again.',
      labelNames: ['group'] as const,
      registers,
    }),
  };
}
