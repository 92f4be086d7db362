// docs/operations.md says what to do about every error that there is, and names no metric that there is not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '../../services/core/errors.ts';
import { createMetrics } from '../../services/telemetry/metrics.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

test('every error has its mend, and no other is named', () => {
  const [, table = ''] = page.split('## When something goes wrong');
  const rows = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| ([A-Z_, ]+) \|/gm)];
  expect(rows.flatMap(([, codes = '']) => codes.split(', ')).toSorted()).toEqual(Object.keys(ERRORS).sort());
});

test('metrics that are named exist', () => {
  const known = new Set(
    createMetrics()
      .registry.getMetricsAsArray()
      .map(({ name }) => name),
  );
  const named = [...page.matchAll(/pipewarden_[a-z_]+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
