// Severities, statuses and modes: always a word and a shape, never colour alone.
import type { Incident } from '../core/incident.ts';
import type { PlaybookRun, StepStatus } from '../core/playbook.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { type Html, html } from './html.ts';

/** A meter of four bars, as many filled as the severity has steps above informational. */
export function severityBadge(severity: Severity): Html {
  const level = SEVERITIES.indexOf(severity);
  const bars = [1, 2, 3, 4].map(
    (bar) =>
      html`<rect class="${bar <= level ? 'on' : 'off'}" x="${bar * 4 - 4}" y="${10 - bar * 2.5}" width="3" height="${bar * 2.5}"/>`,
  );
  return html`<span class="severity ${severity}"><svg viewBox="0 0 15 10" width="15" height="10" aria-hidden="true" focusable="false">${bars}</svg>${severity}</span>`;
}

const INCIDENT_GLYPHS: Record<Incident['status'], string> = { open: '●', closed: '✓', merged: '⇢' };

export function incidentStatus(status: Incident['status']): Html {
  return html`<span class="status ${status}"><span aria-hidden="true">${INCIDENT_GLYPHS[status]}</span> ${status}</span>`;
}

const STEP_GLYPHS: Record<StepStatus, string> = {
  pending: '○',
  planned: '◇',
  waiting: '‖',
  executed: '▸',
  verified: '✓',
  skipped: '–',
  failed: '✕',
  undone: '↺',
};

export function stepStatus(status: StepStatus): Html {
  return html`<span class="status ${status}"><span aria-hidden="true">${STEP_GLYPHS[status]}</span> ${status}</span>`;
}

const RUN_GLYPHS: Record<PlaybookRun['status'], string> = {
  pending: '○',
  running: '▸',
  waiting: '‖',
  done: '✓',
  failed: '✕',
};

export function runStatus(status: PlaybookRun['status']): Html {
  return html`<span class="status ${status}"><span aria-hidden="true">${RUN_GLYPHS[status]}</span> ${status}</span>`;
}

export function modeBadge(mode: 'dry' | 'act'): Html {
  return mode === 'dry'
    ? html`<span class="mode dry"><span aria-hidden="true">◇</span> dry run: nothing is sent</span>`
    : html`<span class="mode act"><span aria-hidden="true">▸</span> acting</span>`;
}
