// The small states of one partition: of watches, what is known of runs and runners. Bounded in number, and told to the log when
// they change. What rests is kept as the text that it is stored as, which is half as large as its objects.
import { isObject, type Json } from '../../core/json.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { DAY, type Instant } from '../../core/time.ts';

/** Grows when a state changes its form: an older one is then learned anew. */
const FORMAT = 4;

/**
 * States of one kind in a partition. Who pushes chooses authors' names, and every run has a token of its own, so without
 * a bound there is no end to them.
 */
const LIMIT = 100_000;
const HALF_LIFE = 90 * DAY;

interface Kept {
  readonly state: Json;
  /** How often it changed, and when last: those give way that did so least, halved for every 90 days of rest. */
  readonly times: number;
  readonly at: Instant;
}

export interface StoreOptions {
  /** Before every key, so that several stores share one map of state: `profile/`. */
  readonly prefix: string;
  readonly limit?: number;
  /** What did not change for so long is forgotten, once a day of the times that things are written at. */
  readonly lasting?: number;
  readonly onCorrupt?: (key: string) => void;
  /** How many gave way, each time that some do. */
  readonly onFull?: (dropped: number) => void;
}

export class Store {
  readonly #options: StoreOptions;
  readonly #limit: number;
  readonly #kept = new Map<string, Kept | string>();
  readonly #changed = new Set<string>();
  #newest: Instant = 0;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#limit = options.limit ?? LIMIT;
  }

  /** Takes back a stored state; false: the entry is somebody else's. One that cannot be read counts as never learned. */
  restore(entry: StateEntry): boolean {
    const { prefix, onCorrupt } = this.#options;
    if (!entry.key.startsWith(prefix)) return false;
    const key = entry.key.slice(prefix.length);
    try {
      const { at } = read(entry.value);
      this.#kept.set(key, entry.value);
      this.#newest = Math.max(this.#newest, at);
      return true;
    } catch {
      // What is no JSON is as corrupt as what has another form.
    }
    onCorrupt?.(key);
    return true;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(key: string): Json | undefined {
    return this.#open(key)?.state;
  }

  /** `at`: when what changed it was observed. */
  set(key: string, state: Json, at: Instant): void {
    const before = this.#open(key);
    this.#kept.set(key, { state, times: (before?.times ?? 0) + 1, at: Math.max(before?.at ?? at, at) });
    this.#changed.add(key);
    const isNewDay = Math.floor(at / DAY) > Math.floor(this.#newest / DAY);
    this.#newest = Math.max(this.#newest, at);
    if (isNewDay) this.#forget();
    if (this.#kept.size > this.#limit) this.#makeRoom();
  }

  /** Says that a state was of no use. */
  setAside(key: string): void {
    this.#options.onCorrupt?.(key);
  }

  /** What has changed since the last call, each state once. */
  flush(): StateChange[] {
    const changes = [...this.#changed].map((key) => {
      const kept = this.#kept.get(key);
      const value = kept && written(kept);
      if (value !== undefined) this.#kept.set(key, value);
      return { key: `${this.#options.prefix}${key}`, value: value ?? null };
    });
    this.#changed.clear();
    return changes;
  }

  /** As `flush` where nobody stores what changed. */
  settle(): void {
    this.#changed.clear();
  }

  #open(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    if (typeof kept !== 'string') return kept;
    const opened = read(kept);
    this.#kept.set(key, opened);
    return opened;
  }

  #forget(): void {
    const { lasting } = this.#options;
    if (lasting === undefined) return;
    for (const [key, kept] of this.#kept) {
      if (headOf(kept).at >= this.#newest - lasting) continue;
      this.#kept.delete(key);
      this.#changed.add(key);
    }
  }

  /** A tenth goes at once. It depends on what was written alone: not on batches, nor on restarts. */
  #makeRoom(): void {
    const ranked = [...this.#kept].map(([key, kept]) => {
      const { times, at } = headOf(kept);
      return { key, worth: Math.log2(times) + at / HALF_LIFE };
    });
    ranked.sort((a, b) => a.worth - b.worth || (a.key < b.key ? -1 : 1));
    const gone = ranked.slice(0, Math.ceil(this.#limit / 10));
    for (const { key } of gone) {
      this.#kept.delete(key);
      this.#changed.add(key);
    }
    this.#options.onFull?.(gone.length);
  }
}

/** Times and time stand first, so that they are found without reading the rest. */
function written(kept: Kept | string): string {
  if (typeof kept === 'string') return kept;
  const { times, at, state } = kept;
  return JSON.stringify({ format: FORMAT, times, at, state });
}

const HEAD = /^\{"format":\d+,"times":(\d+),"at":(-?[\d.]+),/;

function headOf(kept: Kept | string): { readonly times: number; readonly at: Instant } {
  if (typeof kept !== 'string') return kept;
  const [, times, at] = HEAD.exec(kept) ?? [];
  return { times: Number(times), at: Number(at) };
}

/** Throws for what `written` did not make. */
function read(text: string): Kept {
  const stored: unknown = JSON.parse(text);
  const { times, at } = headOf(text);
  if (isObject(stored) && stored.format === FORMAT && isJson(stored.state) && Number.isFinite(times + at)) {
    return { state: stored.state, times, at };
  }
  throw new SyntaxError('It is no state of this version.');
}

/** What was read as JSON is JSON, where it is there at all. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}
