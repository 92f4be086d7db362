// One finding on a page of its own, with its advice and its first activity unfolded.
import type { DetectorInfo } from '../../core/detector.ts';
import type { FindingRecord } from '../../core/finding.ts';
import { severityBadge } from '../badges.ts';
import { moment } from '../format.ts';
import { type Html, html } from '../html.ts';
import { type Frame, page } from '../layout.ts';
import { activities, advice, findingBody, PAGE_ROOM } from '../parts/finding.ts';
import { long, name } from '../text.ts';

export function findingPage(frame: Frame, record: FindingRecord, detector: DetectorInfo | undefined): Html {
  const { finding } = record;
  return page(
    frame,
    { title: `${finding.severity}: ${finding.title}` },
    html`<nav class="crumbs" aria-label="Breadcrumb"><a href="/">Incidents</a>
${finding.incident ? html`<span aria-hidden="true">›</span> <a href="/incidents/${finding.incident}">its incident</a>` : ''}</nav>
<header class="subject">
<h1>${name(finding.title, 240)}</h1>
<p class="summary">${severityBadge(finding.severity)} <span>${moment(finding.time, frame.now)}</span>
${finding.repository ? html`<span>${name(finding.repository)}</span>` : ''}
${finding.run ? html`<span>run ${name(finding.run)}</span>` : ''}
<code>${finding.id}</code></p>
</header>
<div class="columns">
<section class="lead" aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>
<article class="card finding ${finding.severity}">${findingBody(record, 'picture')}</article></section>
<div class="side-column">${detector ? aboutDetector(detector) : ''}</div>
<section class="rest-column">${activities(record, frame.now, 'h2', PAGE_ROOM)}</section>
</div>`,
  );
}

function aboutDetector(detector: DetectorInfo): Html {
  return html`<section class="card side" aria-labelledby="detector"><h2 id="detector">What to do</h2>
${advice(detector, 'h3')}
<h3>The detector</h3><div>${long(detector.summary)}</div></section>`;
}
