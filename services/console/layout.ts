// The frame around every page: head, top bar, banners, footer.
import type { Instant } from '../core/time.ts';
import { cut, visible } from '../core/visible.ts';
import type { Health } from '../telemetry/health.ts';
import { modeBadge } from './badges.ts';
import { absolute } from './format.ts';
import { type Html, html } from './html.ts';
import { name } from './text.ts';

/** What is the same on every page of one answer. */
export interface Frame {
  readonly sample: boolean;
  readonly mode: 'dry' | 'act';
  readonly health: Health;
  readonly now: Instant;
  /** Who is logged in; absent: somebody who only looks. */
  readonly person?: string;
}

export interface PageHead {
  readonly title: string;
  /** Seconds after which the page loads itself again; for pages that wait for something to appear. */
  readonly refresh?: number;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath fill='%231f5fbf' d='M12 1 3 4.5V11c0 5.6 3.8 10.4 9 12 5.2-1.6 9-6.4 9-12V4.5z'/%3E%3Cpath fill='none' stroke='%23fff' stroke-width='2.2' d='M6.5 12H10l2-4 2 8 1.5-4h2'/%3E%3C/svg%3E";

const LOGO = html`<svg class="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
<path class="shield" d="M12 1 3 4.5V11c0 5.6 3.8 10.4 9 12 5.2-1.6 9-6.4 9-12V4.5z"/>
<path class="pulse" d="M6.5 12H10l2-4 2 8 1.5-4h2"/></svg>`;

export function page(frame: Frame, head: PageHead, main: Html): Html {
  return html`${opening(head)}
<header class="top">
<a class="brand" href="/">${LOGO}<span>Pipewarden</span></a>
<nav aria-label="Main"><a href="/">Incidents</a> <a href="/measures">Measures</a> <a href="/given-up">Given up</a></nav>
<span class="who">${frame.person === undefined ? 'only looking' : html`you are ${name(frame.person)}`}</span>
${modeBadge(frame.mode)}
</header>
${frame.sample ? sampleBanner() : ''}
${frame.health.ready ? '' : notReady(frame.health)}
<main id="main">${main}</main>
<footer>
<ul class="parts" aria-label="Parts of this process">${frame.health.parts.map(partItem)}</ul>
<p>All times in UTC. This page is of ${absolute(frame.now)}.</p>
</footer>
</body>
</html>`;
}

/** A page for somebody who is not logged in: nothing of the data, no way further. */
export function barePage(title: string, main: Html): Html {
  return html`${opening({ title })}
<header class="top"><span class="brand">${LOGO}<span>Pipewarden</span></span></header>
<main id="main" class="notice">${main}</main>
</body>
</html>`;
}

function opening(head: PageHead): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${head.refresh ? html`<meta http-equiv="refresh" content="${head.refresh}">` : ''}
<title>${visible(cut(head.title, 120))} · Pipewarden</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>`;
}

function sampleBanner(): Html {
  return html`<aside class="banner sample" aria-label="Sample data">
<strong>Sample data:</strong> a recording of a made-up organization.
Connect your own system: write a <code>pipewarden.yaml</code>, or try <code>pipewarden replay --source git PATH</code>.</aside>`;
}

function notReady(health: Health): Html {
  const failing = health.parts.filter((part) => !part.ok);
  return html`<aside class="banner alarm" aria-label="Not ready"><strong>Not everything runs.</strong>
${failing.map((part) => html`<span>${name(part.name)}: ${name(part.note, 200)}.</span> `)}What you see may be old.</aside>`;
}

function partItem(part: Health['parts'][number]): Html {
  return html`<li class="${part.ok ? 'ok' : 'failing'}"><span aria-hidden="true">${part.ok ? '✓' : '✕'}</span>
${name(part.name)} <span class="muted">${part.ok ? '' : 'failing: '}${name(part.note, 120)}</span></li>`;
}
