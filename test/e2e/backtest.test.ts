// Somebody wants to know, before anything runs, how many alerts a week their own history would have raised.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createMachine, ROOT } from '../helpers/command.ts';

const machine = createMachine();
const recording = join(ROOT, 'services/collector/sample/recording.ndjson.gz');
afterAll(() => machine.remove());

interface Trial {
  readonly name: string;
  readonly weeks: number;
  readonly alerts: readonly { readonly severity: string; readonly title: string }[];
  readonly weekly: readonly number[];
  readonly detectors: readonly { readonly detector: string }[];
  readonly precision?: number | null;
  readonly found?: number;
  readonly delay_s?: number | null;
}

async function trials(...args: string[]): Promise<readonly Trial[]> {
  const [found] = (await machine.json(['backtest', recording, '--json', ...args])) as [readonly Trial[]];
  return found;
}

describe('the bundled month', () => {
  test('has its one attack as an alert at each budget, and next to nothing else', async () => {
    const found = await trials('--budget', '1,20');
    expect(found.map(({ name }) => name)).toEqual(['1 a week', '5 a week', '20 a week']);
    for (const { alerts, weekly, weeks } of found) {
      expect(alerts.map(({ severity }) => severity)).toContain('critical');
      expect(alerts.length).toBeLessThanOrEqual(3);
      expect(weekly.reduce((sum, count) => sum + count, 0)).toBe(alerts.length);
      expect(weeks).toBeGreaterThan(4);
    }
  });

  test('is compared with another configuration', async () => {
    const other = machine.path('other.yaml');
    writeFileSync(other, 'alerts: { per_week: 0.1, detectors: { off-hours-commit: 0 } }\n');
    expect((await trials('--compare', other)).map(({ name }) => name)).toEqual(['5 a week', other]);
  });

  test('with labels says how many alerts were right, and how soon', async () => {
    const findings = (await machine.json(['replay', recording, '--json'])) as {
      readonly severity: string;
      readonly inputs: readonly string[];
    }[];
    const labels = machine.path('labels.ndjson');
    const attack = findings.filter(({ severity }) => severity === 'high').flatMap(({ inputs }) => inputs);
    writeFileSync(labels, attack.map((input) => `${JSON.stringify({ input, label: 'attack' })}\n`).join(''));
    const [found] = await trials('--labels', labels);
    expect(found).toMatchObject({ attacks: 1, found: 1 });
    expect(found?.precision).toBeGreaterThan(0.3);
    expect(found?.delay_s).toBeLessThan(3600);
  });

  test('is a table for a person, and a page with pictures', async () => {
    const report = machine.path('report.html');
    const { code, out, err } = await machine.run(['backtest', recording, '--html', report]);
    expect(code).toBe(0);
    expect(out).toMatch(/^BUDGET +WEEKS +ALERTS/);
    expect(out).toContain('protection-removed');
    expect(err).toContain(`The report is in ${report}.`);
    const page = readFileSync(report, 'utf8');
    expect(page).toContain('<svg class="chart"');
    expect(page).toContain('lumen-works/storefront');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)[^"]*\.(?:js|css)/);
  });
});

describe('what cannot be', () => {
  test.each([
    ['a budget that is no number', ['--budget', 'many']],
    ['labels that are not there', ['--labels', 'nowhere.ndjson']],
    ['a configuration that is not there', ['--compare', 'nowhere.yaml']],
  ])('%s is wrong use', async (_what, args) => {
    const { code, out, err } = await machine.run(['backtest', recording, ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  test('a label that names no record is told with its line', async () => {
    const labels = machine.path('bad.ndjson');
    writeFileSync(labels, '{"label":"attack"}\n');
    const { code, err } = await machine.run(['backtest', recording, '--labels', labels]);
    expect(code).toBe(2);
    expect(err).toContain(`${labels}:1 names no record`);
  });
});
