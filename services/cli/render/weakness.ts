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

/** In a few words, the most important ones: `SEC-12 Closed`, `SEC-12 ticket closed, still found`; empty where there is none. */
export function ticketOf(weakness: Weakness): string {
  const { key = '', status, category } = weakness.ticket ?? {};
  return [key, ticketContradicts(weakness) ?? status ?? category].filter(Boolean).join(' ');
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

function ticketLines(weakness: Weakness, ticket: WeaknessTicket): readonly string[] {
  const { key, status, category, resolution, updated, url } = ticket;
  const told = [key, status ?? category, resolution && `(${resolution})`].filter(Boolean).join(' ');
  const contradiction = ticketContradicts(weakness);
  return [
    `  ticket   ${visible(told)}, changed ${shortTime(updated)}${contradiction === undefined ? '' : `: ${contradiction}`}`,
    ...(url === undefined ? [] : [`           ${visible(url)}`]),
  ];
}
