// The profiles of one partition: what has been learned of one entity for one detector, kept as the JSON it is stored as.
import type { Detector } from '../core/detector.ts';
import type { Json } from '../core/json.ts';
import type { StateChange, StateEntry } from '../core/ports/event-log.ts';

const PREFIX = 'profile/';

/** Grows when a baseline's state changes its form: an older profile is then learned anew. */
const FORMAT = 2;

export class Profiles {
  readonly #states = new Map<string, Json>();
  readonly #changed = new Set<string>();

  /** Takes back a stored profile; false: the entry is somebody else's. One that cannot be read counts as never learned. */
  restore(entry: StateEntry, onCorrupt: (key: string) => void): boolean {
    if (!entry.key.startsWith(PREFIX)) return false;
    try {
      const stored: unknown = JSON.parse(entry.value);
      if (isStored(stored)) this.#states.set(entry.key, stored.state);
      else onCorrupt(entry.key);
    } catch {
      onCorrupt(entry.key);
    }
    return true;
  }

  get size(): number {
    return this.#states.size;
  }

  read(detector: Detector, entity: string): Json | undefined {
    return this.#states.get(`${PREFIX}${detector.id}/${entity}`);
  }

  write(detector: Detector, entity: string, state: Json): void {
    const key = `${PREFIX}${detector.id}/${entity}`;
    this.#states.set(key, state);
    this.#changed.add(key);
  }

  /** What has changed since the last call, each profile once. */
  flush(): StateChange[] {
    const changes = [...this.#changed].map((key) => ({
      key,
      value: JSON.stringify({ format: FORMAT, state: this.#states.get(key) }),
    }));
    this.#changed.clear();
    return changes;
  }
}

function isStored(value: unknown): value is { readonly format: number; readonly state: Json } {
  return (
    typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT && 'state' in value
  );
}
