// docs/reference/metrics.md: every metric.
import { createMetrics } from '../../services/telemetry/metrics.ts';
import { page, table } from './markdown.ts';

export async function metricsPage(): Promise<string> {
  const metrics = await createMetrics().registry.getMetricsAsJSON();
  const rows = metrics.map(({ name, type, help }) => [`\`${name}\``, String(type), help]);
  return page('Metrics', 'At `/metrics` of the console’s port, in the Prometheus text format.', [
    table(['name', 'type', 'meaning'], rows),
  ]);
}
