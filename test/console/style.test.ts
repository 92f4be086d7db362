import { describe, expect, it } from 'vitest';
import { STYLE } from '../../services/console/style.ts';
import { consoleUnderTest } from '../helpers/console.ts';

const COLOURS = new Map(
  [...STYLE.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, ...pair]) => [
    name,
    pair,
  ]),
);
/** Texts by the ground they stand on. */
const ON: Readonly<Record<string, readonly string[]>> = {
  page: ['text', 'muted', 'accent', 'critical', 'good'],
  card: ['text', 'muted', 'accent', 'critical', 'high', 'medium', 'good'],
  sunk: ['text', 'muted', 'accent', 'critical'],
  'critical-soft': ['text', 'critical'],
  'high-soft': ['high'],
  'medium-soft': ['text', 'medium'],
  'low-soft': ['text', 'low'],
  'informational-soft': ['text', 'informational'],
  'good-soft': ['good'],
};

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('the stylesheet', () => {
  it('has text that can be read, light and dark (WCAG AA, 4.5 to 1)', () => {
    for (const [ground, texts] of Object.entries(ON)) {
      for (const text of texts) {
        for (const scheme of [0, 1]) {
          const ratio = contrast(COLOURS.get(text)?.[scheme] ?? '', COLOURS.get(ground)?.[scheme] ?? '');
          expect(ratio, `${text} on ${ground}, ${scheme === 0 ? 'light' : 'dark'}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });

  it('asks nothing of other hosts', async () => {
    const answer = await consoleUnderTest().app.request('/style.css');
    expect(answer.headers.get('content-type')).toContain('text/css');
    expect(await answer.text()).not.toMatch(/url\(|@import|@font-face/);
  });
});
