// Looking at how a system is set, and telling what is other than before. Everything that is asked for carries its ETag, so
// looking again at what has not changed costs none of the rate limit where the system knows them.
import { canonicalJson, isObject, type Json, type JsonObject } from '../../core/json.ts';
import type { InventoryChange, ThingKind } from '../inventory/source.ts';
import type { SourceRecord } from '../source.ts';
import type { Client } from './client.ts';
import type { Poll, Surroundings, Turn } from './system.ts';

/** One thing as its system says it is. Only what somebody sets: no counts, no times of use. */
export interface Thing {
  /** Unlike any other of its list, and the same as long as it is the same thing. */
  readonly id: string;
  readonly name: string;
  readonly state: JsonObject;
}

/** A list that the API gives, all pages of it. */
export interface Section {
  /** Of all of its things, or by their ids. */
  readonly kind: ThingKind | ((id: string) => ThingKind);
  /** What its things are called: `deploy key`. */
  readonly what: string;
  readonly path: string;
  things(page: Json): readonly Thing[];
  /** Its things have many fields: of one that changed, those are told that did. */
  readonly vast?: true;
  /** How it is asked for, where getting the path does not give it; and where it cannot be had, why: that is told. */
  ask?(client: Client, path: string, signal: AbortSignal): Promise<Asked>;
}

export type Asked = { readonly page: Json } | { readonly missing: string };

/** What belongs to one organization, repository or server. */
export interface Shelf {
  readonly name: string;
  readonly place: Pick<InventoryChange, 'repository' | 'organization'>;
  readonly sections: readonly Section[];
}

export interface InventoryOptions {
  /** Of the poll. */
  readonly name: string;
  /** `github.inventory`. */
  readonly source: string;
  readonly every: number;
  readonly client: Client;
  shelves(signal: AbortSignal): AsyncIterable<Shelf>;
}

/** What was there, by the section's `what`. */
type Known = Readonly<Record<string, KnownSection>>;

// Types and no interfaces: they are JSON.
type KnownSection = {
  readonly etag?: string;
  readonly revision: number;
  readonly things: Readonly<Record<string, KnownThing>>;
};
type KnownThing = { readonly name: string; readonly state: JsonObject };

/** What may not be seen, or is not there in this edition, is no change. */
const UNSEEN = [403, 404, 409, 410];

export function inventoryPoll(options: InventoryOptions, surroundings: Surroundings): Poll {
  const { name, source, every, client, shelves } = options;
  const { memory, redact, clock } = surroundings;

  async function* read(_cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    for await (const shelf of shelves(signal)) {
      const key = `${source} ${shelf.name}`;
      const before = knownIn(await memory.get(key));
      const after: Record<string, KnownSection> = {};
      const changes: InventoryChange[] = [];
      const missing: string[] = [];
      for (const section of shelf.sections) {
        const old = before[section.what];
        const seen = await look(section, old, missing, signal);
        if (seen === undefined) {
          if (old) after[section.what] = old;
          continue;
        }
        const revision = (old?.revision ?? 0) + 1;
        const found = old ? changesOf(section, shelf, old, seen.things, revision) : [];
        changes.push(...found);
        after[section.what] = { ...seen, revision: found.length > 0 ? revision : (old?.revision ?? 0) };
      }
      const received_at = clock.now();
      const records = changes.map((body): SourceRecord => ({ source, received_at, body }));
      if (records.length > 0 || missing.length > 0) yield { records, cursor: shelf.name, missing };
      // They are durable: were this to fail, the same changes would be told again, with the same ids.
      if (canonicalJson(before) !== canonicalJson(after)) await memory.put(key, after);
    }
  }

  /** Undefined: as before, or not to be seen. */
  async function look(section: Section, old: KnownSection | undefined, missing: string[], signal: AbortSignal) {
    if (section.ask) {
      const asked = await section.ask(client, section.path, signal);
      if ('page' in asked) return { things: Object.fromEntries(cleanThings(section, asked.page)) };
      missing.push(asked.missing);
      return undefined;
    }
    const things: Record<string, KnownThing> = {};
    let etag: string | undefined;
    for (let path: string | undefined = section.path; path !== undefined; ) {
      const first = path === section.path;
      const page = await client.get(path, signal, {
        expect: UNSEEN,
        ...(first && old?.etag !== undefined && { etag: old.etag }),
      });
      if (page.unchanged || page.status >= 400) return undefined;
      for (const [id, thing] of cleanThings(section, page.body)) things[id] = thing;
      // Of several pages, only the first would be known to be unchanged.
      etag = first && page.next === undefined ? page.etag : undefined;
      path = page.next;
    }
    return { things, ...(etag !== undefined && { etag }) };
  }

  function cleanThings(section: Section, page: Json): readonly (readonly [string, KnownThing])[] {
    return section.things(page).flatMap(({ id, name, state }) => {
      const clean = redact({ name, state });
      if (!isObject(clean) || !isObject(clean.state)) return [];
      return [[id, { name: String(clean.name), state: clean.state }]] as const;
    });
  }

  return { name, source, every, read };
}

function changesOf(
  { kind, what, vast }: Section,
  { place }: Shelf,
  old: KnownSection,
  things: KnownSection['things'],
  revision: number,
): readonly InventoryChange[] {
  const common = (id: string) => ({ kind: typeof kind === 'string' ? kind : kind(id), what, ...place, revision });
  const now = Object.entries(things).flatMap(([id, { name, state }]): InventoryChange[] => {
    const before = old.things[id];
    if (!before) return [{ ...common(id), change: 'added', name, after: state }];
    if (canonicalJson(before) === canonicalJson({ name, state })) return [];
    const [was, is] = vast ? differing(before.state, state) : [before.state, state];
    return [{ ...common(id), change: 'changed', name, before: was, after: is }];
  });
  const gone = Object.entries(old.things).flatMap(([id, { name, state }]): InventoryChange[] =>
    Object.hasOwn(things, id) ? [] : [{ ...common(id), change: 'removed', name, before: state }],
  );
  return [...now, ...gone];
}

/** What of either is not in the other too. */
function differing(before: JsonObject, after: JsonObject): readonly [JsonObject, JsonObject] {
  const without = (one: JsonObject, other: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(one).filter(
        ([field, value]) => !Object.hasOwn(other, field) || canonicalJson(value) !== canonicalJson(other[field]),
      ),
    );
  return [without(before, after), without(after, before)];
}

/** Ours, so its form is known; what is not of it is as if nothing had been seen. */
function knownIn(kept: Json | undefined): Known {
  if (!isObject(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([what, section]) => (isKnown(section) ? [[what, section]] : [])),
  );
}

function isKnown(section: unknown): section is KnownSection {
  return isObject(section) && typeof section.revision === 'number' && isObject(section.things);
}
