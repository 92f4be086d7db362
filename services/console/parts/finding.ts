// One finding, explained: three sentences, how unusual, its picture, what to do, and the activities it rests on.
import type { DetectorInfo } from '../../core/detector.ts';
import type { FindingRecord } from '../../core/finding.ts';
import type { Instant } from '../../core/time.ts';
import { severityBadge } from '../badges.ts';
import { attackTag, owaspTag } from '../catalogues.ts';
import { moment, oneIn, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { long, name } from '../text.ts';
import { activityDetails } from './activity.ts';
import { pictureFigure } from './picture.ts';

const MOST_ACTIVITIES = 20;

/** Characters of records and logs on one page, shared out evenly: an attacker's finding must not make a page huge. */
export const PAGE_ROOM = 300_000;

/** Where on the page it stands: headings must not skip a level. */
type Heading = 'h2' | 'h3' | 'h4';

export function findingCard(
  record: FindingRecord,
  detector: DetectorInfo | undefined,
  now: Instant,
  room: number,
): Html {
  const { finding } = record;
  const anchor = `finding-${finding.id}`;
  return html`<article class="card finding ${finding.severity}" id="${anchor}" aria-labelledby="${anchor}-title">
<header>
${severityBadge(finding.severity)}
<h3 id="${anchor}-title"><a href="/findings/${finding.id}">${name(finding.title, 160)}</a></h3>
<span class="when">${moment(finding.time, now)}</span>
</header>
${findingBody(record, `${anchor}-picture`)}
${detector ? foldedAdvice(detector) : ''}
${activities(record, now, 'h4', room)}
</article>`;
}

function foldedAdvice(detector: DetectorInfo): Html {
  return html`<details class="advice"><summary>What to do, and when it is harmless</summary>
${advice(detector, 'h4')}
</details>`;
}

/** Everything of a finding between its title and its advice. */
export function findingBody(record: FindingRecord, pictureId: string): Html {
  const { finding, picture } = record;
  return html`<div class="explained${picture ? ' with-picture' : ''}">
<dl class="sentences">
<div><dt>Observed</dt><dd class="observed">${long(finding.evidence.observed)}</dd></div>
<div><dt>Usually</dt><dd>${long(finding.evidence.expected)}</dd></div>
<div><dt>How unusual</dt><dd>${unusual(finding.surprise)}</dd></div>
<div><dt>History</dt><dd>${long(finding.evidence.history)}</dd></div>
<div><dt>About</dt><dd>${finding.entity.type} ${name(finding.entity.id)}</dd></div>
<div><dt>Raised by</dt><dd><code>${name(finding.detector)}</code> <span class="muted">${name(finding.catalogue)}</span></dd></div>
</dl>
${picture ? pictureFigure(picture, pictureId) : ''}
</div>
<p class="tags">${finding.owasp.map(owaspTag)}${finding.attack.map(attackTag)}</p>`;
}

export function unusual(surprise: number | null): Html {
  return surprise === null
    ? html`a rule: no probability`
    : html`<strong>${oneIn(surprise)}</strong> <span class="muted">(${surprise.toFixed(1)} bits)</span>`;
}

export function advice(detector: DetectorInfo, heading: Heading): Html {
  const items = (texts: readonly string[]) => texts.map((text) => html`<li>${text}</li>`);
  return html`${title(heading, 'Next steps')}<ol>${items(detector.next)}</ol>
${title(heading, 'Known to be harmless when')}<ul>${items(detector.falsePositives)}</ul>`;
}

/** On the finding's own page (`h2`) the first one is unfolded. */
export function activities(record: FindingRecord, now: Instant, heading: Heading, room: number): Html {
  const marks = record.picture?.type === 'known-and-new' ? record.picture.fresh : [];
  const listed = record.activities.slice(0, MOST_ACTIVITIES);
  const left = record.activities.length - listed.length;
  if (listed.length === 0) return html`<p class="muted">The activities behind it are no longer kept.</p>`;
  return html`<div class="activities">
${title(heading, `${plural(record.activities.length, 'activity', 'activities')} behind it`)}
${listed.map((activity, index) => {
  const open = heading === 'h2' && index === 0;
  return activityDetails(activity, { marks, now, open, room: Math.floor(room / listed.length) });
})}
${left > 0 ? html`<p class="muted">${plural(left, 'more activity', 'more activities')} not shown.</p>` : ''}
</div>`;
}

function title(heading: Heading, text: string): Html {
  switch (heading) {
    case 'h2':
      return html`<h2>${text}</h2>`;
    case 'h3':
      return html`<h3>${text}</h3>`;
    case 'h4':
      return html`<h4>${text}</h4>`;
  }
}
