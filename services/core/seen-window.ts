// Which ids came by lately: an exact window of bounded size whose state is a few chunks, one written per batch.
import type { StateChange, StateEntry } from './ports/event-log.ts';

const PREFIX = 'seen/';

/**
 * Remembers at least the last `capacity` ids (and at most twice as many). Ids are kept as their first 16 characters, so
 * they must be uniformly distributed hashes. State keys are `seen/<n>`, `n` growing; a value is the ids, joined.
 */
export class SeenWindow {
  readonly #capacity: number;
  readonly #chunks: { key: string; ids: string[] }[] = [];
  readonly #ids = new Set<string>();
  #fresh: string[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Takes back a part of the state that `flush` once gave; false: the entry is somebody else's. */
  restore(entry: StateEntry): boolean {
    if (!entry.key.startsWith(PREFIX)) return false;
    const ids = entry.value.split(' ');
    this.#chunks.push({ key: entry.key, ids });
    this.#chunks.sort((a, b) => Number(a.key.slice(PREFIX.length)) - Number(b.key.slice(PREFIX.length)));
    for (const id of ids) this.#ids.add(id);
    this.#next = Math.max(this.#next, Number(entry.key.slice(PREFIX.length)) + 1);
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
    if (this.#fresh.length === 0) return [];
    const key = `${PREFIX}${this.#next++}`;
    this.#chunks.push({ key, ids: this.#fresh });
    const changes: StateChange[] = [{ key, value: this.#fresh.join(' ') }];
    this.#fresh = [];
    let oldest = this.#chunks[0];
    while (oldest && this.#ids.size - oldest.ids.length >= this.#capacity) {
      for (const id of oldest.ids) this.#ids.delete(id);
      changes.push({ key: oldest.key, value: null });
      this.#chunks.shift();
      oldest = this.#chunks[0];
    }
    return changes;
  }
}
