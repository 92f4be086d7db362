// Collects records with the time of their arrival: a webhook in seconds, the audit log in minutes, a job's log soon
// after the job.
import type { Json, JsonObject } from '../../services/core/json.ts';
import { formatInstant, type Instant, SECOND } from '../../services/core/time.ts';
import { documentId } from './ids.ts';
import type { Random } from './random.ts';

/** A line of replay input in its wrapped form (DESIGN.md, section 8). */
export interface ReplayLine {
  readonly source: 'github.webhook' | 'github.audit' | 'github.job-log' | 'git';
  readonly event?: string;
  readonly received_at: string;
  readonly repository?: string;
  readonly run_id?: number;
  readonly job?: string;
  readonly body: Json;
}

export interface Recorder {
  webhook(event: string, at: Instant, random: Random, body: JsonObject): void;
  audit(action: string, at: Instant, random: Random, fields: JsonObject): void;
  commit(repository: string, at: Instant, random: Random, body: JsonObject): void;
  jobLog(repository: string, runId: number, job: string, end: Instant, random: Random, text: string): void;
  /** In the order of arrival. */
  lines(): ReplayLine[];
}

export const ORGANIZATION = 'lumen-works';

export function createRecorder(): Recorder {
  const records: { readonly at: Instant; readonly line: ReplayLine }[] = [];
  function add(at: Instant, line: Omit<ReplayLine, 'received_at' | 'body'>, body: Json): void {
    records.push({ at, line: { ...line, received_at: formatInstant(at), body } });
  }
  return {
    webhook(event, at, random, body) {
      add(at + random.int(700, 2900), { source: 'github.webhook', event }, body);
    },
    audit(action, at, random, fields) {
      const entry = { '@timestamp': at, _document_id: documentId(`audit/${records.length}/${action}/${at}`), action };
      add(at + random.int(60, 180) * SECOND, { source: 'github.audit' }, { ...entry, created_at: at, ...fields });
    },
    commit(repository, at, random, body) {
      add(at + random.int(3000, 7000), { source: 'git', repository: `${ORGANIZATION}/${repository}` }, body);
    },
    jobLog(repository, runId, job, end, random, text) {
      const place = { repository: `${ORGANIZATION}/${repository}`, run_id: runId, job };
      add(end + random.int(4000, 15_000), { source: 'github.job-log', ...place }, text);
    },
    lines: () => records.sort((a, b) => a.at - b.at).map(({ line }) => line),
  };
}
