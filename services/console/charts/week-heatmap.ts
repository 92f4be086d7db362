// A week of an actor as 7 × 24 cells in their own time zone, with the odd hour on it.
import type { Picture } from '../../core/finding.ts';
import { cut, visible } from '../../core/visible.ts';
import { type Html, html } from '../html.ts';

export type WeekPicture = Extract<Picture, { type: 'week' }>;

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const STEP = 11.4;
const CELL = 10.2;
const LEFT = 28;
const TOP = 14;
const WIDTH = LEFT + 24 * STEP;
const HEIGHT = TOP + 7 * STEP + 34;

/** `id` must be unique on the page: the texts for screen readers are found by it. */
export function weekHeatmap(picture: WeekPicture, id: string): Html {
  const most = Math.max(...picture.hours, 0);
  const zone = visible(cut(picture.zone, 40));
  const cells = Array.from({ length: 168 }, (_, hour) => {
    const level = levelOf(picture.hours[hour] ?? 0, most);
    return html`<rect class="heat h${level}" x="${x(hour)}" y="${y(hour)}" width="${CELL}" height="${CELL}" rx="2"/>`;
  });
  const odd = Number.isInteger(picture.at) && picture.at >= 0 && picture.at < 168 ? picture.at : undefined;
  const days = DAYS.map(
    (day, index) =>
      html`<text x="${LEFT - 5}" y="${TOP + index * STEP + 8.2}" text-anchor="end">${day.slice(0, 3)}</text>`,
  );
  const hours = [0, 3, 6, 9, 12, 15, 18, 21].map(
    (hour) => html`<text x="${x(hour)}" y="${TOP - 5}">${clock(hour)}</text>`,
  );
  return html`<svg class="chart week" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">The usual week, by hour, in ${zone}</title>
<desc id="${id}-desc">${describe(picture.hours, most, odd)}</desc>
${days}${hours}${cells}
${odd === undefined ? '' : oddCell(odd)}
${legend(odd, zone)}
</svg>`;
}

/** `Sunday 03:00–04:00`. */
export function hourName(hour: number): string {
  const start = hour % 24;
  return `${DAYS[Math.floor(hour / 24)] ?? ''} ${clock(start)}–${clock((start + 1) % 24)}`;
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function legend(odd: number | undefined, zone: string): Html {
  const scale = HEIGHT - 26;
  const mark = HEIGHT - 12;
  const swatches = [0, 1, 2, 3, 4].map(
    (level) =>
      html`<rect class="heat h${level}" x="${LEFT + 28 + level * 11}" y="${scale}" width="9" height="9" rx="2"/>`,
  );
  const marked =
    odd === undefined
      ? ''
      : html`${diamond(LEFT + 5.5, mark + 4.5)}
<text class="strong" x="${LEFT + 15}" y="${mark + 7.5}">this one: ${hourName(odd)}</text>`;
  return html`<text x="${LEFT}" y="${scale + 7.5}">never</text>
${swatches}<text x="${LEFT + 86}" y="${scale + 7.5}">often</text>
<text x="${WIDTH - 1.5}" y="${scale + 7.5}" text-anchor="end">${zone}</text>
${marked}`;
}

function oddCell(hour: number): Html {
  const side = CELL + 1;
  return html`<rect class="odd-cell" x="${x(hour) - 0.5}" y="${y(hour) - 0.5}" width="${side}" height="${side}" rx="2"/>
${diamond(x(hour) + CELL / 2, y(hour) + CELL / 2)}`;
}

function diamond(cx: number, cy: number): Html {
  const r = 5.2;
  return html`<path class="odd" d="M${cx} ${cy - r}L${cx + r} ${cy}L${cx} ${cy + r}L${cx - r} ${cy}Z"/>`;
}

/** Square root, so that rare hours differ from never ones; below 2 % of the busiest hour counts as never. */
function levelOf(weight: number, most: number): number {
  if (!(most > 0) || !(weight / most >= 0.02)) return 0;
  return Math.min(Math.ceil(4 * Math.sqrt(weight / most)), 4);
}

function describe(hours: readonly number[], most: number, odd: number | undefined): string {
  const known = most > 0 ? `Busiest: ${hourName(hours.indexOf(most))}.` : 'Nothing is known of this week yet.';
  return odd === undefined ? known : `${known} This one: ${hourName(odd)}.`;
}

function x(hour: number): number {
  return LEFT + (hour % 24) * STEP;
}

function y(hour: number): number {
  return TOP + Math.floor(hour / 24) * STEP;
}
