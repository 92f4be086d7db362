// The log of one GitHub Actions job, as text: cut into chunks of whole lines.
import type { ActivityDetails, Cicd } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { contentId } from '../../../core/json.ts';
import { type Instant, parseTime } from '../../../core/time.ts';
import { known } from '../../fields.ts';
import { chunksOf } from '../../log/chunks.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';

export const githubJobLog = defineSource({
  id: 'github.job-log',
  title: 'GitHub Actions job logs',
  reference: 'https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run',
  body: 'log',
  identifiers: [],
  normalize,
  time: (body) => (typeof body === 'string' ? lastTime(body) : undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body, repository, run_id, job } = record;
  if (typeof body !== 'string') {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not text' });
  }
  const cicd: Cicd = {
    pipeline: known({
      run: run_id === undefined ? undefined : { id: run_id },
      task: job === undefined ? undefined : { name: job },
    }),
  };
  const base = known({
    native_type: 'job-log',
    vcs: known({
      provider: { name: 'github' },
      repository: repository === undefined ? undefined : { name: repository },
    }),
    cicd,
  });
  let observed_at: Instant | undefined;
  return [...chunksOf(body)].map((chunk, index) => {
    observed_at = firstTime(chunk) ?? observed_at;
    const place = [repository ?? '', run_id ?? '', job ?? '', index];
    const natural_id = contentId(...place, ...chunk.lines, String(chunk.last));
    return known({ ...base, observed_at, natural_id, kind: 'log', detail: chunk });
  });
}

function firstTime(chunk: ActivityDetails['log']): Instant | undefined {
  for (const line of chunk.lines) {
    const time = lineTime(line);
    if (time !== undefined) return time;
  }
  return undefined;
}

const TAIL = 64 * 1024;

/** A log comes when its job has ended, so its last line is the nearest to its arrival. */
function lastTime(log: string): Instant | undefined {
  for (const line of log.slice(-TAIL).split('\n').reverse()) {
    const time = lineTime(line);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** GitHub puts the time of its server before every line: `2026-03-04T09:53:58.8338772Z text`. */
function lineTime(line: string): Instant | undefined {
  return parseTime(/^\uFEFF?(\d{4}-\d{2}-\d{2}T[\d:.]{8,18}Z)(?: |$)/.exec(line)?.[1])?.at;
}
