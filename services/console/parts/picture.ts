// The small picture that explains a finding, with its caption.
import type { Picture } from '../../core/finding.ts';
import { delta } from '../charts/delta.ts';
import { knownAndNew } from '../charts/known-and-new.ts';
import { weekHeatmap } from '../charts/week-heatmap.ts';
import { type Html, html } from '../html.ts';
import { name } from '../text.ts';

/** `id` must be unique on the page. */
export function pictureFigure(picture: Picture, id: string): Html {
  switch (picture.type) {
    case 'week':
      return figure(
        weekHeatmap(picture, id),
        html`The usual week in the author’s own time (${name(picture.zone, 40)})`,
      );
    case 'known-and-new':
      return figure(knownAndNew(picture, id), html`Usual and new: ${name(picture.what)}`);
    case 'delta':
      return figure(delta(picture), html`What changed`);
  }
}

function figure(content: Html, caption: Html): Html {
  return html`<figure><figcaption>${caption}</figcaption>${content}</figure>`;
}
