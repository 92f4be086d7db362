// What must hold for the engine with all detectors, whatever the order: over the activities of the detectors' own cases.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectors } from '../../detectors/index.ts';
import { createEngine } from '../../services/analyzer/engine.ts';
import { createEntityStage } from '../../services/analyzer/entity-stage/stage.ts';
import type { Activity } from '../../services/core/activity.ts';
import type { Detector } from '../../services/core/detector.ts';
import type { DetectorCase } from '../../services/core/detector-case.ts';
import { entityKey } from '../../services/core/entity.ts';
import { createRouting } from '../../services/core/routing.ts';
import { MINUTE } from '../../services/core/time.ts';
import { randomFrom } from '../helpers/random.ts';

const LATE = 10 * MINUTE;
const REPEATED = 0.02;

const all = await Promise.all(detectors.map(async (detector) => ({ detector, cases: (await detector.cases()).cases })));
const hits = all.flatMap(({ detector, cases }) =>
  cases.filter(({ kind }) => kind === 'hit').map((each) => ({ detector, each, name: `${detector.id}: ${each.name}` })),
);
/** Each once, in order of time. */
const everything: readonly Activity[] = [
  ...new Map(all.flatMap(({ cases }) => cases.flatMap(activitiesOf)).map((each) => [each.id, each])).values(),
].sort((a, b) => a.observed_at - b.observed_at || (a.id < b.id ? -1 : 1));

function activitiesOf({ history, activity }: DetectorCase): readonly Activity[] {
  return [...history, activity];
}

/** Each up to ten minutes late, and some once more after that. */
function disordered(activities: readonly Activity[], seed: number, repeated = REPEATED): readonly Activity[] {
  const random = randomFrom(seed);
  return activities
    .flatMap((activity) => {
      const at = activity.observed_at + random() * LATE;
      const again = random() < repeated ? [{ activity, at: at + random() * LATE }] : [];
      return [{ activity, at }, ...again];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ activity }) => activity);
}

function engineOf(used: readonly Detector[] = detectors) {
  return createEngine({
    detectors: used,
    onFault(_detector, _activity, error): never {
      throw error;
    },
  });
}

/** Detector and entity of all that is found. */
function foundIn(activities: readonly Activity[], used?: readonly Detector[]): ReadonlySet<string> {
  const engine = engineOf(used);
  return new Set(
    activities.flatMap((activity) =>
      engine.take(activity).findings.map(({ finding }) => `${finding.detector} ${entityKey(finding.entity)}`),
    ),
  );
}

test('the same input twice gives the same findings and incidents, byte for byte', () => {
  const said = (activities: readonly Activity[]) => {
    const engine = engineOf();
    return activities.map((activity) => JSON.stringify(engine.take(activity))).join('\n');
  };
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const input = disordered(everything, seed);
      const [once, again] = [said(input), said(input)];
      // Compared as one: a difference of such texts takes minutes to print.
      expect(once === again).toBe(true);
    }),
    { numRuns: 2 },
  );
});

describe('input up to ten minutes late, some of it repeated', () => {
  test.each(hits)('finds the same: $name', ({ detector, each }) => {
    const activities = activitiesOf(each);
    const ordered = foundIn(activities, [detector]);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const found = foundIn(disordered(activities, seed), [detector]);
        expect([...ordered].filter((each) => !found.has(each))).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });

  test('finds the same with all detectors and all activities together', () => {
    // The cases share the names of their jobs, which are known by name or by definition, as the order has it.
    const roughly = (activities: readonly Activity[]) =>
      new Set([...foundIn(activities)].map((each) => (/ (?:job|pipeline):/.test(each) ? each.split(':')[0] : each)));
    const found = roughly(disordered(everything, 1));
    expect([...roughly(everything)].filter((each) => !found.has(each))).toEqual([]);
  });
});

describe('a repeat', () => {
  /** All that the entity stage has learned, but which activities it has seen. */
  function learnedFrom(activities: readonly Activity[]): ReadonlyMap<string, string | null> {
    const keysOf = createRouting(detectors);
    const stage = createEntityStage({
      detectors,
      onFault(_detector, _activity, error): never {
        throw error;
      },
    });
    function take(key: string, activity: Activity, primary: boolean, joined?: true): void {
      const taken = stage.take(key, { activity, primary, ...(joined && { joined }) });
      for (const each of taken.joined) take(each.key, each.entry.activity, false, true);
    }
    for (const activity of activities)
      for (const [index, key] of keysOf(activity).entries()) take(key, activity, index === 0);
    return new Map(stage.flush().flatMap(({ key, value }) => (key.startsWith('seen/') ? [] : [[key, value] as const])));
  }

  test('is not learned twice', () => {
    const once = disordered(everything, 1, 0);
    const random = randomFrom(2);
    const waiting: Activity[] = [];
    const twice = once.flatMap((activity) => {
      if (random() < 0.3) waiting.push(activity);
      return random() < 0.3 ? [activity, ...waiting.splice(0)] : [activity];
    });
    expect(twice.length).toBeGreaterThan(once.length * 1.2);
    expect(learnedFrom(twice)).toEqual(learnedFrom(once));
  });
});
