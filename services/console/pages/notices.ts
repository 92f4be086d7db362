// Pages that say why there is nothing else to see.
import { type Html, html } from '../html.ts';
import { barePage, type Frame, page } from '../layout.ts';
import { name } from '../text.ts';

export function loginNeeded(): Html {
  return barePage(
    'Login needed',
    html`<h1>A login link is needed</h1>
<p>This console opens with a one-time link. Pipewarden printed it in the terminal where it was started;
open that link in this browser.</p>
<p>A link works once, and within 15 minutes. Run <code>pipewarden start</code> again for a fresh one.</p>`,
  );
}

export function notFound(frame: Frame, what: string, id: string): Html {
  return page(
    frame,
    { title: 'Not found' },
    html`<div class="notice"><h1>There is no such ${what}</h1>
<p>${id ? html`Nothing is kept under <code>${name(id)}</code>: ` : ''}
it may have been merged, or be older than what is kept.</p>
<p><a href="/?status=all">All incidents</a></p></div>`,
  );
}

export function failed(sentence: string): Html {
  return barePage(
    'Not answered',
    html`<h1>This page could not be made</h1>
<p>${sentence}</p>
<p><a href="/">Back to the incidents</a></p>`,
  );
}
