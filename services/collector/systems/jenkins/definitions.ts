// The jobs' own definitions, `config.xml`: the first look learns, later ones tell what is other than before.
// https://www.jenkins.io/doc/book/using/remote-access-api/
import { isObject, type Json } from '../../../core/json.ts';
import { HOUR } from '../../../core/time.ts';
import type { DefinitionChange } from '../../definitions/source.ts';
import { known, number, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import { gathered } from '../bytes.ts';
import type { Client } from '../client.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { jobsOf, pathOf } from './jobs.ts';

/** A request for each job. */
const EVERY = HOUR;
const SOURCE = 'jenkins.definition';
/** Bytes of a definition that are read. */
const LONGEST = 1024 * 1024;
/** Not there any more; or without Job/ExtendedRead. */
const UNSEEN = [403, 404];
/** Its jobs are made of what stands in a repository, one for each branch and change. */
const MULTIBRANCH = /MultiBranchProject$/;

export function definitionsPoll(api: Client, { clock, memory, redact }: Surroundings): Poll {
  async function* read(_cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const kept = await memory.get(SOURCE);
    const before = new Set(namesIn(kept));
    const names = new Set<string>();
    for await (const { path, within } of jobsOf(api, '_class', signal)) {
      if (MULTIBRANCH.test(text(within, '_class') ?? '')) continue;
      const after = await definitionOf(path, signal);
      if (after !== undefined || before.has(path)) names.add(path);
      if (after !== undefined) yield* told(path, after, kept !== undefined);
    }
    // Who may see nothing any more knows nothing of what has gone.
    if (names.size === 0) return;
    for (const path of before) if (!names.has(path)) yield* told(path, undefined, true);
    await memory.put(SOURCE, { names: [...names] });
  }

  async function definitionOf(path: string, signal: AbortSignal): Promise<string | undefined> {
    const answer = await api.bytes(`${pathOf(path)}/config.xml`, signal, { expect: UNSEEN });
    const { bytes } = await gathered(answer.bytes(), 0, LONGEST);
    // What is remembered holds no secret.
    const clean = UNSEEN.includes(answer.status) ? undefined : redact(Buffer.from(bytes).toString('utf8'));
    return typeof clean === 'string' ? clean : undefined;
  }

  /** `isNews`: what was not there before is new, and was not only not looked at. */
  async function* told(path: string, after: string | undefined, isNews: boolean): AsyncGenerator<Turn> {
    const key = `${SOURCE} ${path}`;
    const kept = await memory.get(key);
    const before = text(kept, 'text');
    if (before === after) return;
    const revision = (number(kept, 'revision') ?? 0) + 1;
    if (before !== undefined || isNews) {
      const body: DefinitionChange = known({
        pipeline: path,
        path: 'config.xml',
        revision: `${revision}`,
        before,
        after,
      });
      const records: readonly SourceRecord[] = [{ source: SOURCE, received_at: clock.now(), body }];
      yield { records, cursor: path };
    }
    // They are durable: were this to fail, the same would be told again, with the same id.
    await memory.put(key, { revision, ...(after !== undefined && { text: after }) });
  }

  return { name: 'definitions', source: SOURCE, every: EVERY, read };
}

function namesIn(kept: Json | undefined): readonly string[] {
  const names: unknown = isObject(kept) ? kept.names : undefined;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
