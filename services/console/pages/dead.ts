// What was given up: jobs of containment that are not tried any more, and entries that could not be used or delivered.
import type { DeadLetter } from '../../core/messages.ts';
import type { DeadJob } from '../../core/ports/job-queue.ts';
import { count, moment, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { type Frame, page } from '../layout.ts';
import type { DeadList } from '../load.ts';
import { block, long, name } from '../text.ts';

export function deadPage(frame: Frame, list: DeadList): Html {
  return page(
    frame,
    { title: 'Given up' },
    html`<h1>Given up</h1>
<section class="given-up" aria-labelledby="jobs"><h2 id="jobs">Jobs</h2>
${list.jobs === undefined ? UNASKED : jobsPart(list.jobs)}</section>
<section class="given-up" aria-labelledby="letters"><h2 id="letters">Entries</h2>
${lettersPart(list, frame)}</section>`,
  );
}

const UNASKED = html`<p><strong>The job queue does not answer.</strong> Its dead jobs are not shown.</p>`;

function jobsPart(jobs: readonly DeadJob[]): Html {
  if (jobs.length === 0) return html`<p class="muted">No job is dead.</p>`;
  return html`<p>Not tried any more. <code>pipewarden runs retry ID</code> puts one back.</p>
<div class="scroll" tabindex="0"><table class="dead">
<thead><tr>${['Run', 'Tries', 'Last error', 'Job'].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${jobs.map(
    ({ id, data, attempts, error }) => html`<tr>
<td><code>${name(data.run ?? '', 64)}</code></td>
<td>${count(attempts)}</td>
<td>${long(error)}</td>
<td><code>${name(id, 64)}</code></td>
</tr>`,
  )}</tbody>
</table></div>`;
}

function lettersPart({ letters, total, next }: DeadList, frame: Frame): Html {
  if (letters.length === 0) return html`<p class="muted">Everything was used and delivered.</p>`;
  return html`<div class="scroll" tabindex="0"><table class="dead">
<thead><tr>${['When', 'Who gave up', 'Why', 'What'].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${letters.map((letter) => letterRow(letter, frame))}</tbody>
</table></div>
<nav class="paging" aria-label="Pages"><span class="muted">${plural(total, 'entry', 'entries')}</span>
${next === undefined ? '' : html`<a href="/given-up?${new URLSearchParams({ after: next })}" rel="next">Next page</a>`}
</nav>`;
}

function letterRow({ time, component, error, reason, payload, origin }: DeadLetter, { now }: Frame): Html {
  return html`<tr>
<td>${moment(time, now)}</td>
<td>${name(component)}</td>
<td><code>${name(error)}</code> ${long(reason)}</td>
<td>${origin === undefined ? '' : html`<div class="muted">${name(origin)}</div>`}
<details><summary>Payload</summary>${block(JSON.stringify(payload, null, 2), 5_000)}</details></td>
</tr>`;
}
