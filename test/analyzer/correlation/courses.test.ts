// Known courses of attacks: weak signs in the right order on one run or person say more than a strong one.
import { describe, expect, test } from 'vitest';
import { detectors } from '../../../detectors/index.ts';
import { PATTERNS } from '../../../services/analyzer/correlation/patterns.ts';
import { finding } from '../analyzing.ts';
import { incidentsOf } from './correlating.ts';

const WHERE = 'repository:example/app';

function step(detector: string, at: number, more: Parameters<typeof finding>[1] = {}) {
  return finding(`${detector} at ${at}`, { detector, at, severity: 'low', links: [WHERE, 'actor:ada'], ...more });
}

test('every step names detectors that there are', () => {
  const ids = new Set(detectors.map(({ id }) => id));
  const unknown = PATTERNS.flatMap(({ id, steps }) =>
    steps.flat().flatMap((step) => (ids.has(step.replace(/#\w+$/, '')) ? [] : [`${id}: ${step}`])),
  );
  expect(unknown).toEqual([]);
});

describe('a pipeline that was changed, and whose run then went somewhere new', () => {
  const changed = (more = {}) => step('pipeline-definition-changed', 0, { severity: 'medium', ...more });

  test('is high, and the incident says which course it is', async () => {
    const [incident] = await incidentsOf(changed(), step('new-workflow-egress', 30));
    expect(incident).toMatchObject({ severity: 'high', courses: [{ id: 'planted-definition' }] });
  });

  test('… in whichever order the two come in', async () => {
    const [incident] = await incidentsOf(step('new-workflow-egress', 30), changed());
    expect(incident).toMatchObject({ severity: 'high', courses: [{ id: 'planted-definition' }] });
  });

  test.each([
    [
      'the other way round',
      [step('new-workflow-egress', 0), step('pipeline-definition-changed', 30, { severity: 'medium' })],
    ],
    ['where both are low', [changed({ severity: 'low' }), step('new-workflow-egress', 30)]],
    [
      'where they share a repository alone',
      [changed(), step('new-workflow-egress', 30, { links: [WHERE, 'actor:mara'] })],
    ],
    ['a day later', [changed(), step('new-workflow-egress', 23 * 60)]],
  ])('is none %s', async (_how, findings) => {
    const [incident] = await incidentsOf(...findings);
    expect(incident?.severity).not.toBe('high');
    expect(incident).not.toHaveProperty('courses');
  });
});

describe('a credential that was used from somewhere new', () => {
  const used = step('new-credential-context', 0, { links: ['credential:token', 'address:192.0.2.1'] });

  test('and published from there is a course of its own, though two accounts are named', async () => {
    const published = step('release-out-of-pattern', 1, { severity: 'medium', links: [WHERE, 'address:192.0.2.1'] });
    const [incident, ...more] = await incidentsOf(used, published);
    expect(incident).toMatchObject({ severity: 'high', courses: [{ id: 'borrowed-credential' }] });
    expect(more).toEqual([]);
  });

  test('and read in bulk: the worst of its uses counts, not the last', async () => {
    const worst = step('new-credential-context', -1, { severity: 'medium', links: ['credential:token'] });
    const read = step('mass-read', 1, { severity: 'medium', links: ['credential:token'] });
    const [incident] = await incidentsOf(worst, used, read);
    expect(incident).toMatchObject({ severity: 'high', courses: [{ id: 'borrowed-credential' }] });
  });

  test('and read what it always reads: a mirror that moved, unless another program does it', async () => {
    const moved = (facets?: readonly string[]) => [
      step('new-credential-context', -1, { severity: 'medium', links: ['credential:token'], facets }),
      step('mass-read', 1, { links: ['credential:token'] }),
    ];
    expect((await incidentsOf(...moved()))[0]?.severity).toBe('medium');
    const [incident] = await incidentsOf(...moved(['program']));
    expect(incident).toMatchObject({ severity: 'high', courses: [{ id: 'borrowed-tool' }] });
  });

  test('and pushed in another’s name', async () => {
    const worse = step('sleeping-credential', 0, { severity: 'medium', links: ['credential:token', 'actor:ada'] });
    const [incident] = await incidentsOf(worse, step('identity-mismatch', 15, { links: ['actor:grace', 'actor:ada'] }));
    expect(incident).toMatchObject({ severity: 'high', courses: [{ id: 'borrowed-name' }] });
  });

  test('and granted something is what a journey looks like', async () => {
    const [incident] = await incidentsOf(
      used,
      step('new-principal', 1, { severity: 'medium', links: ['address:192.0.2.1'] }),
    );
    expect(incident?.severity).toBe('medium');
  });
});

describe('two detectors that are medium within ten minutes', () => {
  const pair = (at: number, links = ['run:1']) => [
    finding('a', { detector: 'one', links: [WHERE, 'run:1'] }),
    finding('b', { detector: 'two', at, links: [WHERE, ...links] }),
  ];

  test('on one run are high', async () => {
    expect((await incidentsOf(...pair(9)))[0]?.severity).toBe('high');
  });

  test.each([
    ['later', pair(11)],
    ['on two runs of a repository', pair(9, ['run:2'])],
  ])('%s are what each of them is', async (_how, findings) => {
    expect((await incidentsOf(...findings))[0]?.severity).toBe('medium');
  });
});

test('a flood of harmless findings does not hide the one that matters', async () => {
  const flood = Array.from({ length: 600 }, (_, index) =>
    finding(`flood ${index}`, { severity: 'low', at: index / 10, links: [WHERE] }),
  );
  const hidden = finding('the one', { severity: 'high', at: 30, links: [WHERE, 'run:1'] });
  const incidents = await incidentsOf(...flood.slice(0, 300), hidden, ...flood.slice(300));
  const high = incidents.filter(({ severity }) => severity === 'high');
  expect(high.some(({ findings }) => findings.includes(hidden.finding.id))).toBe(true);
  expect(high[0]?.title).toContain('Title of some-detector');
}, 20_000);
