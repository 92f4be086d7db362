// What CircleCI's usage export holds of the past, for thirteen months and for projects that nobody follows: each job that ended,
// in the form of its webhook and under its id. https://circleci.com/docs/guides/insights/export-usage-data/
//
// Of a workflow a row says that it succeeded or that it did not, which is less than its webhook, so workflows are not told.
import type { Clock } from '../../../core/clock.ts';
import { isObject, parsedJson } from '../../../core/json.ts';
import { formatInstant } from '../../../core/time.ts';
import { anyKnown, known } from '../../fields.ts';
import { readBytes } from '../../replay/bytes.ts';
import { rowsAsJson } from '../../replay/csv.ts';
import { linesOf } from '../../replay/text-lines.ts';
import type { SourceRecord } from '../../source.ts';
import { isEnded, PIPELINE_SOURCE } from './ended-pipelines.ts';

/** A row is a record, or what is wrong with it; neither: a job that has not ended, or never had a number. */
export interface UsageRow {
  /** From 1, the header counted. */
  readonly line: number;
  readonly record?: SourceRecord;
  readonly problem?: string;
}

const COLUMNS = ['JOB_ID', 'JOB_NAME', 'JOB_RUN_NUMBER', 'JOB_BUILD_STATUS', 'WORKFLOW_ID'];
/** As its database writes that there is none. */
const NULL = '\\N';

/** A CSV file, or one packed by gzip, in its own order. Throws NOT_FOUND or USAGE when it cannot be read. */
export async function* readUsage(file: string, clock: Clock): AsyncGenerator<UsageRow> {
  const received_at = clock.now();
  for await (const { number: line, bytes, damage } of rowsAsJson(linesOf(readBytes(file, process.stdin)))) {
    if (damage === undefined && bytes?.toString('utf8').trim() === '') continue;
    const row = damage === undefined ? parsedJson(bytes?.toString('utf8') ?? '') : undefined;
    const cell = (column: string) => {
      const found = isObject(row) ? row[column] : undefined;
      return typeof found === 'string' && found !== NULL ? found : undefined;
    };
    const missing = COLUMNS.filter((column) => cell(column) === undefined);
    if (missing.length === COLUMNS.length) yield { line, problem: damage ?? 'it is no row of a usage export' };
    else if (missing.length > 0 || !isEnded({ status: cell('JOB_BUILD_STATUS') ?? '' })) yield { line };
    else yield { line, record: { source: PIPELINE_SOURCE, event: TYPE, received_at, body: bodyOf(cell) } };
  }
}

const TYPE = 'job-completed';

/** https://circleci.com/docs/reference/outbound-webhooks-reference/ */
function bodyOf(cell: (column: string) => string | undefined) {
  const [owner, name] = [cell('ORGANIZATION_NAME'), cell('PROJECT_NAME')];
  const stopped_at = timeOf(cell('JOB_RUN_STOPPED_AT'));
  return known({
    type: TYPE,
    happened_at: stopped_at,
    organization: anyKnown({ name: owner }),
    project: anyKnown({ name }),
    workflow: known({ id: cell('WORKFLOW_ID'), name: cell('WORKFLOW_NAME') }),
    pipeline: known({
      id: cell('PIPELINE_ID'),
      number: cell('PIPELINE_NUMBER'),
      created_at: timeOf(cell('PIPELINE_CREATED_AT')),
      trigger: anyKnown({ type: cell('PIPELINE_TRIGGER_SOURCE') }),
      trigger_parameters: { circleci: anyKnown({ actor_id: cell('PIPELINE_TRIGGER_USER_ID') }) },
      vcs: anyKnown({ target_repository_url: cell('VCS_URL'), branch: cell('VCS_BRANCH') }),
    }),
    job: known({
      id: cell('JOB_ID'),
      name: cell('JOB_NAME'),
      number: Number(cell('JOB_RUN_NUMBER')),
      status: cell('JOB_BUILD_STATUS'),
      started_at: timeOf(cell('JOB_RUN_STARTED_AT')),
      stopped_at,
    }),
  });
}

/** `2026-10-11 12:13:14.567`, UTC, as RFC 3339. */
function timeOf(written: string | undefined): string | undefined {
  const at = written === undefined ? Number.NaN : Date.parse(written.trim().replace(' ', 'T').replace(/Z?$/, 'Z'));
  return Number.isNaN(at) ? undefined : formatInstant(at);
}
