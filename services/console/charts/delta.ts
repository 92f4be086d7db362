// A change in words, line by line: what came (+), went (−) or changed (~). A list, not a drawing: its lines are text
// that has to wrap, to be read aloud and to be copied.
import type { Picture } from '../../core/finding.ts';
import { cut } from '../../core/visible.ts';
import { count } from '../format.ts';
import { type Html, html } from '../html.ts';
import { shown } from '../text.ts';

export type DeltaPicture = Extract<Picture, { type: 'delta' }>;

const MOST_LINES = 60;
const LINE = 500;
const KINDS = {
  '+': { css: 'added', word: 'added', glyph: '+' },
  '-': { css: 'removed', word: 'removed', glyph: '−' },
  '~': { css: 'changed', word: 'changed', glyph: '~' },
} as const;

export function delta(picture: DeltaPicture): Html {
  const rest = picture.lines.length - MOST_LINES;
  return html`<ul class="delta">
${picture.lines.slice(0, MOST_LINES).map(({ sign, text }) => {
  const kind = KINDS[sign];
  const spoken = html`<span class="only-read">${kind.word}: </span>`;
  return html`<li class="${kind.css}"><span class="sign" aria-hidden="true">${kind.glyph}</span>${spoken}<bdi>${shown(cut(text, LINE))}</bdi></li>`;
})}
${rest > 0 ? html`<li class="rest">and ${count(rest)} more</li>` : ''}
</ul>`;
}
