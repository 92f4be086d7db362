// The small picture of a finding, in characters.
import type { Picture } from '../../core/finding.ts';
import { visible } from '../../core/visible.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const SHADES = [' ', '░', '▒', '▓', '█'] as const;

export function drawPicture(picture: Picture): string {
  switch (picture.type) {
    case 'week':
      return drawWeek(picture.hours, picture.at, picture.zone);
    case 'known-and-new': {
      const widest = Math.max(1, ...picture.known.map(({ times }) => times));
      const known = picture.known.map(
        ({ value, times }) => `  ${bar(times / widest)} ${String(times).padStart(5)}  ${visible(value)}\n`,
      );
      const fresh = picture.fresh.map((value) => `  ${' '.repeat(20)}   new  ${visible(value)}\n`);
      return [...known, ...fresh].join('');
    }
    case 'delta':
      return picture.lines.map(({ sign, text }) => `  ${sign} ${visible(text)}\n`).join('');
  }
}

/** Seven rows of twenty-four hours; `◆` is the odd one. */
function drawWeek(hours: readonly number[], at: number, zone: string): string {
  const most = Math.max(...hours, Number.MIN_VALUE);
  const rows = DAYS.map((day, index) => {
    const cells = hours.slice(index * 24, index * 24 + 24).map((share, hour) => {
      if (index * 24 + hour === at) return '◆';
      return SHADES[Math.ceil((share / most) * (SHADES.length - 1) - 0.25)] ?? ' ';
    });
    return `  ${day} │${cells.join('')}│\n`;
  });
  return `       0     6     12    18    ${visible(zone)}\n${rows.join('')}       ◆ this one; darker: more usual\n`;
}

function bar(share: number): string {
  return '█'.repeat(Math.max(1, Math.round(share * 20))).padEnd(20);
}
