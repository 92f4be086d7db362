// What GitHub still knows of the past: the audit log, commits, and the runs of every repository with their jobs.
import type { Json, JsonObject } from '../../../core/json.ts';
import { DAY, formatInstant, type Instant } from '../../../core/time.ts';
import { at, known, list, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import { denial, past } from '../past.ts';
import type { History, Surroundings, Turn } from '../system.ts';
import { AUDIT_LIMIT, firstPage } from './audit.ts';
import { byRepository, type PastSteps } from './past.ts';
import { jobsOf, runsOf } from './runs.ts';

/** What is read at once, so that a place is a time. */
const STRETCH = 7 * DAY;

type Clocked = Pick<Surroundings, 'clock'>;

export function auditHistory(organization: string, api: Client, { clock }: Clocked): History {
  const auditRecords = (page: Json): readonly SourceRecord[] =>
    list(page).map((body) => ({ source: 'github.audit', received_at: clock.now(), body }));
  return {
    name: `audit ${organization}`,
    source: 'github.audit',
    async *read(since, cursor, signal): AsyncGenerator<Turn> {
      const until = clock.now();
      for (let from = typeof cursor === 'number' ? cursor : since; from < until; from += STRETCH) {
        try {
          const first = firstPage(organization, from, Math.min(until, from + STRETCH));
          for await (const page of pages(api, first, signal, { limit: AUDIT_LIMIT })) {
            yield { records: auditRecords(page).map(past), cursor: from };
          }
        } catch (error) {
          yield { records: [], cursor: until, missing: [denial(error, `the audit log of ${organization}`)] };
          return;
        }
        yield { records: [], cursor: from + STRETCH };
      }
    },
  };
}

export function runHistory(organization: string, api: Client, { clock }: Clocked): History {
  async function* read(repository: JsonObject, name: string, since: Instant, signal: AbortSignal): PastSteps {
    for await (const { run, from } of runsOf(name, since, api, clock, signal)) {
      if (run === undefined) yield { records: [], from };
      else yield { records: [...(await jobRecords(repository, name, run, signal)), runRecord(repository, run)], from };
    }
  }

  async function jobRecords(
    repository: JsonObject,
    name: string,
    run: Json,
    signal: AbortSignal,
  ): Promise<readonly SourceRecord[]> {
    const jobs = await jobsOf(name, run, api, signal);
    return jobs.map((workflow_job) => {
      const body = { action: 'completed', workflow_job, repository, sender: at(run, 'triggering_actor') };
      return { source: 'github.webhook', event: 'workflow_job', received_at: clock.now(), body };
    });
  }

  function runRecord(repository: JsonObject, run: Json): SourceRecord {
    const workflow = { id: at(run, 'workflow_id'), name: at(run, 'name'), path: at(run, 'path') };
    const action = text(run, 'status') === 'completed' ? 'completed' : 'requested';
    const body = { action, workflow_run: run, workflow, repository, sender: at(run, 'triggering_actor') };
    return { source: 'github.webhook', event: 'workflow_run', received_at: clock.now(), body };
  }

  return { name: `runs ${organization}`, source: 'github.webhook', read: byRepository(organization, api, read) };
}

/** https://docs.github.com/en/rest/commits/commits#list-commits */
export function commitHistory(organization: string, api: Client, { clock }: Clocked): History {
  async function* read(_repository: JsonObject, name: string, since: Instant, signal: AbortSignal): PastSteps {
    const found: Json[] = [];
    // A repository without commits answers 409.
    const first = `/repos/${name}/commits?since=${formatInstant(since)}&per_page=100`;
    for await (const page of pages(api, first, signal, { expect: [409] })) found.push(...list(page));
    const bodies = found.toReversed().map(commitOf);
    yield {
      records: bodies.map((body) => ({ source: 'git', repository: name, received_at: clock.now(), body })),
      from: since,
    };
  }
  return { name: `commits ${organization}`, source: 'git', read: byRepository(organization, api, read) };
}

/** In the form of DESIGN.md section 8; what was touched is not told here. */
function commitOf(commit: Json): JsonObject {
  const verified = at(commit, 'commit', 'verification', 'verified') === true;
  const isSigned = text(commit, 'commit', 'verification', 'signature') !== undefined;
  return known({
    sha: text(commit, 'sha'),
    parents: list(commit, 'parents').flatMap((parent) => text(parent, 'sha') ?? []),
    author: at(commit, 'commit', 'author'),
    committer: at(commit, 'commit', 'committer'),
    message: text(commit, 'commit', 'message'),
    signature: verified ? 'good' : isSigned ? 'unknown' : 'none',
  });
}
