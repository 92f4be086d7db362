// Pages that say why there is nothing else to see.
import { type Html, html } from '../html.ts';
import { barePage, type Frame, page } from '../layout.ts';
import { name } from '../text.ts';

/** `comesBack`: the browser remembers where they wanted to go. */
export function loginNeeded(comesBack: boolean): Html {
  return barePage(
    'Login needed',
    html`<h1>A login link is needed</h1>
<p>This console opens with a one-time link. Pipewarden printed one in the terminal where it was started;
<code>pipewarden start --login NAME</code> prints another for a person, while it runs. Open that link in this browser${comesBack ? ', and you come back to here' : ''}.</p>
<p>A link works once, and within 15 minutes.</p>`,
  );
}

/** Asks once more, so that nobody else's look at the link uses it up. */
export function loginAs(person: string, token: string): Html {
  return barePage(
    'Log in',
    html`<h1>Log in as ${name(person)}</h1>
<p>What you say of containment from then on is said in this name, for twelve hours, in this browser.</p>
<form method="post" action="/login?${new URLSearchParams({ token })}" class="decision">
<div class="buttons"><button type="submit" class="agree">I am ${name(person)}</button></div></form>`,
  );
}

export function linkUseless(frame: Frame, why: string): Html {
  return page(
    frame,
    { title: 'This link decides nothing' },
    html`<div class="notice"><h1>This link decides nothing</h1>
<p>${why}</p>
<p>What waits can be decided on its run’s page: <a href="/">go on to the incidents</a>.</p></div>`,
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
