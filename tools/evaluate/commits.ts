// Real commit histories under an alert budget: each repository an organization of its own, off-hours its only detector.
import { FLOOR } from '../../services/analyzer/calibration/tail.ts';
import { table } from '../reference/markdown.ts';
import { sayMissing } from '../shared.ts';
import { readCommits, repositories } from './commits/history.ts';
import { type Outcome, replayAt } from './commits/replay.ts';
import { type Surprise, type Surprises, surprisesOf } from './commits/surprises.ts';

/** Alerts a week. */
const BUDGETS = [0.2, 1, 5];
/** The aims of the issue that asked for the engine. */
const MOST_MEAN = 1.3;
const MOST_WORST = 2;
const ENOUGH_EXPECTED = 45;
const RATIO = { least: 0.7, most: 1.3 };

const HEAD = ['repository', 'weeks', 'judged', 'hours', 'unusual'];
const PER_BUDGET = ['budget', 'alerts', 'held', 'a week', 'worst 4 weeks', 'expected', 'observed', 'ratio', 'kept'];

export function evaluateCommits(): void {
  const all = repositories().map((name) => ({ name: name.replace('__', '/'), ...surprisesOf(readCommits(name)) }));
  if (all.length === 0) {
    sayMissing('The commit histories are');
    return;
  }
  print('Commits and the budget', all);
  // The same with a lower floor: as though 1 in 4 were unusual in itself, so that the larger budgets bind too.
  const lowered = FLOOR - Math.log2(4);
  const shifted = (deeds: readonly Surprise[]) => deeds.map(({ at, bits }) => ({ at, bits: bits + lowered }));
  print(
    'As though 1 in 4 were unusual',
    all.map((each) => ({ ...each, deeds: shifted(each.deeds) })),
  );
}

function print(title: string, all: readonly (Surprises & { readonly name: string })[]): void {
  const judgedNone = all.filter(({ judged }) => judged === 0).map(({ name }) => name);
  const rows = all
    .filter(({ judged }) => judged > 0)
    .flatMap(({ name, judged, deeds }) => {
      const unusual = deeds.filter(({ bits }) => bits >= FLOOR).length;
      return BUDGETS.map((budget) => {
        const outcome = replayAt(budget, deeds);
        return [
          name,
          outcome.weeks.toFixed(0),
          ...[judged, deeds.length, unusual].map(String),
          ...cells(budget, outcome),
        ];
      });
    });
  process.stdout.write(`\n## ${title}\n\n${table([...HEAD, ...PER_BUDGET], rows)}`);
  process.stdout.write(`\nNobody with more than the warm-up: ${judgedNone.join(', ') || 'none'}.\n`);
}

function cells(budget: number, { weeks, alerts, held, worst, expected, observed }: Outcome): readonly string[] {
  const mean = weeks > 0 ? alerts / weeks : 0;
  const ratio = observed / expected;
  const isCalibrated = expected < ENOUGH_EXPECTED || (ratio >= RATIO.least && ratio <= RATIO.most);
  const isKept = mean <= MOST_MEAN * budget && worst <= MOST_WORST * budget && isCalibrated;
  return [
    String(budget),
    ...[alerts, held].map(String),
    mean.toFixed(3),
    worst.toFixed(2),
    expected.toFixed(1),
    String(observed),
    expected < ENOUGH_EXPECTED ? 'few' : ratio.toFixed(2),
    isKept ? 'yes' : 'no',
  ];
}
