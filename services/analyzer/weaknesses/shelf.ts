// The weaknesses of a partition in memory, found by their marks and by who told them; no more of them than a bound.
import type { Known } from './known.ts';
import { scopeOf } from './known.ts';
import { ticketJoins } from './ticketed.ts';

export interface Shelf {
  get(id: string): Known | undefined;
  marked(mark: string): readonly Known[];
  /** Told by a scope of a repository, in whatever state. */
  told(repository: string, scope: string): readonly Known[];
  of(repository: string): readonly Known[];
  put(known: Known): void;
  remove(id: string): void;
  /** No more are taken. What is open does not give way: it would come back as another with the next report. */
  readonly full: boolean;
  /** What was fixed longest ago and has to make room. */
  surplus(): readonly Known[];
}

/** Share of the bound above which what is fixed makes room. */
const ROOM = 0.9;

export function createShelf(most: number): Shelf {
  const byId = new Map<string, Known>();
  const byMark = new Map<string, Set<string>>();
  const byScope = new Map<string, Set<string>>();
  const byRepository = new Map<string, Set<string>>();

  function file(known: Known, act: (index: Map<string, Set<string>>, key: string, id: string) => void): void {
    const { id, repository = '', tellings } = known.weakness;
    for (const mark of [...known.sure, ...known.moving, ...known.places, ...ticketJoins(known)]) act(byMark, mark, id);
    for (const telling of tellings) act(byScope, `${repository} ${scopeOf(telling)}`, id);
    act(byRepository, repository, id);
  }

  function remove(id: string): void {
    const known = byId.get(id);
    if (!known) return;
    byId.delete(id);
    file(known, take);
  }

  const all = (ids: Iterable<string> = []) => [...ids].flatMap((id) => byId.get(id) ?? []);
  return {
    get: (id) => byId.get(id),
    marked: (mark) => all(byMark.get(mark)),
    told: (repository, scope) => all(byScope.get(`${repository} ${scope}`)),
    of: (repository) => all(byRepository.get(repository)),
    put(known) {
      remove(known.weakness.id);
      byId.set(known.weakness.id, known);
      file(known, add);
    },
    remove,
    get full() {
      return byId.size >= most;
    },
    surplus() {
      const over = byId.size - Math.floor(most * ROOM);
      if (over <= 0) return [];
      return [...byId.values()]
        .filter(({ weakness }) => weakness.state === 'fixed')
        .sort((a, b) => (a.weakness.last_seen < b.weakness.last_seen ? -1 : 1))
        .slice(0, over);
    },
  };
}

function add(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key) ?? new Set();
  ids.add(id);
  index.set(key, ids);
}

function take(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}
