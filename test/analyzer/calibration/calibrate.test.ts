// An organization says how many alerts a week it can read: what it then gets, told as stories.
import { describe, expect, test } from 'vitest';
import { calibrate } from '../../../services/analyzer/calibration/calibrate.ts';
import { rarity } from '../../../services/analyzer/calibration/judgement.ts';
import { emptyCalibration } from '../../../services/analyzer/calibration/state.ts';
import { FLOOR } from '../../../services/analyzer/calibration/tail.ts';
import { DAY, HOUR } from '../../../services/core/time.ts';
import { inOrder, LAWS, raised, replayed, START, streamOf, WEEK } from './streams.ts';

const detector = 'some-detector';

describe('the budget is a ceiling', () => {
  test('quiet weeks raise nothing: what is not unusual in itself never passes', () => {
    const ordinary = Array.from({ length: 500 }, (_, hour) => ({
      detector,
      surprise: FLOOR - 0.1,
      at: START + hour * HOUR,
    }));
    const { told, state } = replayed(ordinary, { overall: 100 });
    expect(raised(told)).toEqual([]);
    expect(state.detectors[detector]?.tail?.weights).toEqual({});
  });

  test('after a quiet quarter the bar has not come down by more than a bit, and the budget still holds', () => {
    const busy = { perWeek: 40, law: LAWS.exact };
    const before = replayed(streamOf({ ...busy, weeks: 26, seed: 1 }), { overall: 1 });
    const back = streamOf({ ...busy, weeks: 8, seed: 2, from: START + 39 * WEEK });
    const after = replayed(back, { overall: 1 }, before.state);
    expect(after.told[0]?.bar).toBeGreaterThan((before.told.at(-1)?.bar ?? 0) - 1);
    expect(raised(after.told).length).toBeLessThanOrEqual(16);
  });

  test('a burst is held back, and counted', () => {
    const calm = replayed(streamOf({ perWeek: 2, weeks: 26, law: LAWS.exact, seed: 3 }), { overall: 1 });
    const night = Array.from({ length: 50 }, (_, minute) => ({
      detector,
      surprise: FLOOR + 6,
      at: START + 26 * WEEK + minute * 60_000,
    }));
    const { told, state } = replayed(night, { overall: 1 }, calm.state);
    expect(raised(told).length).toBeLessThanOrEqual(4);
    const held = told.filter(({ verdict }) => verdict === 'hold').length;
    expect(held).toBeGreaterThan(40);
    expect((state.detectors[detector]?.held ?? 0) - (calm.state.detectors[detector]?.held ?? 0)).toBe(held);
  });

  test('what ordinary ones have spent leaves a reserve for a very rare one', () => {
    const budget = { overall: 1 };
    const year = replayed(streamOf({ perWeek: 20, weeks: 52, law: LAWS.exact, seed: 4 }), budget);
    const bar = year.told.at(-1)?.bar ?? 0;
    const again = Array.from({ length: 6 }, (_, index) => ({
      detector,
      surprise: bar + 0.2,
      at: START + 56 * WEEK + index * HOUR,
    }));
    const spent = replayed(again, budget, year.state);
    expect(spent.told.at(-1)?.verdict).toBe('hold');
    const rare = { detector, surprise: bar + 12, at: START + 56 * WEEK + 7 * HOUR };
    const { judgement } = calibrate(spent.state, rare, budget);
    expect(rarity(judgement, budget)).toBe('very-rare');
    expect(judgement.verdict).toBe('raise');
  });

  test('near-certain evidence passes when all is spent, and counts for nothing', () => {
    const nothing = { overall: 0 };
    const scored = { detector, surprise: 40, at: START };
    expect(calibrate(emptyCalibration(), scored, nothing).judgement.verdict).not.toBe('raise');
    const certain = calibrate(emptyCalibration(), { ...scored, certain: true }, nothing);
    expect(certain.judgement.verdict).toBe('raise');
    expect(certain.state.detectors).toEqual({});
  });
});

describe('a young installation', () => {
  test('raises a strong finding on the third day, and says that it knows little', () => {
    const days = replayed(streamOf({ perWeek: 7, weeks: 3 / 7, law: LAWS.exact, seed: 5 }), { overall: 1 });
    const strong = { detector, surprise: 14, at: START + 3 * DAY };
    const { judgement } = calibrate(days.state, strong, { overall: 1 });
    expect(judgement).toMatchObject({ verdict: 'raise', enough: false });
  });

  test('knows enough after four weeks', () => {
    const { told } = replayed(streamOf({ perWeek: 7, weeks: 6, law: LAWS.exact, seed: 6 }), { overall: 1 });
    expect(told.map(({ enough }) => enough)).toEqual(told.map(({ at }) => at - (told[0]?.at ?? 0) >= 28 * DAY));
  });
});

describe('many detectors share a budget', () => {
  const noisy = streamOf({ detector: 'noisy', perWeek: 150, weeks: 60, law: LAWS.boastful, seed: 7 });
  const precise = streamOf({ detector: 'precise', perWeek: 0.2, weeks: 60, law: LAWS.bounded, seed: 8 });

  test('a noisy one does not eat what a precise one needs', () => {
    const { told } = replayed(inOrder(noisy, precise), { overall: 2 });
    const late = told.filter(({ at }) => at > START + 8 * WEEK);
    const of = (id: string) => late.filter((each) => each.detector === id);
    expect(raised(of('precise')).length).toBeGreaterThanOrEqual(0.8 * of('precise').length);
    expect(raised(late).length).toBeLessThanOrEqual(1.3 * 2 * 52);
  });

  test('a surprise that is common for one and rare for the other is told apart', () => {
    const { state } = replayed(inOrder(noisy, precise), { overall: 2 });
    const at = START + 60 * WEEK;
    const [often, seldom] = ['noisy', 'precise'].map(
      (id) => calibrate(state, { detector: id, surprise: FLOOR + 4, at }, { overall: 2 }).judgement.perWeek,
    );
    expect(often).toBeGreaterThan(100 * (seldom ?? 1));
  });

  test('a detector’s own budget holds within the overall one', () => {
    const { told } = replayed(inOrder(noisy, precise), { overall: 5, detectors: { noisy: 0.5 } });
    expect(raised(told.filter((each) => each.detector === 'noisy')).length).toBeLessThanOrEqual(1.3 * 0.5 * 60);
  });

  test('a team’s own budget holds over all detectors, and another team’s alerts do not count in it', () => {
    const loud = streamOf({ detector: 'a', team: 'loud', perWeek: 30, weeks: 60, law: LAWS.exact, seed: 9 });
    const other = streamOf({ detector: 'b', team: 'loud', perWeek: 30, weeks: 60, law: LAWS.heavy, seed: 10 });
    const calm = streamOf({ detector: 'a', team: 'calm', perWeek: 30, weeks: 60, law: LAWS.exact, seed: 11 });
    const { told } = replayed(inOrder(loud, other, calm), { overall: 5, teams: { loud: 0.5 } });
    const of = (team: string) => raised(told).filter((each) => each.team === team).length;
    expect(of('loud')).toBeLessThanOrEqual(1.3 * 0.5 * 60);
    expect(of('calm')).toBeGreaterThan(60);
  });
});

test('names that every object has are names like any other', () => {
  const budget = { overall: 5, teams: {}, detectors: {} };
  const { told } = replayed(
    streamOf({ detector: 'constructor', team: 'toString', perWeek: 9, weeks: 9, law: LAWS.heavy, seed: 12 }),
    budget,
  );
  expect(told.every(({ perWeek, bar }) => Number.isFinite(perWeek) && Number.isFinite(bar))).toBe(true);
});

test('a very large number of detectors is bounded, and each is still judged', () => {
  const many = Array.from({ length: 400 }, (_, index) => ({ detector: `d${index}`, surprise: 9, at: START + index }));
  const { state, told } = replayed(many, { overall: 1000 });
  expect(Object.keys(state.detectors)).toHaveLength(256);
  expect(told.at(-1)?.perWeek).toBeGreaterThan(0);
});
