// Text from outside as markup: escaped, its hidden characters marked, the redactor's marks set apart, cut where long.

import { cut, pieces, visible } from '../core/visible.ts';
import { count } from './format.ts';
import { type Html, html } from './html.ts';

const REDACTED = /(\[redacted:[\w.-]{1,64}:[0-9a-f]{1,64}\])/;
/** What a page shows at most of one sentence or value, and of one text of several lines. */
const WHOLE = 5_000;
const BLOCK = 50_000;

/** In a line of its own or inside one; `lines`: line feeds and tabs stay. */
export function shown(text: string, lines = false): readonly Html[] {
  return pieces(text, lines).flatMap((piece) =>
    piece.mark ? [html`<span class="${piece.mark}-char">${piece.text}</span>`] : withRedactions(piece.text),
  );
}

/** A name, kept apart from its neighbours' writing direction; cut, with the rest in its tooltip. */
export function name(text: string, limit = 80): Html {
  const tooltip = text.length > limit ? html` title="${visible(cut(text, 1_000))}"` : '';
  return html`<bdi${tooltip}>${shown(cut(text, limit))}</bdi>`;
}

/** A sentence or value of any length; what is long unfolds. Block content: not for headings and paragraphs. */
export function long(text: string, limit = 400): Html {
  if (text.length <= limit) return html`<bdi>${shown(text)}</bdi>`;
  return html`<details class="long">
<summary><bdi>${shown(cut(text, limit))}</bdi> <span class="more">all ${count(text.length)} characters</span></summary>
<bdi>${shown(cut(text, WHOLE))}</bdi>
</details>`;
}

/** Preformatted text of several lines: JSON, a request's body; at most `room` characters of it. */
export function block(text: string, room = BLOCK): Html {
  return html`<pre tabindex="0"><code>${shown(cut(text, Math.min(room, BLOCK)), true)}</code></pre>`;
}

function withRedactions(text: string): Html[] {
  return text
    .split(REDACTED)
    .map((part, index) => (index % 2 === 1 ? html`<span class="redacted">${part}</span>` : html`${part}`));
}
