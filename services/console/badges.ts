// Severities, statuses and modes: always a word and a shape, never colour alone.
import type { Incident } from '../core/incident.ts';
import type { PlaybookRun, StepStatus } from '../core/playbook.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { type Html, html } from './html.ts';

/** A meter of four bars, as many filled as the severity has steps above informational. */
export function severityBadge(severity: Severity): Html {
  const level = SEVERITIES.indexOf(severity);
  const bars = [1, 2, 3, 4].map((bar) => {
    const height = bar * 2.5;
    const lit = bar <= level ? 'on' : 'off';
    return html`<rect class="${lit}" x="${bar * 4 - 4}" y="${10 - height}" width="3" height="${height}"/>`;
  });
  const meter = html`<svg viewBox="0 0 15 10" width="15" height="10" aria-hidden="true" focusable="false">${bars}</svg>`;
  return html`<span class="severity ${severity}">${meter}${severity}</span>`;
}

function statusBadge(status: string, glyph: string): Html {
  return html`<span class="status ${status}"><span aria-hidden="true">${glyph}</span> ${status}</span>`;
}

const INCIDENT_GLYPHS: Record<Incident['status'], string> = { open: '●', closed: '✓', merged: '⇢' };

export function incidentStatus(status: Incident['status']): Html {
  return statusBadge(status, INCIDENT_GLYPHS[status]);
}

const STEP_GLYPHS: Record<StepStatus, string> = {
  pending: '○',
  planned: '◇',
  waiting: '‖',
  executed: '▸',
  verified: '✓',
  skipped: '–',
  failed: '✕',
  undoing: '↶',
  undone: '↺',
};

export function stepStatus(status: StepStatus): Html {
  return statusBadge(status, STEP_GLYPHS[status]);
}

const RUN_GLYPHS: Record<PlaybookRun['status'], string> = {
  pending: '○',
  running: '▸',
  waiting: '‖',
  done: '✓',
  failed: '✕',
};

/** A dry run that is done has contained nothing, and must not look as if it had. */
export function runStatus({ mode, status }: PlaybookRun): Html {
  if (mode === 'act') return statusBadge(status, RUN_GLYPHS[status]);
  return html`<span class="status planned"><span aria-hidden="true">◇</span> dry run ${status}</span>`;
}

export function modeBadge(mode: 'dry' | 'act'): Html {
  return mode === 'dry'
    ? html`<span class="mode dry"><span aria-hidden="true">◇</span> dry run: nothing is sent</span>`
    : html`<span class="mode act"><span aria-hidden="true">▸</span> acting</span>`;
}
