// Every detector's own cases, and what must hold for all of them.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectors } from '../../detectors/index.ts';
import { runCase } from '../../services/analyzer/run-case.ts';
import { ACTIVITY_KINDS } from '../../services/core/activity.ts';
import { compareSeverity } from '../../services/core/severity.ts';

const folder = join(import.meta.dirname, '../../detectors');

test('the list holds every detector of the folder, each once, under the name of its file', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.cases.ts'))
    .map((file) => basename(file, '.cases.ts'))
    .sort();
  expect(detectors.map(({ id }) => id).sort()).toEqual(files);
});

describe.each(detectors.map((detector) => ({ id: detector.id, detector })))('$id', async ({ detector }) => {
  const { cases } = await detector.cases();

  test('says all that a person needs to know of it', () => {
    expect(detector.catalogue).toMatch(/^D\d{3}$/);
    expect(detector.summary.length).toBeGreaterThan(40);
    expect(detector.falsePositives.length).toBeGreaterThan(0);
    expect(detector.next.length).toBeGreaterThan(0);
    for (const id of detector.owasp) expect(id).toMatch(/^CICD-SEC-(?:[1-9]|10)$/);
    for (const { tactic, technique } of detector.attack) {
      expect(tactic).toMatch(/^TA\d{4}$/);
      expect(technique).toMatch(/^T\d{4}(?:\.\d{3})?$/);
    }
    for (const kind of detector.watches) expect(ACTIVITY_KINDS).toContain(kind);
  });

  test('has a hit, a near miss, a cold start and a malformed activity', () => {
    expect(new Set(cases.map(({ kind }) => kind))).toEqual(new Set(['hit', 'near-miss', 'cold-start', 'malformed']));
  });

  test.each(cases.map((each) => ({ name: each.name, each })))('$name', ({ each }) => {
    const raised = runCase(detector, each);
    expect(raised?.finding.severity ?? null).toBe(each.expected);
    if (!raised) return;
    expect(compareSeverity(raised.finding.severity, detector.severity)).toBeLessThanOrEqual(0);
    const { observed, expected, history } = raised.finding.evidence;
    for (const sentence of [observed, expected, history]) expect(sentence).toMatch(/^\S.{8,}\.$/s);
    expect(raised).toEqual(runCase(detector, each));
  });
});
