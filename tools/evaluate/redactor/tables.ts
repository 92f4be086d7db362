// The results as Markdown tables. None shows a value.
import { table } from '../../reference/markdown.ts';
import type { LogMatch, LogResult } from './build-logs.ts';
import type { Case, Part } from './cases.ts';
import type { Touched } from './negatives.ts';
import type { Verdict } from './recall.ts';

const PER_LINES = 100_000;

export function recallTable(verdicts: readonly Verdict[], parts: readonly Part[]): string {
  const rows = groups(verdicts, ({ case: { source } }) => source).flatMap(([source, ofSource]) =>
    [...parts, undefined].map((part) => {
      const all = ofSource.filter((verdict) => part === undefined || verdict.case.part === part);
      const gone = all.filter((verdict) => verdict.gone).length;
      const shredded = all.filter((verdict) => verdict.shredded).length;
      const real = all.filter(({ noSecret }) => !noSecret);
      const ofReal = percent(real.filter((verdict) => verdict.gone).length, real.length);
      const counts = [all.length, gone, percent(gone, all.length), real.length, ofReal];
      return [source, part ?? 'both', ...counts.map(String), percent(shredded, all.length)];
    }),
  );
  return table(
    ['source', 'part', 'labelled', 'gone', 'recall', 'secrets of these', 'recall of these', 'no 8 characters left'],
    rows,
  );
}

/** Kinds of which something is missed; the texts by the beginning of their SHA-256, for who has the data. */
export function missedTable(verdicts: readonly Verdict[]): string {
  const rows = byKind(verdicts)
    .filter(({ missed }) => missed.length > 0)
    .sort((a, b) => b.missed.length - a.missed.length)
    .map(({ source, kind, all, gone, missed }) => [
      source,
      kind,
      `${gone.length} of ${all.length}`,
      percent(gone.length, all.length),
      counted(gone.flatMap(({ kinds }) => kinds)),
      missed.map((verdict) => verdict.case.id.slice(0, 8)).join(' '),
    ]);
  return table(['source', 'kind', 'gone', 'recall', 'as', 'missed'], rows);
}

/** Kinds of which nothing is missed, by what we call them. */
export function completeTable(verdicts: readonly Verdict[]): string {
  const complete = byKind(verdicts)
    .filter(({ missed }) => missed.length === 0)
    .map(({ kind, all }) => ({ kind, all, as: counted(mostFirst(all.flatMap(({ kinds }) => kinds))) }));
  const rows = groups(complete, ({ as }) => as)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([as, kinds]) => [as, kinds.map(({ kind, all }) => `${kind} ${all.length}`).join(', ')]);
  return table(['as', 'kinds of others, all gone'], rows);
}

interface OfKind {
  readonly source: string;
  readonly kind: string;
  readonly all: readonly Verdict[];
  readonly gone: readonly Verdict[];
  readonly missed: readonly Verdict[];
}

function byKind(verdicts: readonly Verdict[]): OfKind[] {
  return groups(verdicts, ({ case: { source, kind } }) => `${source} ${kind}`).map(([, all]) => ({
    source: all[0]?.case.source ?? '',
    kind: all[0]?.case.kind ?? '',
    all,
    gone: all.filter(({ gone }) => gone),
    missed: all.filter(({ gone }) => !gone),
  }));
}

/** Each name once, the most frequent first. */
function mostFirst(names: readonly string[]): string[] {
  return groups(names, (name) => name)
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name]) => name);
}

export function negativeTable({ negatives, counting, touched }: Touched, parts: readonly Part[]): string {
  const count = (cases: readonly Case[]) => {
    const hit = cases.filter((one) => touched.has(one)).length;
    return [`${hit} of ${cases.length}`, percent(hit, cases.length)];
  };
  const rows = groups(negatives, ({ source }) => source).flatMap(([source, ofSource]) =>
    [...parts, undefined].map((part) => {
      const inPart = (one: Case) => one.source === source && (part === undefined || one.part === part);
      return [source, part ?? 'both', ...count(ofSource.filter(inPart)), ...count(counting.filter(inPart))];
    }),
  );
  const total = ['all', 'both', ...count(negatives), ...count(counting)];
  return table(['source', 'part', 'touched', 'rate', 'touched of those that count', 'rate of these'], [...rows, total]);
}

/** `shown`: which may be named. */
export function touchedTable({ counting, touched }: Touched, shown: (one: Case) => boolean): string {
  const rows = counting
    .filter((one) => touched.has(one) && shown(one))
    .map((one) => [one.source, one.kind, one.id.slice(0, 8), counted(touched.get(one) ?? [])]);
  return table(['source', 'kind', 'text', 'as'], rows);
}

export function logTable({ logs, lines, matches }: LogResult): string {
  const of = (verdict: string) => matches.filter((match) => match.verdict === verdict).length;
  const rate = (count: number) => ((count / lines) * PER_LINES).toFixed(2);
  return table(
    ['logs', 'lines', 'matches', 'secrets', 'harmless', 'unjudged', 'false per 100,000 lines', 'unjudged ones too'],
    [
      [logs, lines, matches.length, of('secret'), of('harmless'), of('unjudged')]
        .map((count) => count.toLocaleString('en-US'))
        .concat(rate(of('harmless')), rate(of('harmless') + of('unjudged'))),
    ],
  );
}

/** One row for what is the same but for its place in the log. */
export function matchTable(matches: readonly LogMatch[]): string {
  const alike = groups(matches, ({ file, kind, encodings, verdict }) =>
    JSON.stringify([file, kind, encodings, verdict]),
  );
  const rows = alike.map(([, [match, ...more]]) => {
    if (!match) return [];
    const lines = [match, ...more].map(({ line }) => line);
    const places = lines.length > 6 ? `${lines.slice(0, 6).join(', ')} … (${lines.length})` : lines.join(', ');
    return [match.file, places, match.kind, match.encodings.join(' '), match.verdict];
  });
  return table(['log', 'lines', 'kind', 'hidden as', 'judged'], rows);
}

/** What, how many, how many of them wrong, and what these are. */
export function labelTable(rows: readonly (readonly [string, number, number, readonly string[]])[]): string {
  return table(
    ['what', 'all', 'wrong', 'which'],
    rows.map(([what, all, wrong, which]) => [what, String(all), String(wrong), counted(which)]),
  );
}

/** `a 3, b`: how often each, in the order of their first place. */
function counted(names: readonly string[]): string {
  return groups(names, (name) => name)
    .map(([name, all]) => (all.length > 1 ? `${name} ${all.length}` : name))
    .join(', ');
}

function groups<Item>(items: readonly Item[], by: (item: Item) => string): [string, readonly Item[]][] {
  return [...Map.groupBy(items, by)];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}
