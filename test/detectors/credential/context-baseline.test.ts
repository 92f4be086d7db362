// What a credential's uses have in common, and what a use with several new things at once is worth.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { context } from '../../../detectors/credential/context-baseline.ts';
import type { Use } from '../../../detectors/credential/use.ts';
import { DAY, HOUR } from '../../../services/core/time.ts';
import { learnAll, obeysTheLaws, START } from '../baselines/laws.ts';

const OFFICE = '192.0.2.0/24';
const ELSEWHERE = '203.0.113.0/24';

function use(network: string, family = 'git reads', agent = 'one', product = 'git'): Use {
  return { network, product, agent, values: { network: [network], family: [family], client: [product] } };
}

const anyUse = fc
  .tuple(
    fc.constantFrom(OFFICE, ELSEWHERE, '198.51.100.0/24'),
    fc.constantFrom('git reads', 'secrets', 'listings'),
    fc.constantFrom('one', 'two'),
    fc.constantFrom('git', 'curl'),
  )
  .map((parts) => use(...parts));

obeysTheLaws(context, { observation: anyUse, longest: 8_192, tolerance: 1e-3, merged: 5e-3 });

describe('a token that fetched a hundred times from the office', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => ({
    observation: use(OFFICE),
    at: START + index * 8 * HOUR,
  }));
  const state = learnAll(context, hundred);
  const later = START + 101 * 8 * HOUR;
  const odds = (asked: Use, known = state, at = later) => context.probability(known, asked, at, []).probability;

  test('new things at once multiply', () => {
    expect(odds(use(OFFICE))).toBe(1);
    expect(odds(use(ELSEWHERE))).toBeCloseTo(1 / 100, 2);
    const both = odds(use(ELSEWHERE, 'secrets'));
    expect(both).toBeCloseTo(odds(use(ELSEWHERE)) * odds(use(OFFICE, 'secrets')), 6);
    expect(both).toBeLessThan(1 / 8_000);
  });

  test('what came an hour ago is still new, and what came the day before is not', () => {
    const met = context.observe(state, use(ELSEWHERE), later);
    expect(odds(use(ELSEWHERE, 'secrets'), met, later + HOUR)).toBeLessThan(1 / 8_000);
    expect(odds(use(ELSEWHERE), met, later + DAY)).toBe(1);
  });
});
