// A weakness that other tools told of weighs in an incident where the two have more in common than a repository.
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../helpers/random.ts';
import {
  type Block,
  DAY,
  decoded,
  HOUR,
  incidentsIn,
  incidentsOnLog,
  injection,
  NOW,
  nothing,
  report,
  WORKFLOW,
} from './meeting.ts';

const WORK = NOW + 2 * DAY;
const told = await report(injection(), NOW);

function severityOf(...blocks: readonly Block[]): string | undefined {
  const incidents = incidentsIn(...blocks);
  expect(incidents).toHaveLength(1);
  return incidents[0]?.severity;
}

describe('something odd in a run of a workflow that lets strangers in', () => {
  test('is medium alone, and high where a scanner had told of the hole; the incident says so', () => {
    expect(severityOf(decoded(WORK))).toBe('medium');
    const [incident] = incidentsIn(told, decoded(WORK));
    expect(incident).toMatchObject({
      severity: 'high',
      severities: [{ severity: 'high', time: '2026-03-04T10:00:00.000Z' }],
      weaknesses: [{ finding: incident?.findings[0], time: '2026-03-04T10:00:00.000Z' }],
    });
    expect(incident?.weaknesses?.[0]?.text).toBe(
      'An open weakness meets this: A query is put together from text., .github/workflows/triage.yml:17 of orchard/press, told by zizmor since 2026-03-02, priority high. It is in the definition of the run, which takes what strangers write.',
    );
  });

  test('is high from when the scan came, where that came within a week after', async () => {
    const [incident] = incidentsIn(decoded(NOW - 6 * DAY), told);
    expect(incident?.severities).toEqual([
      { severity: 'medium', time: '2026-02-24T10:00:00.000Z' },
      { severity: 'high', time: '2026-03-02T10:00:00.000Z' },
    ]);
    expect(severityOf(decoded(NOW - 8 * DAY), told)).toBe('medium');
  });

  test('is high where it was fixed only afterwards, in whichever order that becomes known', async () => {
    const fixed = await report(nothing, WORK + HOUR);
    expect(severityOf(told, decoded(WORK), fixed)).toBe('high');
    expect(severityOf(told, fixed, decoded(WORK))).toBe('high');
  });

  const rows: readonly (readonly [string, () => Promise<readonly Block[]>])[] = [
    ['was fixed before', async () => [told, await report(nothing, NOW + DAY), decoded(WORK)]],
    ['was fixed before, which came late', async () => [told, decoded(WORK), await report(nothing, NOW + DAY)]],
    [
      'is accepted',
      async () => [
        await report(injection(WORKFLOW, undefined, { suppressions: [{ kind: 'external', status: 'accepted' }] }), NOW),
        decoded(WORK),
      ],
    ],
    [
      'was accepted since',
      async () => [
        told,
        await report(
          injection(WORKFLOW, undefined, { suppressions: [{ kind: 'external', status: 'accepted' }] }),
          NOW + DAY,
        ),
        decoded(WORK),
      ],
    ],
    [
      'stands in another workflow',
      async () => [await report(injection('.github/workflows/ci.yml'), NOW), decoded(WORK)],
    ],
    [
      'stands in the code of the same repository',
      async () => [await report(injection('src/query.ts'), NOW), decoded(WORK)],
    ],
    [
      'stands in another repository',
      async () => [await report(injection(), NOW, { repository: 'orchard/cider' }), decoded(WORK)],
    ],
    [
      'is none that lets anybody in',
      async () => [await report(injection(WORKFLOW, 'zizmor/unpinned-uses'), NOW), decoded(WORK)],
    ],
    ['was last told months ago', async () => [told, decoded(NOW + 60 * DAY)]],
    ['needs strangers, and the run is of a push', async () => [told, decoded(WORK, { trigger: 'push' })]],
  ];
  test.each(rows)('is medium where the weakness %s', async (_what, blocks) => {
    const incidents = incidentsIn(...(await blocks()));
    expect(incidents.map(({ severity }) => severity)).toEqual(['medium']);
    expect(incidents[0]).not.toHaveProperty('weaknesses');
  });
});

test('a weakness opens no incident by itself', () => {
  expect(incidentsIn(told)).toEqual([]);
});

describe('the same incidents', () => {
  test('in forty orders, with three scans and two runs', async () => {
    const blocks = [
      told,
      await report(injection(), NOW + DAY),
      decoded(WORK),
      decoded(WORK + 3 * DAY, { trigger: 'push', definition: '.github/workflows/ci.yml' }),
      await report(nothing, WORK + DAY),
    ];
    const outcomes = new Set(
      Array.from({ length: 40 }, (_, seed) => {
        const random = randomFrom(seed);
        const order = blocks.map((block) => ({ block, at: random() })).sort((a, b) => a.at - b.at);
        return JSON.stringify(
          incidentsIn(...order.map(({ block }) => block))
            .map(({ severity, findings, weaknesses = [] }) => [severity, [...findings].sort(), weaknesses.length])
            .sort(),
        );
      }),
    );
    expect([...outcomes]).toHaveLength(1);
  });

  test('on a log of twelve partitions as in one thread, and after restarts', async () => {
    const blocks = [decoded(WORK), told, decoded(WORK + HOUR)];
    const shown = (incidents: ReturnType<typeof incidentsIn>) =>
      incidents.map(({ id, severity, severities, weaknesses }) => ({ id, severity, severities, weaknesses }));
    const expected = shown(incidentsIn(...blocks));
    expect(expected).toMatchObject([{ severity: 'high', weaknesses: [{}] }]);
    expect(shown(await incidentsOnLog(blocks))).toEqual(expected);
    expect(shown(await incidentsOnLog(blocks, true))).toEqual(expected);
  });
});
