// Where the references of third-party actions lead, looked at again and again: a tag that is moved is seen before it runs.
// https://docs.github.com/en/rest/commits/commits#get-a-commit
import type { Activity } from '../../../core/activity.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { formatInstant, MINUTE } from '../../../core/time.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import type { Errand, Poll, Pull, Surroundings, Turn } from '../system.ts';

const EVERY = 15 * MINUTE;
/** The least recently used give way. */
const MOST = 2_000;
const LIST = 'references of actions';

/** What is known of a reference; by `owner/name@ref`. */
type Known = { readonly sha?: string; readonly etag?: string };

const PLACE = /^([\w.-]+\/[\w.-]+)(?:\/[^@]*)?$/;
const COMMIT = /^[0-9a-f]{40}$/;

/** Takes down which references jobs use, as their logs tell. A commit leads nowhere else. */
export function referencePull({ memory }: Pick<Surroundings, 'memory'>): Pull {
  return {
    name: 'references',
    source: 'upstream.refs',
    wanted: referencesIn,
    async *read({ references = '' }): AsyncGenerator<Turn> {
      const known = knownIn(await memory.get(LIST));
      const used = references.split(' ');
      if (used.every((each) => known.has(each))) return;
      for (const each of used) {
        const before = known.get(each) ?? {};
        known.delete(each);
        known.set(each, before);
      }
      await memory.put(LIST, Object.fromEntries([...known].slice(-MOST)));
    },
  };
}

function referencesIn(activity: Activity): Errand | undefined {
  if (activity.source !== 'github.job-log' || activity.kind !== 'setup') return undefined;
  const found = (activity.detail.dependencies ?? []).flatMap(({ type, name, requested }) => {
    const repository = PLACE.exec(name)?.[1];
    const isMovable = requested !== undefined && !COMMIT.test(requested) && !requested.includes(' ');
    return (type === 'action' || type === 'workflow') && repository !== undefined && isMovable
      ? [`${repository}@${requested}`]
      : [];
  });
  return found.length === 0 ? undefined : { references: [...new Set(found)].sort().join(' ') };
}

/** Tells each reference when it is first seen, when it leads elsewhere, and when it is gone. */
export function referencePoll(api: Client, { memory, clock }: Pick<Surroundings, 'memory' | 'clock'>): Poll {
  async function* read(_cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    for (const [reference, before] of knownIn(await memory.get(LIST))) {
      const now = await look(reference, before, signal);
      if (!now) continue;
      if (now.sha !== before.sha) yield { records: [recordOf(reference, now.sha)], cursor: reference };
      // Read anew: jobs may have used others meanwhile.
      const list = knownIn(await memory.get(LIST));
      await memory.put(LIST, Object.fromEntries(list.set(reference, now)));
    }
  }

  /** Undefined: as before, or not to be seen. */
  async function look(reference: string, before: Known, signal: AbortSignal): Promise<Known | undefined> {
    const [repository = '', ref = ''] = reference.split('@', 2);
    const path = `/repos/${repository}/commits/${encodeURIComponent(ref)}`;
    const answer = await api.get(path, signal, {
      expect: [403, 404, 422],
      ...(before.etag !== undefined && { etag: before.etag }),
    });
    if (answer.unchanged || answer.status === 403) return undefined;
    const sha = isObject(answer.body) && typeof answer.body.sha === 'string' ? answer.body.sha : undefined;
    if (sha === undefined && before.sha === undefined) return undefined;
    return {
      ...(sha !== undefined && { sha }),
      ...(answer.etag !== undefined && sha !== undefined && { etag: answer.etag }),
    };
  }

  function recordOf(reference: string, sha: string | undefined): SourceRecord {
    const [repository = '', ref = ''] = reference.split('@', 2);
    const received_at = clock.now();
    const body = { repository, ref, ...(sha !== undefined && { sha }), observed_at: formatInstant(received_at) };
    return { source: 'upstream.refs', received_at, body };
  }

  return { name: 'references', source: 'upstream.refs', every: EVERY, read };
}

function knownIn(kept: Json | undefined): Map<string, Known> {
  return new Map(
    Object.entries(isObject(kept) ? kept : {}).map(([reference, known]) => {
      const { sha, etag } = isObject(known) ? known : {};
      return [reference, { ...(typeof sha === 'string' && { sha }), ...(typeof etag === 'string' && { etag }) }];
    }),
  );
}
