// The profiles of one partition: what has been learned of one entity for one detector, kept as the JSON it is stored as.
import type { Detector } from '../core/detector.ts';
import { isObject, type Json } from '../core/json.ts';
import type { StateChange, StateEntry } from '../core/ports/event-log.ts';
import { DAY, type Instant } from '../core/time.ts';

const PREFIX = 'profile/';

/** Grows when a baseline's state changes its form: an older profile is then learned anew. */
const FORMAT = 2;

/**
 * Profiles of a partition: some hundred megabytes over all. Who pushes chooses authors' names, and every run has a token
 * of its own, so without a bound there is no end to them.
 */
const LIMIT = 20_000;
const HALF_LIFE = 90 * DAY;

interface Profile {
  readonly state: Json;
  /** How often it changed, and when last: those give way that did so least, halved for every 90 days of rest. */
  readonly times: number;
  readonly at: Instant;
}

export class Profiles {
  readonly #limit: number;
  readonly #profiles = new Map<string, Profile>();
  readonly #changed = new Set<string>();

  /** At most `limit` are kept. */
  constructor(limit = LIMIT) {
    this.#limit = limit;
  }

  /** Takes back a stored profile; false: the entry is somebody else's. One that cannot be read counts as never learned. */
  restore(entry: StateEntry, onCorrupt: (key: string) => void): boolean {
    if (!entry.key.startsWith(PREFIX)) return false;
    try {
      const stored: unknown = JSON.parse(entry.value);
      if (isStored(stored)) {
        const { state, times = 1, at = 0 } = stored;
        this.#profiles.set(entry.key, { state, times, at });
      } else onCorrupt(entry.key);
    } catch {
      onCorrupt(entry.key);
    }
    return true;
  }

  get size(): number {
    return this.#profiles.size;
  }

  read(detector: Detector, entity: string): Json | undefined {
    return this.#profiles.get(keyOf(detector, entity))?.state;
  }

  /** `at`: when what changed it was observed. */
  write(detector: Detector, entity: string, state: Json, at: Instant): void {
    const key = keyOf(detector, entity);
    const before = this.#profiles.get(key);
    this.#profiles.set(key, { state, times: (before?.times ?? 0) + 1, at: Math.max(before?.at ?? at, at) });
    this.#changed.add(key);
    if (this.#profiles.size > this.#limit) this.#makeRoom();
  }

  /** What has changed since the last call, each profile once. */
  flush(): StateChange[] {
    const changes = [...this.#changed].map((key) => {
      const profile = this.#profiles.get(key);
      return { key, value: profile ? JSON.stringify({ format: FORMAT, ...profile }) : null };
    });
    this.#changed.clear();
    return changes;
  }

  /** A tenth goes at once. It depends on what was written alone: not on batches, nor on restarts. */
  #makeRoom(): void {
    const ranked = [...this.#profiles].map(([key, { times, at }]) => ({
      key,
      worth: Math.log2(times) + at / HALF_LIFE,
    }));
    ranked.sort((a, b) => a.worth - b.worth || (a.key < b.key ? -1 : 1));
    for (const { key } of ranked.slice(0, Math.ceil(this.#limit / 10))) {
      this.#profiles.delete(key);
      this.#changed.add(key);
    }
  }
}

function keyOf(detector: Detector, entity: string): string {
  return `${PREFIX}${detector.id}/${entity}`;
}

/** What versions before this one stored has neither `times` nor `at`. */
function isStored(value: unknown): value is { readonly format: number } & Pick<Profile, 'state'> & Partial<Profile> {
  if (!isObject(value) || value.format !== FORMAT || !('state' in value)) return false;
  return [value.times, value.at].every((number) => number === undefined || typeof number === 'number');
}
