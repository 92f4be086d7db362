// Which ids came by lately: an exact window of bounded size whose state is a few chunks; a batch rewrites the newest.
import type { StateChange, StateEntry } from './ports/event-log.ts';

const PREFIX = 'seen/';

/** Ids of a full chunk: small enough to be rewritten with every batch, large enough that chunks are few. */
const CHUNK = 256;

interface Chunk {
  readonly number: number;
  readonly ids: string[];
}

/**
 * Remembers at least the last `capacity` ids, and between flushes fewer than twice as many. Ids are kept as their first
 * 16 characters, so they must be uniformly distributed hashes. State keys are `seen/<n>`, `n` growing; a value is the
 * ids, joined by spaces.
 */
export class SeenWindow {
  readonly #capacity: number;
  /** By number. All but the newest are full. */
  readonly #chunks: Chunk[] = [];
  readonly #ids = new Set<string>();
  #fresh: string[] = [];

  /** `capacity`: at least 1. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Takes back a part of the state that `flush` once gave, in any order; false: the entry is somebody else's. */
  restore(entry: StateEntry): boolean {
    if (!entry.key.startsWith(PREFIX)) return false;
    const ids = entry.value.split(' ');
    this.#chunks.push({ number: Number(entry.key.slice(PREFIX.length)), ids });
    this.#chunks.sort((a, b) => a.number - b.number);
    for (const id of ids) this.#ids.add(id);
    return true;
  }

  /** True the first time an id comes, false when it is still remembered. */
  add(id: string): boolean {
    const short = id.slice(0, 16);
    if (this.#ids.has(short)) return false;
    this.#ids.add(short);
    this.#fresh.push(short);
    return true;
  }

  /** What has to be stored for all that was added since the last call. */
  flush(): StateChange[] {
    const touched = new Set<Chunk>();
    for (const id of this.#fresh) {
      const chunk = this.#unfilled();
      chunk.ids.push(id);
      touched.add(chunk);
    }
    this.#fresh = [];
    const forgotten = this.#forget();
    return [
      ...[...touched].filter((chunk) => !forgotten.includes(chunk)).map((chunk) => change(chunk, chunk.ids.join(' '))),
      ...forgotten.map((chunk) => change(chunk, null)),
    ];
  }

  #unfilled(): Chunk {
    const newest = this.#chunks.at(-1);
    if (newest && newest.ids.length < Math.min(CHUNK, this.#capacity)) return newest;
    const chunk = { number: (newest?.number ?? -1) + 1, ids: [] };
    this.#chunks.push(chunk);
    return chunk;
  }

  /** Drops the oldest chunks that the window can do without. */
  #forget(): Chunk[] {
    let remembered = this.#ids.size;
    const kept = this.#chunks.findIndex((chunk) => {
      remembered -= chunk.ids.length;
      return remembered < this.#capacity;
    });
    const forgotten = this.#chunks.splice(0, kept);
    for (const id of forgotten.flatMap(({ ids }) => ids)) this.#ids.delete(id);
    return forgotten;
  }
}

function change({ number }: Chunk, value: string | null): StateChange {
  return { key: `${PREFIX}${number}`, value };
}
