// How the security work goes: each number from what stands in the store, unknown where nothing stands there.
import { describe, expect, it } from 'vitest';
import { processIo } from '../../services/cli/io.ts';
import { renderMeasures } from '../../services/cli/render/measures.ts';
import type { Cell } from '../../services/console/measures/measure.ts';
import { measure } from '../../services/console/measures/measures.ts';
import { eachDocument, restsOn } from '../../services/console/measures/reading.ts';
import type { DayCount } from '../../services/core/measure.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import { DAY, formatInstant, HOUR, MINUTE } from '../../services/core/time.ts';
import type { Weakness } from '../../services/core/weakness.ts';
import { consoleUnderTest } from '../helpers/console.ts';
import { ATTACK_TIME, auditEntry, dryRun, fill, findingRecord, incidentOf } from '../helpers/incidents.ts';
import { problemsOf } from '../helpers/markup.ts';

const NOW = ATTACK_TIME + 3 * HOUR;
const ago = (days: number) => formatInstant(NOW - days * DAY);

function weakness(id: string, tool: string, first: number, more: Partial<Weakness> = {}): Weakness {
  const told = { tool, severity: 'high', state: 'open', first_seen: ago(first), last_seen: ago(first) } as const;
  return {
    id,
    repository: 'harbor/checkout',
    title: 'A weakness',
    kinds: ['CWE-89'],
    state: 'open',
    severity: 'high',
    priority: 'high',
    rank: 3,
    reasons: [],
    first_seen: ago(first),
    last_seen: ago(first),
    times: 1,
    tellings: [told],
    runs: [],
    revision: 1,
    ...more,
  };
}

function dayCount(
  repository: string,
  days: number,
  runs: Partial<DayCount['runs']>,
  scans: DayCount['scans'] = {},
): DayCount {
  const day = ago(days).slice(0, 10);
  const none = { ended: 0, failed: 0, cancelled: 0, gated: 0 };
  return { id: `${repository} ${day}`, repository, day, runs: { ...none, ...runs }, scans, revision: 1 };
}

async function kept(store: DocumentStore, weaknesses: readonly Weakness[], days: readonly DayCount[]): Promise<void> {
  for (const each of weaknesses) await store.put('weakness', each.id, each, 'absent');
  for (const each of days) await store.put('measure', each.id, each, 'absent');
}

/** Its rows by their first cell. */
async function rowsOf(store: DocumentStore, id: string, days = 30): Promise<Record<string, readonly Cell[]>> {
  const { measures } = await measure(store, NOW, days);
  const rows = measures.find((each) => each.id === id)?.rows ?? [];
  return Object.fromEntries(rows.map(([first, ...rest]) => [String(first), rest]));
}

describe('coverage', () => {
  it('is of the repositories in which something ran', async () => {
    const { store } = consoleUnderTest();
    await kept(
      store,
      [],
      [
        dayCount('harbor/checkout', 2, { ended: 3, failed: 1, gated: 1 }, { sast: 2 }),
        dayCount('harbor/checkout', 1, { ended: 1 }, { sca: 1 }),
        dayCount('harbor/ledger', 1, { ended: 4, failed: 1, cancelled: 1 }),
        dayCount('harbor/attic', 1, {}, { sast: 1 }),
        dayCount('harbor/old', 40, { ended: 9, failed: 9 }, { dast: 1 }),
      ],
    );
    expect(await rowsOf(store, 'coverage')).toMatchObject({
      'code (SAST)': [2, 1, 2, 50],
      'dependencies (SCA)': [1, 1, 2, 50],
      'running application (DAST)': [0, 0, 2, 0],
    });
    expect(await rowsOf(store, 'failed-builds')).toEqual({ 8: [2, 25, 1, 1] });
  });

  it('and failed builds are unknown where nothing was counted', async () => {
    const { store } = consoleUnderTest();
    expect(await rowsOf(store, 'failed-builds')).toEqual({ null: [null, null, null, null] });
    expect((await rowsOf(store, 'coverage'))['code (SAST)']).toEqual([null, null, null, null]);
    await kept(store, [], [dayCount('harbor/ledger', 1, { ended: 1 })]);
    // Nobody hands in a report, so nobody can tell what stopped at one.
    expect(await rowsOf(store, 'failed-builds')).toEqual({ 1: [0, 0, 0, null] });
  });
});

describe('weaknesses', () => {
  const many = [
    weakness('new', 'Semgrep OSS', 3),
    weakness('mended', 'CodeQL', 12, { state: 'fixed', fixed: ago(2) }),
    weakness('quickly', 'CodeQL', 6, { state: 'fixed', fixed: ago(4) }),
    weakness('pen', 'penetration test', 5, { priority: 'critical' }),
    weakness('late', 'penetration test', 5, {
      tellings: [
        { tool: 'OWASP ZAP', severity: 'low', state: 'open', first_seen: ago(4), last_seen: ago(4) },
        { tool: 'Semgrep OSS', severity: 'high', state: 'open', first_seen: ago(5), last_seen: ago(1) },
      ],
    }),
    weakness('odd', 'Homemade', 8),
    weakness('old', 'Semgrep OSS', 120, { state: 'reopened' }),
    weakness('part', 'Semgrep OSS', 1, { state: 'merged' }),
  ];

  it('are counted by week, by what told them first, by how long mending took, and by age', async () => {
    const { store } = consoleUnderTest();
    await kept(store, many, []);
    const weeks = Object.values(await rowsOf(store, 'detection', 14));
    expect(weeks).toEqual([
      [2, 0, 2, 0, 0, 0, 0],
      [4, 1, 3, 0, 0, 0, 2],
    ]);
    expect(await rowsOf(store, 'escape-rate', 14)).toMatchObject({ critical: [0, 1, 100, 0], high: [4, 0, 0, 1] });
    expect(await rowsOf(store, 'time-to-fix')).toMatchObject({ high: [2, 6, 6], critical: [0, null, null] });
    expect(await rowsOf(store, 'backlog')).toMatchObject({ critical: [1, 0, 0, 0, 1], high: [2, 1, 0, 1, 4] });
  });
});

describe('incidents', () => {
  it('are counted with what people said of them, and with how long it took', async () => {
    const { store } = consoleUnderTest();
    const low = findingRecord({ severity: 'low' });
    const high = findingRecord({ at: ATTACK_TIME + 4 * MINUTE, severity: 'high', detector: 'another' });
    const said = (verdict: 'malicious' | 'false-positive', minutes: number) => ({
      status: 'closed' as const,
      verdict: { verdict, by: 'ada', reason: 'seen', time: formatInstant(ATTACK_TIME + minutes * MINUTE) },
    });
    const attack = incidentOf([low, high], said('malicious', 64));
    const nothing = incidentOf(
      [findingRecord({ at: ATTACK_TIME + 1, severity: 'medium' })],
      said('false-positive', 10),
    );
    const acted = dryRun(attack.id, { mode: 'act' });
    const [notified, cancelled] = [5, 9].map((minutes, step) => ({
      ...auditEntry('action.executed', acted.id, formatInstant(ATTACK_TIME + minutes * MINUTE)),
      detail: { step: 1 - step },
    }));
    const steps = acted.steps.map((step, index) => (index === 1 ? { ...step, kind: 'notify' as const } : step));
    const audit = [notified, cancelled].flatMap((entry) => entry ?? []);
    await fill(store, { incidents: [attack, nothing], runs: [{ ...acted, steps, audit }] });
    expect(await rowsOf(store, 'incidents')).toMatchObject({
      high: [1, 0, 1, 0, 0, 0],
      medium: [1, 0, 0, 0, 1, 100],
      low: [0, 0, 0, 0, 0, null],
    });
    expect(await rowsOf(store, 'incident-times')).toMatchObject({
      alert: [2, 2, 2],
      contained: [1, 9, 9],
      verdict: [2, 37, 37],
    });
  });

  it('were not contained by a dry run', async () => {
    const { store } = consoleUnderTest();
    const attack = incidentOf([findingRecord({ severity: 'high' })]);
    await fill(store, { incidents: [attack], runs: [dryRun(attack.id)] });
    expect((await rowsOf(store, 'incident-times')).contained).toEqual([0, null, null]);
    const { measures } = await measure(store, NOW, 30);
    expect(measures.at(-1)?.notes).toEqual(['Dry, so that nothing was contained: 1 playbook run.']);
  });
});

it('says where it rests on a part of what there is', async () => {
  const { store } = consoleUnderTest();
  await kept(
    store,
    [1, 2, 3, 4, 5].map((days) => weakness(`w${days}`, 'CodeQL', days)),
    [],
  );
  const seen: string[] = [];
  const window = { from: ago(30), to: ago(0) };
  const slice = { collection: 'weakness', field: 'first_seen' } as const;
  const read = await eachDocument<Weakness>(store, slice, window, 3, ({ id }) => seen.push(id));
  expect(seen).toEqual(['w1', 'w2', 'w3']);
  expect(restsOn(read, 'weaknesses')).toEqual(['Rests on 3 of 5 weaknesses, the newest.']);
});

describe('the page', () => {
  it('shows each number with what it means, and says what is unknown', async () => {
    const made = consoleUnderTest();
    await kept(made.store, [weakness('new', 'Semgrep OSS', 3)], []);
    for (const path of ['/measures', '/measures?days=7', '/measures?days=1000000']) {
      const html = await made.html(path);
      expect(html).toContain('Time to fix');
      expect(html).toContain('>unknown</td>');
      expect(html).toContain('Nothing was counted in this time.');
      expect(problemsOf(html)).toEqual([]);
    }
  });

  it('says the same in a terminal', async () => {
    const { store } = consoleUnderTest();
    const text = renderMeasures(await measure(store, NOW, 30), processIo());
    expect(text).toContain('KIND OF TEST');
    expect(text).toContain('unknown');
  });
});

it('names the weaknesses that an incident meets, whatever their titles hold', async () => {
  const made = consoleUnderTest();
  const finding = findingRecord({ severity: 'high' });
  const text = 'An open weakness meets this: <b>injection</b>, told by zizmor since 2026-02-01, priority high.';
  const met = { weakness: 'w1', finding: finding.finding.id, time: formatInstant(ATTACK_TIME), text };
  const incident = incidentOf([finding], { weaknesses: [met] });
  await fill(made.store, { findings: [finding], incidents: [incident] });
  const html = await made.html(`/incidents/${incident.id}`);
  expect(html).toContain('An open weakness meets this: &lt;b&gt;injection');
  expect(problemsOf(html)).toEqual([]);
});
