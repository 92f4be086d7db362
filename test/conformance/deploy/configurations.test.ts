// The configurations in deploy/ are of this version, and the paths that are probed are answered.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configurationSchema } from '../../../services/cli/configuration.ts';
import { healthApp } from '../../../services/telemetry/health.ts';
import { createMetrics } from '../../../services/telemetry/metrics.ts';
import { CONFIGURATIONS, read, root } from './files.ts';

describe.each(CONFIGURATIONS)('%s', (file) => {
  const given = z.record(z.string(), z.unknown()).parse(parse(read(file)));

  test('is a configuration of this version', () => {
    const { document_store, ...rest } = given;
    // Until the setting exists, it is not looked at.
    const known = 'document_store' in configurationSchema.shape && document_store !== undefined;
    const { health, collector, console } = configurationSchema.parse(known ? given : rest);
    expect([collector.port, console.port, health?.port]).toEqual([7118, 7117, 7119]);
    expect([collector.host, console.host, health?.host]).toEqual(['0.0.0.0', '0.0.0.0', '0.0.0.0']);
  });

  test('acts only when somebody says so, and names its schema', () => {
    expect(given.containment).toEqual({ mode: 'dry' });
    const [, schema = ''] = /\$schema=(\S+)/.exec(read(file)) ?? [];
    expect(existsSync(join(root, dirname(file), schema))).toBe(true);
  });
});

test('the paths that are probed are answered', async () => {
  const app = healthApp({ metrics: createMetrics(), health: () => ({ ready: true, parts: [] }) });
  for (const path of ['/-/ready', '/-/healthy', '/metrics']) expect((await app.request(path)).status).toBe(200);
});
