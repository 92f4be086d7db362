// Which known weakness an alert tells again.
import { type Alert, type Known, scopeOf, scopeOfAlert } from './known.ts';
import type { Marks } from './marks.ts';
import type { Shelf } from './shelf.ts';

/** Undefined where it is a new one. Sure marks go before moving ones, these before the place. */
export function matchOf(alert: Alert, marks: Marks, shelf: Shelf): Known | undefined {
  for (const mark of marks.sure) {
    const [found] = shelf.marked(mark);
    if (found) return found;
  }
  for (const mark of marks.moving) {
    // The same code in two places of one report is two weaknesses; each goes to the one that was nearest.
    const free = shelf.marked(mark).filter((known) => !isToldElsewhere(known, alert, marks));
    const [nearest] = free.sort((a, b) => distance(a, marks) - distance(b, marks));
    if (nearest) return nearest;
  }
  return marks.places
    .flatMap((mark) => shelf.marked(mark))
    .find((known) => !isAnother(known, marks) && !isOtherRule(known, alert, marks));
}

/** Others that stand where this one is now, told by somebody else: the tools met there after the line had moved. */
export function metBy(known: Known, alert: Alert, marks: Marks, shelf: Shelf): readonly Known[] {
  if (marks.line === undefined) return [];
  const scope = scopeOfAlert(alert);
  const { id } = known.weakness;
  const found = marks.places
    .flatMap((mark) => shelf.marked(mark))
    .filter((other) => other.weakness.id !== id && !isAnother(other, { sure: known.sure }))
    .filter(({ weakness }) => weakness.tellings.every((telling) => scopeOf(telling) !== scope));
  return [...new Set(found)];
}

function isToldElsewhere({ weakness }: Known, alert: Alert, { path, line }: Marks): boolean {
  return isTold(weakness.tellings, alert) && !(weakness.location?.path === path && weakness.location?.line === line);
}

/** By this very report. */
function isTold(tellings: Known['weakness']['tellings'], alert: Alert): boolean {
  const { report } = alert.detail;
  if (report === undefined) return false;
  const scope = scopeOfAlert(alert);
  return tellings.some((telling) => telling.report === report.id && scopeOf(telling) === scope);
}

/** Two secrets in one line. */
function isAnother(known: Known, { sure }: Pick<Marks, 'sure'>): boolean {
  return sure.length > 0 && known.sure.length > 0 && !sure.some((mark) => known.sure.includes(mark));
}

/** Without a line, two rules of one report are two weaknesses of the same file or address. */
function isOtherRule({ weakness }: Known, alert: Alert, { line }: Marks): boolean {
  if (line !== undefined || !isTold(weakness.tellings, alert)) return false;
  const scope = scopeOfAlert(alert);
  return weakness.tellings.some((telling) => scopeOf(telling) === scope && telling.rule !== alert.detail.rule);
}

function distance({ weakness }: Known, { line = 0 }: Marks): number {
  return Math.abs((weakness.location?.line ?? 0) - line);
}
