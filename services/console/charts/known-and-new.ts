// What is usual as bars with counts, and the new set apart below: destinations of a pipeline, networks of a token.
import type { Picture } from '../../core/finding.ts';
import { cut, visible } from '../../core/visible.ts';
import { count, plural } from '../format.ts';
import { type Html, html } from '../html.ts';

export type KnownAndNewPicture = Extract<Picture, { type: 'known-and-new' }>;

const MOST_KNOWN = 8;
const MOST_NEW = 12;
const ROW = 17;
const BAR_LEFT = 142;
const BAR_WIDTH = 122;
const WIDTH = 300;
const LABEL = 27;

/** `id` must be unique on the page: the texts for screen readers are found by it. */
export function knownAndNew(picture: KnownAndNewPicture, id: string): Html {
  const known = picture.known.toSorted((a, b) => b.times - a.times);
  const bars = known.slice(0, MOST_KNOWN);
  const fresh = picture.fresh.slice(0, MOST_NEW);
  const most = Math.max(...bars.map((bar) => bar.times), 1);
  const hiddenKnown = known.length - bars.length;
  const hiddenNew = picture.fresh.length - fresh.length;
  const divide = (bars.length + (hiddenKnown > 0 || bars.length === 0 ? 1 : 0)) * ROW + 4;
  const height = divide + 5 + (fresh.length + (hiddenNew > 0 ? 1 : 0)) * ROW + 2;
  const what = visible(cut(picture.what, 80));
  const named = fresh.map((value) => visible(cut(value, 200))).join(', ');
  return html`<svg class="chart known" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">Known and new: ${what}</title>
<desc id="${id}-desc">${plural(known.length, 'known value')}, ${plural(picture.fresh.length, 'new one')}: ${named}.</desc>
${bars.map((bar, row) => knownRow(bar.value, bar.times, most, row * ROW))}
${bars.length === 0 ? note('nothing known yet', 0) : ''}
${hiddenKnown > 0 ? note(`and ${count(hiddenKnown)} more known`, bars.length * ROW) : ''}
<line class="divide" x1="0" x2="${WIDTH}" y1="${divide}" y2="${divide}"/>
${fresh.map((value, row) => newRow(value, divide + 5 + row * ROW))}
${hiddenNew > 0 ? note(`and ${count(hiddenNew)} more new`, divide + 5 + fresh.length * ROW) : ''}
</svg>`;
}

function knownRow(value: string, times: number, most: number, top: number): Html {
  const width = Math.max((times / most) * BAR_WIDTH, 1.5);
  return html`<g>${label(value, top, 'value')}
<rect class="bar" x="${BAR_LEFT}" y="${top + 3}" width="${round(width)}" height="10" rx="2"/>
<text x="${round(BAR_LEFT + width + 5)}" y="${top + 11}">${count(times)}×</text></g>`;
}

function newRow(value: string, top: number): Html {
  return html`<g class="new">${label(value, top, 'value new-label')}
<path class="odd" d="M${BAR_LEFT + 5} ${top + 3}l5 5l-5 5l-5 -5Z"/>
<text class="new-label" x="${BAR_LEFT + 15}" y="${top + 11}">new: never before</text></g>`;
}

function label(value: string, top: number, classes: string): Html {
  const text = visible(value);
  const whole = text.length > LABEL ? html`<title>${cut(text, 400)}</title>` : '';
  return html`<text class="${classes}" x="${BAR_LEFT - 8}" y="${top + 11}" text-anchor="end">${middle(text)}${whole}</text>`;
}

/** Cut in the middle: the end of a host name tells more than its beginning. */
function middle(text: string): string {
  const characters = [...text];
  return characters.length <= LABEL ? text : [...characters.slice(0, 9), '…', ...characters.slice(10 - LABEL)].join('');
}

function note(text: string, top: number): Html {
  return html`<text class="note" x="${BAR_LEFT - 8}" y="${top + 11}" text-anchor="end">${text}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
