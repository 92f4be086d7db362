// A tool's report as a CI job has it, and what a format makes of one: bodies of records, each of bounded size.
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { known } from '../fields.ts';
import type { Scanned } from '../host.ts';

/** What whoever sends a report says of it. */
export interface ReportContext {
  /** The source that reads it; found out from the content where that is certain. */
  readonly source?: string;
  readonly repository?: string;
  readonly run_id?: string;
  readonly job?: string;
  /** The commit that was scanned. */
  readonly revision?: string;
  readonly branch?: string;
  /** Tells reports of one tool about one repository apart. */
  readonly category?: string;
  /** False: what it does not have may still be there. */
  readonly complete?: boolean;
}

/** One tool's part of a report. */
export interface Scan {
  /** Who scanned what, where it is told even without a finding. */
  readonly by?: Omit<Scanned, 'findings'>;
  readonly category?: string;
  /** False where the tool itself says that it did not come to its end. */
  readonly complete?: boolean;
  /** Made one after the other, so that they need not be in memory together. */
  readonly bodies: Iterable<unknown>;
}

export interface Format {
  /** Whether its findings say themselves which repository they are of; else the sender has to. */
  readonly places?: true;
  /** Whether the report can be nothing else. `value`: undefined where the text is no JSON. */
  is(text: string, value: Json | undefined): boolean;
  /** `values`: as many as the text has one after the other; empty where it is no JSON. Throws REPORT_INVALID. */
  scans(text: string, values: readonly Json[], context: ReportContext): readonly Scan[] | Promise<readonly Scan[]>;
}

/** Of a tool that scans one place at a time. */
export function scannedBy(tool: string, { repository, branch }: ReportContext): NonNullable<Scan['by']> {
  return known({ tool, repository, branch });
}

/** Findings of one report; GitHub takes 25,000 of a run. A report with more is refused as a whole. */
export const MOST_RESULTS = 100_000;

export function invalid(problem: string): PipewardenError {
  return new PipewardenError('REPORT_INVALID', { problem });
}

/** Throws REPORT_INVALID. */
export function bounded<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST_RESULTS) return rows;
  throw invalid(`it has ${rows.length} findings, and at most ${MOST_RESULTS} are taken at once: split it by folder`);
}

/** Findings of one record, and characters of them: what a broker takes as one message with room to spare. */
const MOST_ROWS = 200;
const MOST_CHARACTERS = 256 * 1024;

/** Neighbours together, in their order; one that is larger than a group may be stands alone. */
export function* groupsOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  let group: Row[] = [];
  let size = 0;
  for (const row of rows) {
    const own = sizeOf(row);
    if (group.length > 0 && (group.length === MOST_ROWS || size + own > MOST_CHARACTERS)) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(row);
    size += own;
  }
  if (group.length > 0) yield group;
}

/** What is nested too deep to be written down counts as large; the redactor cuts it. */
function sizeOf(row: unknown): number {
  try {
    return JSON.stringify(row)?.length ?? 0;
  } catch {
    return MOST_CHARACTERS;
  }
}
