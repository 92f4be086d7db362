// One activity that a finding rests on: its facts, its redacted record or its log lines. Folded until wanted.
import type { Activity } from '../../core/activity.ts';
import type { Instant } from '../../core/time.ts';
import { cut } from '../../core/visible.ts';
import { moment, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { block, long, name, shown } from '../text.ts';

const MOST_LINES = 300;
/** Lines shown before the first one that matters, where a chunk is longer than that. */
const LEAD = 20;
const LINE = 1_000;

export interface ActivityView {
  /** Texts that make a log line worth a mark, e.g. the new hosts. */
  readonly marks: readonly string[];
  readonly now: Instant;
  readonly open: boolean;
  /** Characters of record or log that may be shown. */
  readonly room: number;
}

export function activityDetails(activity: Activity, view: ActivityView): Html {
  const { now, open } = view;
  const where = activity.vcs?.repository?.name ?? activity.organization;
  const who = activity.actor?.name ?? activity.actor?.email;
  return html`<details class="activity"${open ? html` open` : ''}>
<summary><span class="kind">${activity.kind}</span> ${where ? name(where) : ''} ${who ? html`by ${name(who)}` : ''}
<span class="when">${moment(activity.observed_at, now)}</span></summary>
<dl class="facts">${facts(activity, now).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${activity.kind === 'log' ? logLines(activity.detail.first_line, activity.detail.lines, view) : record(activity, view.room)}
</details>`;
}

function facts(activity: Activity, now: Instant): [string, Html][] {
  const { actor, credential, client, vcs, cicd, occurred_at: occurred, redactions = {} } = activity;
  const rows: [string, Html][] = [];
  const add = (term: string, ...values: readonly (string | number | undefined)[]) => {
    const text = values.filter((value) => value !== undefined && value !== '').join(' · ');
    if (text) rows.push([term, long(text, 160)]);
  };
  add('Source', activity.source, activity.native_type);
  if (occurred) rows.push(['Claimed time', html`${moment(occurred.at, now)}${offset(occurred.offset_minutes)}`]);
  add('Actor', actor?.name, actor?.email, actor?.type === 'bot' ? 'bot' : undefined);
  add('Credential', credential?.type, credential?.id);
  add('Client', client?.address, client?.country_iso_code, client?.asn && `AS${client.asn}`, client?.user_agent);
  add('Repository', vcs?.repository?.name, vcs?.repository?.visibility);
  add('Ref', vcs?.ref?.head?.name, vcs?.ref?.head?.revision);
  add('Change', vcs?.change?.id, vcs?.change?.title);
  add('Pipeline', cicd?.pipeline?.name, cicd?.pipeline?.definition);
  add('Run', cicd?.pipeline?.run?.id, cicd?.pipeline?.run?.trigger, cicd?.pipeline?.run?.result);
  const link = runLink(cicd?.pipeline?.run?.url);
  if (link) rows.push(['Open the run', link]);
  add('Job', cicd?.pipeline?.task?.name);
  add('Runner', cicd?.worker?.name ?? cicd?.worker?.id, ...(cicd?.worker?.labels ?? []));
  const exposed = activity.kind === 'exposure' ? activity.detail.kinds : redactions;
  add('Redacted', ...Object.entries(exposed).map(([kind, times]) => `${times} × ${kind}`));
  add('Input', activity.input);
  return rows;
}

/** Only to where https leads, and with the host to be seen before the click. */
function runLink(url: string | undefined): Html | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol, host, href } = new URL(url);
  if (protocol !== 'https:') return undefined;
  return html`<a href="${href}" rel="noreferrer noopener">on ${name(host)}</a>`;
}

function offset(minutes: number | undefined): string {
  if (minutes === undefined) return ' (no offset written)';
  const clock = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16);
  return ` (written with ${minutes < 0 ? '−' : '+'}${clock})`;
}

function record(activity: Activity, room: number): Html {
  const body = activity.record === undefined ? activity.detail : activity.record;
  const title = activity.record === undefined ? 'Details' : 'Record, redacted';
  return html`<div class="record"><p class="label">${title}</p>${block(JSON.stringify(body, null, 2), room)}</div>`;
}

function logLines(first: number, lines: readonly string[], view: ActivityView): Html {
  const wanted = view.marks.filter((mark) => mark.length >= 4);
  const hits = new Set(lines.flatMap((line, index) => (wanted.some((mark) => line.includes(mark)) ? [index] : [])));
  const most = Math.min(MOST_LINES, Math.max(Math.floor(view.room / LINE), LEAD + 1));
  const start = lines.length > most ? Math.max((hits.values().next().value ?? 0) - LEAD, 0) : 0;
  const window = lines.slice(start, start + most);
  const left = lines.length - window.length;
  return html`<div class="record">
<p class="label">Log lines, redacted${left > 0 ? ` (${plural(left, 'more line')} not shown)` : ''}</p>
<ol class="log" tabindex="0">
${window.map((line, index) => logLine(line, first + start + index, hits.has(start + index)))}
</ol></div>`;
}

function logLine(line: string, number: number, hit: boolean): Html {
  const text = shown(cut(line, LINE), true);
  return hit
    ? html`<li value="${number}" class="hit"><mark>${text}</mark></li>`
    : html`<li value="${number}">${text}</li>`;
}
