// What GitHub still knows of the past: the audit log, commits, and the runs of every repository with their jobs.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { DAY, formatInstant, type Instant, MINUTE } from '../../../core/time.ts';
import { at, identifier, instant, known, list, number, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import type { History, Surroundings, Turn } from '../system.ts';
import { AUDIT_LIMIT, firstPage } from './audit.ts';
import { repositoriesOf } from './repositories.ts';

/** What is read at once, so that a place is a time. */
const STRETCH = 7 * DAY;
/** GitHub finds at most a thousand runs at once. */
const MOST_RUNS = 1_000;
const SHORTEST = MINUTE;

type Clocked = Pick<Surroundings, 'clock'>;

export function auditHistory(organization: string, api: Client, { clock }: Clocked): History {
  return {
    name: `audit ${organization}`,
    source: 'github.audit',
    async *read(since, cursor, signal): AsyncGenerator<Turn> {
      const until = clock.now();
      for (let from = typeof cursor === 'number' ? cursor : since; from < until; from += STRETCH) {
        try {
          const first = firstPage(organization, from, Math.min(until, from + STRETCH));
          for await (const page of pages(api, first, signal, { limit: AUDIT_LIMIT })) {
            yield { records: list(page).map((body) => past(clock, { source: 'github.audit', body })), cursor: from };
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

/** https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export function runHistory(organization: string, api: Client, { clock }: Clocked): History {
  async function* read(repository: JsonObject, name: string, since: Instant, signal: AbortSignal): Stretches {
    const until = clock.now();
    let length = until - since;
    for (let from = since; from < until; ) {
      const created = `${formatInstant(from)}..${formatInstant(Math.min(until, from + length) - 1)}`;
      const first = `/repos/${name}/actions/runs?${new URLSearchParams({ created, per_page: '100' })}`;
      const found: Json[] = [];
      let isTooMuch = false;
      for await (const page of pages(api, first, signal)) {
        isTooMuch = (number(page, 'total_count') ?? 0) > MOST_RUNS && length > SHORTEST;
        if (isTooMuch) break;
        found.push(...list(page, 'workflow_runs'));
      }
      if (isTooMuch) {
        length = Math.max(SHORTEST, Math.floor(length / 4));
        continue;
      }
      // GitHub gives the newest first.
      for (const run of found.toReversed()) {
        const records = [...(await jobsOf(repository, name, run, signal)), runRecord(repository, run)];
        yield { records, from: instant(run, 'created_at') ?? from };
      }
      from += length;
      length *= 2;
      yield { records: [], from };
    }
  }

  async function jobsOf(
    repository: JsonObject,
    name: string,
    run: Json,
    signal: AbortSignal,
  ): Promise<readonly SourceRecord[]> {
    const first = `/repos/${name}/actions/runs/${identifier(run, 'id')}/jobs?filter=all&per_page=100`;
    const found: SourceRecord[] = [];
    for await (const page of pages(api, first, signal, { expect: [404] })) {
      for (const workflow_job of list(page, 'jobs')) {
        const body = { action: 'completed', workflow_job, repository, sender: at(run, 'triggering_actor') };
        if (text(workflow_job, 'status') === 'completed')
          found.push(past(clock, { source: 'github.webhook', event: 'workflow_job', body }));
      }
    }
    return found;
  }

  function runRecord(repository: JsonObject, run: Json): SourceRecord {
    const workflow = { id: at(run, 'workflow_id'), name: at(run, 'name'), path: at(run, 'path') };
    const action = text(run, 'status') === 'completed' ? 'completed' : 'requested';
    const body = { action, workflow_run: run, workflow, repository, sender: at(run, 'triggering_actor') };
    return past(clock, { source: 'github.webhook', event: 'workflow_run', body });
  }

  return { name: `runs ${organization}`, source: 'github.webhook', read: byRepository(organization, api, read) };
}

/** https://docs.github.com/en/rest/commits/commits#list-commits */
export function commitHistory(organization: string, api: Client, { clock }: Clocked): History {
  async function* read(_repository: JsonObject, name: string, since: Instant, signal: AbortSignal): Stretches {
    const found: Json[] = [];
    // A repository without commits answers 409.
    const first = `/repos/${name}/commits?since=${formatInstant(since)}&per_page=100`;
    for await (const page of pages(api, first, signal, { expect: [409] })) found.push(...list(page));
    const bodies = found.toReversed().map(commitOf);
    yield {
      records: bodies.map((body) => past(clock, { source: 'git', repository: name, body })),
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

type Stretches = AsyncGenerator<{
  readonly records: readonly SourceRecord[];
  /** All before is read. */
  readonly from: Instant;
}>;

/** One repository after the other, by name; a place is a repository, and the time up to which it was read. */
function byRepository(
  organization: string,
  api: Client,
  read: (repository: JsonObject, name: string, since: Instant, signal: AbortSignal) => Stretches,
): History['read'] {
  return async function* (since, cursor, signal): AsyncGenerator<Turn> {
    const place = placeIn(cursor);
    for await (const repository of repositoriesOf(organization, api, signal)) {
      const name = text(repository, 'full_name');
      if (!isObject(repository) || name === undefined || isBehind(name, place)) continue;
      const start = place?.name === name ? place.from : since;
      try {
        for await (const { records, from } of read(repository, name, start, signal))
          yield { records, cursor: { name, from } };
      } catch (error) {
        yield { records: [], cursor: { name, done: true }, missing: [denial(error, name)] };
        continue;
      }
      yield { records: [], cursor: { name, done: true } };
    }
  };
}

interface Place {
  readonly name: string;
  readonly from: Instant;
  readonly done: boolean;
}

function placeIn(cursor: Json | undefined): Place | undefined {
  const name = isObject(cursor) ? text(cursor, 'name') : undefined;
  if (!isObject(cursor) || name === undefined) return undefined;
  return { name, from: number(cursor, 'from') ?? 0, done: cursor.done === true };
}

/** As GitHub sorts names: without regard to case. */
function isBehind(name: string, place: Place | undefined): boolean {
  if (!place) return false;
  const [here, there] = [name.toLowerCase(), place.name.toLowerCase()];
  return here < there || (here === there && place.done);
}

function past(clock: Clocked['clock'], record: Omit<SourceRecord, 'received_at' | 'history'>): SourceRecord {
  return { ...record, received_at: clock.now(), history: true };
}

/** Why it could not be had, where trying again cannot help; throws any other error. */
function denial(error: unknown, what: string): string {
  const isOurs = error instanceof PipewardenError && (error.code === 'API_REFUSED' || error.code === 'API_UNEXPECTED');
  if (!isOurs) throw error;
  return `${what}: ${error.message}`;
}
