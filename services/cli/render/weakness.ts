// A weakness as a person reads it in a terminal.
import { ticketContradicts } from '../../core/ticket-words.ts';
import { visible } from '../../core/visible.ts';
import type { Weakness, WeaknessTicket } from '../../core/weakness.ts';
import type { Io } from '../io.ts';
import { severityWord, shortTime } from './finding.ts';

/** `acme/shop src/search.ts:41`, `acme/shop left-pad@1.0.0`. */
export function placeOf({ repository, location, package: of }: Weakness): string {
  const line = location?.line === undefined ? '' : `:${location.line}`;
  const packaged = of && `${of.name}${of.version === undefined ? '' : `@${of.version}`}`;
  return [repository, packaged ?? (location && `${location.path}${line}`)].filter(Boolean).join(' ');
}

/** `SEC-12 Closed (Won’t do): ticket closed, still found`; empty where there is none. */
export function ticketOf(weakness: Weakness): string {
  const { ticket } = weakness;
  if (!ticket) return '';
  const { key, status, category, resolution } = ticket;
  const result = resolution === undefined ? '' : ` (${resolution})`;
  return [`${[key, status ?? category].filter(Boolean).join(' ')}${result}`, ticketContradicts(weakness)]
    .filter(Boolean)
    .join(': ');
}

export function renderWeakness(weakness: Weakness, io: Io): string {
  const { priority, title, kinds, state, tellings, reasons, first_seen, last_seen, fixed, times, runs, id } = weakness;
  const fix = weakness.package?.fixed_version;
  const merged = weakness.merged_into === undefined ? '' : ` into ${weakness.merged_into}`;
  return [
    `${severityWord(priority, io)} ${io.style('bold', visible(title))} [${visible(kinds.join(', '))}]`,
    `  where    ${visible(placeOf(weakness))}`,
    ...(fix === undefined ? [] : [`  mended   in ${visible(fix)}`]),
    `  state    ${state}${merged}${fixed === undefined ? '' : ` since ${shortTime(fixed)}`}`,
    ...(weakness.ticket ? ticketLines(weakness, weakness.ticket) : []),
    `  seen     ${shortTime(first_seen)} to ${shortTime(last_seen)} UTC, in ${times} reports`,
    ...reasons.map((reason, index) => `  ${index === 0 ? 'because' : '       '}  ${visible(reason)}`),
    ...tellings.map(({ tool, rule, state: said, last_seen: heard, branch, category }) => {
      const of = [branch, category].filter(Boolean).join(', ');
      return `  ${shortTime(heard)}  ${visible(`${tool}: ${said}${rule === undefined ? '' : `, ${rule}`}${of === '' ? '' : ` (${of})`}`)}`;
    }),
    io.style('dim', `  ${visible(runs.length > 0 ? `runs ${runs.join(', ')} · ${id}` : id)}`),
    '',
    '',
  ].join('\n');
}

function ticketLines(weakness: Weakness, { url, updated }: WeaknessTicket): readonly string[] {
  const line = `  ticket   ${visible(ticketOf(weakness))}, changed ${shortTime(updated)}`;
  return url === undefined ? [line] : [line, `           ${visible(url)}`];
}
