// The judge: what the organization knows, what was told already, and whether there is room for an alert.
import { describe, expect, test } from 'vitest';
import { createJudge } from '../../../services/analyzer/judge/stage.ts';
import type { AlertBudget } from '../../../services/core/alert-budget.ts';
import { defineRule } from '../../../services/core/detector.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import type { SignalEntry } from '../../../services/core/messages.ts';
import { DAY, HOUR, MINUTE } from '../../../services/core/time.ts';
import { INFO, START } from '../entity-stage/staging.ts';

const detectors = ['odd', 'other'].map((id) =>
  defineRule<'push'>({ ...INFO, id, watches: ['push'], by: 'place', examine: () => undefined }),
);

interface Signalled {
  readonly at?: number;
  readonly detector?: string;
  readonly repository?: string;
  readonly bits?: number;
  readonly observations?: number;
  readonly raise?: Partial<Extract<SignalEntry, { type: 'signal' }>['raise']>;
  readonly impact?: 'low' | 'medium' | 'high';
  readonly explained?: boolean;
}

function signal(fields: Signalled = {}): SignalEntry {
  const { at = 0, detector = 'odd', repository = 'example/app', bits, observations = 500, impact = 'high' } = fields;
  const entity = { type: 'repository', id: repository } as const;
  const activity = activityAt(
    START + at,
    'push',
    { created: false, deleted: false, commits: 1 },
    { source: 'github.webhook', vcs: { repository: { name: repository } } },
  );
  return {
    type: 'signal',
    detector,
    key: `repository:${repository}`,
    profiles: [`repository:${repository}`],
    raise: { observed: 'It happened.', expected: 'It never does.', ...fields.raise },
    entity,
    impact,
    ...(bits === undefined ? {} : { reading: { probability: 2 ** -bits, observations } }),
    activity,
    ...(fields.explained
      ? { explanation: { change: '12', reviewer: 'ada', merged_at: START + at - HOUR, paths: ['go.sum'] } }
      : {}),
    place: `repository:${repository}`,
  };
}

function judging(budget?: AlertBudget) {
  const judge = createJudge({ detectors, ...(budget && { budget }) });
  return {
    judge,
    /** Severity of what is raised, or what else came of it. */
    say(entry: SignalEntry): string | undefined {
      const [result] = judge.take(entry);
      return result?.type === 'finding' ? result.finding.severity : result?.type;
    },
  };
}

describe('severity', () => {
  test.each([
    [14, 'high', 500, 'high'],
    [14, 'medium', 500, 'medium'],
    [14, 'low', 500, 'low'],
    [10, 'high', 500, 'medium'],
    [10, 'medium', 500, 'low'],
    [6, 'high', 500, 'low'],
    [14, 'high', 10, 'medium'],
    [4, 'high', 500, undefined],
  ] as const)('of %d bits, impact %s and %d observations is %s', (bits, impact, observations, expected) => {
    expect(judging().say(signal({ bits, impact, observations }))).toBe(expected);
  });

  test('of a rule is its own, and a ceiling holds', () => {
    expect(judging().say(signal({ raise: { severity: 'critical' } }))).toBe('critical');
    expect(judging().say(signal({ bits: 20, raise: { atMost: 'low' } }))).toBe('low');
  });

  test('is a step less where a reviewed change explains it, and the finding says so', () => {
    const [result] = createJudge({ detectors }).take(signal({ bits: 14, explained: true }));
    expect(result).toMatchObject({
      finding: {
        severity: 'medium',
        evidence: {
          expected:
            'It never does. Change #12 may explain it: agreed to by ada, merged 1 hour before, it touches go.sum.',
        },
      },
    });
  });
});

describe('the rest of the organization', () => {
  const novel = { raise: { novel: ['destination:example.net'] } };
  const note = (place: string, at: number, value = 'destination:example.net'): SignalEntry => ({
    type: 'note',
    detector: 'odd',
    place,
    values: [value],
    activity: 'some activity',
    at: START + at,
  });

  test('that has known a value for a day makes it a small thing', () => {
    const { judge, say } = judging();
    judge.take(note('repository:example/web', -2 * DAY));
    expect(say(signal({ bits: 14, ...novel }))).toBe('low');
  });

  test('that met it an hour ago, or nowhere else, does not', () => {
    const { judge, say } = judging();
    judge.take(note('repository:example/web', -HOUR));
    judge.take(note('repository:example/app', -3 * DAY, 'destination:mine.example'));
    expect(say(signal({ bits: 14, ...novel }))).toBe('high');
    expect(say(signal({ bits: 14, at: MINUTE, raise: { novel: ['destination:mine.example'] } }))).toBe('high');
  });

  test('in which new values are rare makes one that nobody knows rarer', () => {
    const { judge } = judging();
    for (let index = 0; index < 60; index++)
      judge.take(note(`repository:example/${index}`, -3 * DAY, 'destination:known'));
    const [result] = judge.take(signal({ bits: 9, ...novel }));
    expect(result).toMatchObject({ finding: { surprise: expect.closeTo(9 + Math.log2(62 / 2), 1) } });
  });
});

test('the same oddity of the same entity is told once in a week; what repeats it belongs to it', () => {
  const { say } = judging();
  const odd = { bits: 14, raise: { oddity: 'destination:example.net' } };
  expect(say(signal(odd))).toBe('high');
  expect(say(signal({ ...odd, at: DAY }))).toBe('repeat');
  expect(say(signal({ ...odd, at: DAY, repository: 'example/web' }))).toBe('high');
  expect(say(signal({ ...odd, at: 8 * DAY }))).toBe('high');
});

describe('what has been told', () => {
  const odd = (at: number, severity: 'low' | 'medium' | 'high') =>
    signal({ at, raise: { severity, oddity: 'destination:example.net' } });

  test('is told again where it comes more severe, and then no more', () => {
    const { say } = judging();
    expect([odd(0, 'low'), odd(HOUR, 'high'), odd(2 * HOUR, 'medium'), odd(3 * HOUR, 'high')].map(say)).toEqual([
      'low',
      'high',
      'repeat',
      'repeat',
    ]);
  });

  test('is told again where more could be lost, not where a profile became surer of itself', () => {
    const { say } = judging();
    const learned = (at: number, impact: 'medium' | 'high', bits: number) =>
      say(signal({ at, impact, bits, raise: { oddity: 'destination:example.net' } }));
    expect([learned(0, 'medium', 10), learned(HOUR, 'medium', 14), learned(2 * HOUR, 'high', 14)]).toEqual([
      'low',
      'repeat',
      'high',
    ]);
  });

  test('is told again where it turns out to have begun earlier, if that is worth an alert', () => {
    const { say } = judging();
    expect([odd(9 * MINUTE, 'medium'), odd(2 * MINUTE, 'medium'), odd(5 * MINUTE, 'medium')].map(say)).toEqual([
      'medium',
      'medium',
      'repeat',
    ]);
    const low = judging();
    expect([odd(9 * MINUTE, 'low'), odd(2 * MINUTE, 'low')].map(low.say)).toEqual(['low', 'repeat']);
  });

  test('is not told again for what clocks differ by', () => {
    const { say } = judging();
    expect([odd(MINUTE, 'medium'), odd(0, 'medium')].map(say)).toEqual(['medium', 'repeat']);
  });

  test('is told few times where a feed is read backwards', () => {
    const { say } = judging();
    const said = Array.from({ length: 200 }, (_, index) => say(odd(-index * 10 * MINUTE, 'medium')));
    expect(said.filter((each) => each === 'medium')).toHaveLength(5);
  });

  test('more severe once the budget has held it back does not ask for room with every repeat', () => {
    const { say } = judging({ overall: 0.01, detectors: {}, teams: [] });
    const said = Array.from({ length: 50 }, (_, index) =>
      say(signal({ bits: 14, at: index * MINUTE, raise: { oddity: 'destination:example.net' } })),
    );
    expect(said.slice(1)).toEqual(new Array(49).fill('repeat'));
  });

  test('links all that tells it', () => {
    const { judge } = judging();
    const links = [odd(9 * MINUTE, 'medium'), odd(2 * MINUTE, 'medium')].map((entry) => {
      const [result] = judge.take(entry);
      return result?.type === 'finding' ? result.links.filter(({ key }) => key.startsWith('oddity:')) : [];
    });
    expect(links[0]).toHaveLength(1);
    expect(links[1]).toEqual(links[0]);
  });
});

describe('the alert budget', () => {
  const tight: AlertBudget = { overall: 1, detectors: {}, teams: [] };
  const each = (count: number, fields: (index: number) => Signalled) =>
    Array.from({ length: count }, (_, index) => signal(fields(index)));

  test('is a ceiling for what was learned: what finds no room stays low', () => {
    const { say } = judging(tight);
    const said = each(60, (index) => ({ bits: 13, at: index * HOUR * 8, repository: `example/${index}` })).map(say);
    const alerts = said.filter((severity) => severity === 'high').length;
    expect(alerts).toBeGreaterThan(0);
    expect(alerts).toBeLessThanOrEqual(8);
    expect(new Set(said)).toEqual(new Set(['high', 'low']));
  });

  test('does not hold back rules and near-certain evidence', () => {
    const { say } = judging({ overall: 0, detectors: {}, teams: [] });
    expect(say(signal({ raise: { severity: 'high' } }))).toBe('high');
    expect(say(signal({ at: DAY, bits: 14, raise: { certain: true } }))).toBe('high');
    expect(say(signal({ at: 2 * DAY, bits: 14, repository: 'example/web' }))).toBe('low');
  });

  test('counts stories: what belongs to an alert of the day takes no more room', () => {
    const { say } = judging(tight);
    const burst = each(30, (index) => ({ bits: 15, at: index * MINUTE, detector: index % 2 ? 'odd' : 'other' })).map(
      say,
    );
    expect(new Set(burst)).toEqual(new Set(['high']));
  });

  test('of a single detector, or of a team, is kept within the whole', () => {
    const quiet = judging({ overall: 50, detectors: { odd: 0 }, teams: [] });
    expect(quiet.say(signal({ bits: 15 }))).toBe('low');
    expect(quiet.say(signal({ bits: 15, detector: 'other', repository: 'example/web' }))).toBe('high');
    const team = judging({
      overall: 50,
      detectors: {},
      teams: [{ name: 'web', perWeek: 0, repositories: ['example/web*'] }],
    });
    expect(team.say(signal({ bits: 15, repository: 'example/web-shop' }))).toBe('low');
    expect(team.say(signal({ bits: 15 }))).toBe('high');
  });

  test('survives a restart', () => {
    const whole = judging(tight);
    const first = judging(tight);
    const signals = each(60, (index) => ({ bits: 13, at: index * HOUR * 8, repository: `example/${index}` }));
    const expected = signals.map(whole.say);
    const before = signals.slice(0, 30).map(first.say);
    const second = judging(tight);
    for (const { key, value } of first.judge.flush()) if (value !== null) second.judge.restore({ key, value });
    expect([...before, ...signals.slice(30).map(second.say)]).toEqual(expected);
  });
});
