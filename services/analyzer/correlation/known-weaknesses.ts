// The weaknesses that correlation has been told of, found by what a finding may have in common with them.
import { isObject, parsedJson } from '../../core/json.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import type { WeaknessWord } from '../../core/weakness-word.ts';

const PREFIX = 'weakness/';
/** Beyond it those that were told longest ago give way: of all partitions, some 500 bytes each. */
const LIMIT = 50_000;

export interface KnownWeaknesses {
  put(word: WeaknessWord): void;
  meeting(keys: readonly string[]): readonly WeaknessWord[];
  /** False: the entry is somebody else's. */
  restore(entry: StateEntry): boolean;
  flush(): readonly StateChange[];
}

/** `onCorrupt`: of an entry that cannot be read. */
export function createKnownWeaknesses(onCorrupt?: (key: string) => void, limit = LIMIT): KnownWeaknesses {
  const words = new Map<string, WeaknessWord>();
  const byKey = new Map<string, Set<string>>();
  const touched = new Set<string>();

  function remove(id: string): void {
    for (const key of words.get(id)?.meets ?? []) {
      const ids = byKey.get(key);
      ids?.delete(id);
      if (ids?.size === 0) byKey.delete(key);
    }
    words.delete(id);
    touched.add(id);
  }

  function add(word: WeaknessWord): void {
    remove(word.weakness);
    if (word.merged !== undefined) return;
    words.set(word.weakness, word);
    for (const key of word.meets) byKey.set(key, (byKey.get(key) ?? new Set()).add(word.weakness));
  }

  return {
    put: add,
    meeting(keys) {
      const ids = new Set(keys.flatMap((key) => [...(byKey.get(key) ?? [])]));
      return [...ids].flatMap((id) => words.get(id) ?? []);
    },
    restore({ key, value }) {
      if (!key.startsWith(PREFIX)) return false;
      const word = read(value);
      if (word) add(word);
      else onCorrupt?.(key);
      touched.delete(key.slice(PREFIX.length));
      return true;
    },
    flush() {
      for (const oldest of words.keys()) {
        if (words.size <= limit) break;
        remove(oldest);
      }
      const changes = [...touched].map((id) => {
        const word = words.get(id);
        return { key: PREFIX + id, value: word ? JSON.stringify(word) : null };
      });
      touched.clear();
      return changes;
    },
  };
}

function read(text: string): WeaknessWord | undefined {
  const value = parsedJson(text);
  return isWord(value) ? value : undefined;
}

/** The tracker writes it: enough to tell it from garbage. */
export function isWord(value: unknown): value is WeaknessWord {
  return (
    isObject(value) &&
    typeof value.weakness === 'string' &&
    typeof value.since === 'number' &&
    typeof value.seen === 'number' &&
    Array.isArray(value.meets) &&
    Array.isArray(value.tools)
  );
}
