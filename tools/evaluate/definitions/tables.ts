// The comparison as Markdown.
import { table } from '../../reference/markdown.ts';
import { FEATURES } from './features.ts';
import type { Comparison, Disagreement } from './judge.ts';

const SHOWN = 160;

export function agreementTable({ commits, disagreements }: Comparison): string {
  const row = (name: string, of: readonly Disagreement[]) => {
    const wrong = of.filter(({ verdict }) => verdict !== 'reader');
    const count = (some: readonly Disagreement[]) => new Set(some.map(({ sha }) => sha)).size;
    const judged = (verdict: Disagreement['verdict']) => String(of.filter((one) => one.verdict === verdict).length);
    return [
      name,
      String(commits),
      share(commits - count(of), commits),
      judged('reader'),
      judged('set'),
      judged('unjudged'),
      share(commits - count(wrong), commits),
    ];
  };
  return table(
    ['feature', 'commits', 'agree', 'judged: set wrong', 'judged: reader wrong', 'unjudged', 'agree or set wrong'],
    [
      ...FEATURES.map((feature) =>
        row(
          feature,
          disagreements.filter((one) => one.feature === feature),
        ),
      ),
      row('every one', disagreements),
    ],
  );
}

export function disagreementTable({ disagreements }: Comparison): string {
  return table(
    ['repository', 'commit', 'feature', 'set', 'reader', 'right', 'why'],
    disagreements.map(({ repository, sha, feature, theirs, ours, verdict, why }) => [
      repository,
      sha.slice(0, 10),
      feature,
      short(theirs),
      short(ours),
      verdict,
      why,
    ]),
  );
}

function short(values: readonly string[]): string {
  const text = values.join(' ⏎ ');
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}
