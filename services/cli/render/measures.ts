// The measures of security work as a person reads them in a terminal.
import type { Cell, Measure, Measures } from '../../console/measures/measure.ts';
import type { Io } from '../io.ts';
import { shortTime } from './finding.ts';
import { table } from './table.ts';

export function renderMeasures({ from, to, measures }: Measures, io: Io): string {
  const head = `From ${shortTime(from)} to ${shortTime(to)} UTC.\n`;
  return [head, ...measures.map((measure) => renderMeasure(measure, io))].join('\n');
}

function renderMeasure({ title, definition, practice, columns, rows, notes }: Measure, io: Io): string {
  const cells = rows.map((row) => row.map(cellText));
  return [
    `${io.style('bold', title)}\n`,
    `${definition}\n`,
    table([columns.map((column) => column.toUpperCase()), ...cells]),
    ...notes.map((note) => `${note}\n`),
    `${io.style('dim', practice)}\n`,
  ].join('');
}

function cellText(cell: Cell): string {
  return cell === null ? 'unknown' : String(cell);
}
