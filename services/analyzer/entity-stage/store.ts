// The small states of one partition: profiles, what is known of runs and runners. Kept as the JSON they are stored as,
// bounded in number, and told to the log when they change.
import { isObject, type Json } from '../../core/json.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { DAY, type Instant } from '../../core/time.ts';

/** Grows when a state changes its form: an older one is then learned anew. */
const FORMAT = 3;

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
  readonly onCorrupt?: (key: string) => void;
  /** How many gave way, each time that some do. */
  readonly onFull?: (dropped: number) => void;
}

export class Store {
  readonly #options: StoreOptions;
  readonly #limit: number;
  readonly #kept = new Map<string, Kept>();
  readonly #changed = new Set<string>();

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
      const stored: unknown = JSON.parse(entry.value);
      if (isStored(stored)) {
        this.#kept.set(key, { state: stored.state, times: stored.times, at: stored.at });
        return true;
      }
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
    return this.#kept.get(key)?.state;
  }

  /** `at`: when what changed it was observed. */
  set(key: string, state: Json, at: Instant): void {
    const before = this.#kept.get(key);
    this.#kept.set(key, { state, times: (before?.times ?? 0) + 1, at: Math.max(before?.at ?? at, at) });
    this.#changed.add(key);
    if (this.#kept.size > this.#limit) this.#makeRoom();
  }

  /** What has changed since the last call, each state once. */
  flush(): StateChange[] {
    const changes = [...this.#changed].map((key) => {
      const kept = this.#kept.get(key);
      return { key: `${this.#options.prefix}${key}`, value: kept ? JSON.stringify({ format: FORMAT, ...kept }) : null };
    });
    this.#changed.clear();
    return changes;
  }

  /** As `flush` where nobody stores what changed. */
  settle(): void {
    this.#changed.clear();
  }

  /** A tenth goes at once. It depends on what was written alone: not on batches, nor on restarts. */
  #makeRoom(): void {
    const ranked = [...this.#kept].map(([key, { times, at }]) => ({ key, worth: Math.log2(times) + at / HALF_LIFE }));
    ranked.sort((a, b) => a.worth - b.worth || (a.key < b.key ? -1 : 1));
    const gone = ranked.slice(0, Math.ceil(this.#limit / 10));
    for (const { key } of gone) {
      this.#kept.delete(key);
      this.#changed.add(key);
    }
    this.#options.onFull?.(gone.length);
  }
}

function isStored(value: unknown): value is Kept & { readonly format: number } {
  return (
    isObject(value) &&
    value.format === FORMAT &&
    'state' in value &&
    typeof value.times === 'number' &&
    typeof value.at === 'number'
  );
}
