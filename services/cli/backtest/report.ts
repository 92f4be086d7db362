// The report of a backtest: one page that stands alone, with the weeks as bars and the alerts with their evidence.
import { raw } from 'hono/html';
import { type Html, html } from '../../console/html.ts';
import { pictureFigure } from '../../console/parts/picture.ts';
import { STYLE } from '../../console/style.ts';
import { formatInstant, type Instant } from '../../core/time.ts';
import { visible } from '../../core/visible.ts';
import type { Quality } from './labels.ts';
import { describeCounts, type Outcome } from './outcome.ts';

/** Alerts that are shown with their evidence, the most severe of the first outcome. */
const SHOWN = 20;
const BAR = 14;
const HEIGHT = 90;

/** `from`: when the first week begins. */
export function reportPage(
  outcomes: readonly Outcome[],
  qualities: readonly Quality[] | undefined,
  from: Instant,
): string {
  const [first] = outcomes;
  return String(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Backtest</title><style>${raw(STYLE)}</style></head>
<body><main id="main">
<h1>What would have been raised</h1>
<p>From ${formatInstant(from).slice(0, 10)}, over ${first?.weeks.toFixed(1) ?? '0'} weeks. An alert is an incident of medium or more.</p>
${outcomes.map((outcome, index) => outcomeSection(outcome, qualities?.[index], index))}
${first ? alertsSection(first) : ''}
</main></body></html>`);
}

function outcomeSection(
  { name, weeks, alerts, weekly, detectors }: Outcome,
  quality: Quality | undefined,
  index: number,
): Html {
  return html`<section aria-labelledby="o${index}"><h2 id="o${index}">${visible(name)}</h2>
<p>${alerts.length} alerts, ${(alerts.length / weeks).toFixed(2)} a week${quality ? `; ${described(quality)}` : ''}.</p>
${weekBars(weekly, `w${index}`)}
<table><thead><tr><th>Detector</th><th>Alerts</th><th>Findings</th></tr></thead>
<tbody>${detectors.map((each) => html`<tr><td>${each.detector}</td><td>${each.alerts}</td><td>${describeCounts(each.findings)}</td></tr>`)}</tbody></table>
</section>`;
}

function described({ precision, attacks, found, delay_s }: Quality): string {
  const right = precision === null ? 'no alert to be right' : `${Math.round(precision * 100)} % of them right`;
  return `${right}, ${found} of ${attacks} attacks found${delay_s === null ? '' : `, ${Math.round(delay_s)} s after they began`}`;
}

function weekBars(weekly: readonly number[], id: string): Html {
  const most = Math.max(1, ...weekly);
  return html`<svg class="chart" viewBox="0 0 ${weekly.length * BAR + 30} ${HEIGHT + 14}" width="${weekly.length * BAR + 30}" role="img" aria-labelledby="${id}">
<title id="${id}">Alerts by week: ${weekly.join(', ')}</title>
<text x="24" y="10" text-anchor="end">${most}</text><text x="24" y="${HEIGHT}" text-anchor="end">0</text>
${weekly.map((count, week) => {
  const height = (count / most) * (HEIGHT - 4);
  return html`<rect class="heat h4" x="${28 + week * BAR}" y="${HEIGHT - height}" width="${BAR - 3}" height="${height}"/>`;
})}
</svg>`;
}

function alertsSection({ alerts, records }: Outcome): Html {
  const shown = alerts.slice(0, SHOWN);
  if (shown.length === 0) return html`<p>Nothing would have been raised.</p>`;
  return html`<section aria-labelledby="alerts"><h2 id="alerts">The first ${shown.length} alerts</h2>
${shown.map(
  ({ incident, at }) => html`<article class="card ${incident.severity}"><h3>${visible(incident.title)}</h3>
<p>${incident.severity}, ${formatInstant(at).slice(0, 16).replace('T', ' ')} UTC</p>
<ol>${incident.story.slice(0, 8).map((line) => {
    const found = records.get(line.finding);
    return html`<li>${visible(line.text)}${found ? html`<br><small>${visible(found.finding.evidence.expected)}</small>${found.picture ? pictureFigure(found.picture, `p${line.finding}`) : ''}` : ''}</li>`;
  })}</ol></article>`,
)}</section>`;
}
