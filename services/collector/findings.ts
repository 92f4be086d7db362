// Reports of other tools: many findings in one record, each an activity of kind `alert`.
import type { ActivityDetails, Vcs } from '../core/activity.ts';
import type { Json } from '../core/json.ts';
import { anyKnown, known, text } from './fields.ts';
import type { ActivityDraft } from './source.ts';

/** Findings of one report that become activities; how many there are more, a last activity says. */
export const MOST_FINDINGS = 1_000;

type Draft = Extract<ActivityDraft, { kind: 'alert' }>;
/** Of one finding: what it says, and what it says of place and time instead of the report. */
export type Found = Pick<Draft, 'detail'> & Partial<Pick<Draft, 'native_type' | 'observed_at' | 'vcs'>>;
/** What all findings of a report share. */
export type Report = Omit<Draft, 'kind' | 'detail'> & { readonly tool: string };

/**
 * `read`: undefined for a row that is no finding (a check that passed). A report without findings still becomes one
 * activity, `clean`: that a scan took place is worth knowing.
 */
export function alertsOf(
  { tool, ...report }: Report,
  rows: readonly Json[],
  read: (row: Json) => Found | undefined,
): readonly ActivityDraft[] {
  const found = rows.slice(0, MOST_FINDINGS).flatMap((row) => read(row) ?? []);
  const left = rows.length - MOST_FINDINGS;
  const details: Found[] = left > 0 ? [...found, more(tool, left)] : found.length > 0 ? found : [clean(tool)];
  return details.map((finding) => ({ kind: 'alert', ...report, ...finding }));
}

function more(tool: string, left: number): Found {
  return { detail: { action: 'more', tool, title: `${left} more findings in the same report` } };
}

function clean(tool: string): Found {
  return { detail: { action: 'clean', tool } };
}

/** What was scanned, as far as it is told. */
export function scanned(
  repository: string | undefined,
  head: { readonly name?: string | undefined; readonly revision?: string | undefined } = {},
): Vcs | undefined {
  const told = anyKnown(head);
  return anyKnown({
    repository: repository === undefined ? undefined : { name: repository },
    ref: told && { head: told },
  });
}

/** Where a finding is: a file or an address, and its line. */
export function locationOf(path: string | undefined, line?: number): ActivityDetails['alert']['location'] {
  return path === undefined ? undefined : known({ path, line: line === undefined || line < 1 ? undefined : line });
}

/** Of one finding. */
const MOST_TICKETS = 5;

/** Keys or addresses of tickets; undefined where there are none. */
export function ticketsOf(named: readonly string[] | undefined): readonly string[] | undefined {
  const told = (named ?? []).map((each) => each.trim()).filter((each) => each !== '');
  return told.length === 0 ? undefined : told.slice(0, MOST_TICKETS);
}

/** The first of several fields that says something. */
export function firstOf(row: Json | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = text(row, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
