// How the security work goes: tables of numbers, each with what it means beside it.
import { count, moment } from '../format.ts';
import { type Html, html } from '../html.ts';
import { type Frame, page } from '../layout.ts';
import type { Cell, Measure, Measures } from '../measures/measure.ts';

/** Windows that the page offers, in days. */
export const WINDOWS = [7, 30, 90, 365] as const;

export function measuresPage(frame: Frame, { from, to, measures }: Measures, days: number): Html {
  return page(
    frame,
    { title: 'Measures' },
    html`<h1>Measures of security work</h1>
<p>From ${moment(from, frame.now)} to ${moment(to, frame.now)}.</p>
<nav class="windows" aria-label="Time">${WINDOWS.map((window) =>
      window === days
        ? html`<strong aria-current="page">${window} days</strong> `
        : html`<a href="/measures?days=${window}">${window} days</a> `,
    )}</nav>
${measures.map(section)}`,
  );
}

function section({ id, title, definition, practice, columns, rows, notes }: Measure): Html {
  return html`<section class="measure" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<p class="muted">${definition}</p>
<div class="scroll" tabindex="0"><table class="measures">
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(rowOf)}</tbody>
</table></div>
${notes.map((note) => html`<p class="note">${note}</p>`)}
<p class="muted">${practice}</p></section>`;
}

function rowOf(row: readonly Cell[]): Html {
  const [first, ...rest] = row;
  const head = typeof first === 'string' ? html`<th scope="row">${first}</th>` : cell(first ?? null);
  return html`<tr>${head}${rest.map(cell)}</tr>`;
}

function cell(value: Cell): Html {
  if (value === null) return html`<td class="muted">unknown</td>`;
  return html`<td>${typeof value === 'number' ? count(value) : value}</td>`;
}
