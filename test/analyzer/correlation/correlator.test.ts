// Findings become incidents: what belongs together is told together, whatever the order in which it came.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FULL } from '../../../services/analyzer/correlation/correlate.ts';
import { DAY, MINUTE } from '../../../services/core/time.ts';
import { finding, findingEntry, idOf, startAnalyzing } from '../analyzing.ts';
import { correlating, incidentsOf, minutes } from './correlating.ts';

const DAY_MINUTES = DAY / MINUTE;

function verdictOn(incident: string): string {
  return JSON.stringify({
    type: 'verdict',
    incident,
    verdict: 'expected',
    by: 'grace',
    reason: 'planned',
    time: minutes(90),
  });
}

const LINKS = ['run:example/app/7', 'credential:token', 'actor:ada', 'repository:example/app'];

describe('findings are joined', () => {
  test.each(LINKS)('by %s within a day, not beyond it', async (key) => {
    const [together, ...more] = await incidentsOf(
      finding('a', { links: [key] }),
      finding('b', { links: [key], at: DAY_MINUTES }),
    );
    expect(together?.findings).toEqual([idOf('a'), idOf('b')]);
    expect(more).toEqual([]);
    const apart = await incidentsOf(
      finding('a', { links: [key] }),
      finding('b', { links: [key], at: DAY_MINUTES + 1 }),
    );
    expect(apart).toHaveLength(2);
  });

  test('not by another link', async () => {
    expect(
      await incidentsOf(finding('a', { links: ['actor:ada'] }), finding('b', { links: ['actor:grace'] })),
    ).toHaveLength(2);
  });

  test('by busy entities only when two agree', async () => {
    const bot = { key: 'actor:bot', weak: true as const };
    const address = { key: 'address:192.0.2.1', weak: true as const };
    const first = finding('a', { links: [bot, address, 'run:1'] });
    expect(await incidentsOf(first, finding('b', { links: [bot, 'run:2'] }))).toHaveLength(2);
    expect(await incidentsOf(first, finding('b', { links: [bot, address, 'run:2'] }))).toHaveLength(1);
  });

  test('by an address that is strange to one of them, while it is', async () => {
    const address = { key: 'address:192.0.2.1', weak: true as const };
    const strange = finding('a', { links: [address, 'address:192.0.2.1', 'credential:one'] });
    const at = (minute: number) => finding('b', { links: [address, 'credential:two'], at: minute });
    expect(await incidentsOf(strange, at(10))).toHaveLength(1);
    expect(await incidentsOf(at(-10), strange)).toHaveLength(1);
    expect(await incidentsOf(strange, at(11))).toHaveLength(2);
  });

  test('by an address that is strange to both, for a week', async () => {
    const link = { links: ['address:192.0.2.1'] };
    const at = (day: number) => finding('b', { ...link, at: day * DAY_MINUTES });
    expect(await incidentsOf(finding('a', link), at(7))).toHaveLength(1);
    expect(await incidentsOf(finding('a', link), at(8))).toHaveLength(2);
  });

  test('by a place that no job went to before, for a month', async () => {
    const link = { links: ['destination:192.0.2.9'] };
    const at = (day: number) => finding('b', { ...link, at: day * DAY_MINUTES });
    expect(await incidentsOf(finding('a', link), at(30))).toHaveLength(1);
    expect(await incidentsOf(finding('a', link), at(31))).toHaveLength(2);
  });

  test('never sample data with what is real', async () => {
    const made = finding('a', { links: ['actor:ada'] });
    const sample = { ...made, finding: { ...made.finding, sample: true as const } };
    const incidents = await incidentsOf(sample, finding('b', { links: ['actor:ada'] }));
    expect(incidents.map(({ findings, sample }) => [findings, sample])).toEqual(
      expect.arrayContaining([
        [[idOf('a')], true],
        [[idOf('b')], undefined],
      ]),
    );
    expect(incidents).toHaveLength(2);
  });

  test('to nothing when they have no link, and still only once', async () => {
    const { write, incidents } = await correlating();
    await write('finding', findingEntry(finding('a')));
    await write('finding', verdictOn(idOf('a')));
    await write('finding', findingEntry(finding('a')));
    expect(await incidents()).toMatchObject([{ status: 'closed', revision: 2 }]);
  });

  test('a chain of them spans more than a day', async () => {
    const chain = [0, 1, 2, 3].map((day) => finding(`day ${day}`, { links: ['actor:ada'], at: day * DAY_MINUTES }));
    const [incident, ...more] = await incidentsOf(...chain);
    expect(more).toEqual([]);
    expect(incident?.opened).toBe(minutes(0));
    expect(incident?.updated).toBe(minutes(3 * DAY_MINUTES));
  });

  test('a repeated finding changes nothing', async () => {
    const record = finding('a', { links: ['actor:ada'] });
    const [incident, ...more] = await incidentsOf(record, record);
    expect(more).toEqual([]);
    expect(incident?.revision).toBe(1);
  });
});

describe('a late finding that bridges two incidents', () => {
  const left = finding('left', { links: ['run:1'], severity: 'low' });
  const right = finding('right', { links: ['run:2'], severity: 'high', at: 5 });
  const bridge = finding('bridge', { links: ['run:1', 'run:2'], severity: 'low', at: 3 });

  test('makes them one under the older name, and the other points to it', async () => {
    const [incident, gone, ...more] = await incidentsOf(left, right, bridge);
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ id: idOf('left'), status: 'open', severity: 'high' });
    expect(incident?.findings.toSorted()).toEqual([left, right, bridge].map((each) => each.finding.id).sort());
    expect(incident?.story.map(({ finding: id }) => id)).toEqual([idOf('left'), idOf('bridge'), idOf('right')]);
    expect(gone).toMatchObject({ id: idOf('right'), status: 'merged', merged_into: idOf('left') });
  });

  test('never takes the name away from what people know already, even when it is the oldest', async () => {
    const early = finding('bridge', { links: ['run:1', 'run:2'], at: -60 });
    const all = await incidentsOf(left, right, early);
    expect(all.find(({ status }) => status === 'open')?.id).toBe(idOf('left'));
    expect(all.map(({ id }) => id)).not.toContain(idOf('bridge'));
  });

  test('a verdict on the one that was merged is a verdict on the whole, after a restart too', async () => {
    const { write, incidents, reopen } = await correlating();
    await write('finding', ...[left, right].map(findingEntry));
    await write('finding', findingEntry(bridge));
    await reopen();
    await write('finding', verdictOn(idOf('right')));
    const [whole] = await incidents();
    expect(whole).toMatchObject({ id: idOf('left'), status: 'closed', verdict: { by: 'grace' } });
  });
});

test('which findings end up together does not depend on the order in which they come', async () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const link = fc.oneof(
    key.map((name) => ({ key: `strong:${name}` })),
    key.map((name) => ({ key: `weak:${name}`, weak: true as const })),
    fc.boolean().map((weak) => ({ key: 'mixed:x', ...(weak ? { weak: true as const } : {}) })),
  );
  const records = fc
    .array(
      fc.record({
        links: fc.uniqueArray(link, { selector: (each) => each.key, maxLength: 3 }),
        day: fc.integer({ min: 0, max: 5 }),
      }),
      {
        minLength: 2,
        maxLength: 14,
      },
    )
    .map((list) => list.map(({ links, day }, index) => finding(`f${index}`, { links, at: day * DAY_MINUTES * 0.7 })));
  await fc.assert(
    fc.asyncProperty(
      records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      fc.integer({ min: 1, max: 5 }),
      async ([inOrder, shuffled], size) => {
        const partitions = [];
        for (const order of [inOrder, shuffled]) {
          const { write, incidents, close } = await startAnalyzing({ detectors: [] });
          for (let from = 0; from < order.length; from += size) {
            await write('finding', ...order.slice(from, from + size).map(findingEntry));
          }
          const final = (await incidents()).filter(({ status }) => status === 'open');
          partitions.push(
            final
              .map((each) => ({
                ids: each.findings.toSorted().join(),
                story: each.story,
                severities: each.severities,
                surprise: each.surprise,
              }))
              .sort((a, b) => (a.ids < b.ids ? -1 : 1)),
          );
          await close();
        }
        expect(partitions[1]).toEqual(partitions[0]);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

describe('a verdict', () => {
  const links = ['actor:ada'];

  test('closes an incident; what is found later opens a new one', async () => {
    const { write, incidents } = await correlating();
    await write('finding', findingEntry(finding('a', { links })));
    await write('finding', verdictOn(idOf('a')), findingEntry(finding('b', { links, at: 5 })));
    const [closed, later] = await incidents();
    expect(closed).toMatchObject({ id: idOf('a'), status: 'closed', verdict: { verdict: 'expected' }, revision: 2 });
    expect(later).toMatchObject({ id: idOf('b'), status: 'open' });
  });

  test('a finding that is told again after it does not open it anew', async () => {
    const { write, incidents } = await correlating();
    const told = findingEntry(finding('a', { links }));
    await write('finding', told);
    await write('finding', verdictOn(idOf('a')), told);
    expect(await incidents()).toMatchObject([{ status: 'closed' }]);
  });

  test('on nothing that is known is logged', async () => {
    const logged: string[] = [];
    const { write, incidents } = await correlating(logged);
    await write('finding', verdictOn('nobody'));
    expect(await incidents()).toEqual([]);
    expect(logged).toEqual(['A verdict came for an incident that is not open, and changes nothing.']);
  });
});

test('a recording of last year, read after one of this year, is correlated all the same', async () => {
  const links = ['actor:ada'];
  const year = -365 * DAY_MINUTES;
  const all = await incidentsOf(
    finding('now', { links }),
    finding('then', { links, at: year }),
    finding('then too', { links, at: year + 5 }),
  );
  expect(all.map((each) => each.findings.length)).toEqual([2, 1]);
});

describe('bounds', () => {
  test('a full incident takes no more: the next finding opens another', async () => {
    const { write, incidents } = await correlating();
    const flood = Array.from({ length: FULL + 20 }, (_, index) =>
      finding(`f${index}`, { links: ['actor:ada'], at: index }),
    );
    await write('finding', ...flood.map(findingEntry));
    const sizes = (await incidents()).map((incident) => incident.findings.length);
    expect(sizes).toEqual([FULL, 20]);
  }, 30_000);

  test('open incidents are known after a restart, and forgotten months later', async () => {
    const { write, incidents, reopen } = await correlating();
    await write('finding', findingEntry(finding('a', { links: ['actor:ada'] })));
    await reopen();
    await write('finding', findingEntry(finding('b', { links: ['actor:ada'], at: 10 })));
    expect(await incidents()).toMatchObject([{ id: idOf('a'), findings: [idOf('a'), idOf('b')] }]);
    await write('finding', findingEntry(finding('far', { links: ['actor:eve'], at: 120 * DAY_MINUTES })));
    const logged: string[] = [];
    await reopen({ detectors: [], logged });
    await write('finding', verdictOn(idOf('a')));
    expect(logged).toHaveLength(1);
  });
});
