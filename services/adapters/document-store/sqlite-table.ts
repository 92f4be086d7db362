// The documents of the embedded store as rows of one table, with an index of their words; each change is atomic.
import { z } from 'zod';
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Condition, Page, Query, Stored } from '../../core/ports/document-store.ts';
import type { Instant } from '../../core/time.ts';
import type { CollectionName } from '../../core/topics.ts';
import { Database } from '../sqlite.ts';
import {
  all,
  elements,
  following,
  holding,
  matching,
  SCALAR,
  type Sql,
  sortKey,
  VALUE,
  writeCursor,
} from './sqlite-query.ts';
import { checkedLimit, refused, textsOf } from './terms.ts';

// A write makes a new row, so `number` serves as the version: it never comes twice. `body` is JSONB, which a search
// need not parse. `words` is an index without the text (https://sqlite.org/fts5.html#contentless_delete_tables).
const SCHEMA = `
  create table if not exists documents (
    number integer primary key autoincrement,
    collection text not null,
    id text not null,
    written integer not null,
    body blob not null,
    unique (collection, id)
  ) strict;
  create index if not exists documents_by_time on documents (collection, written);
  create virtual table if not exists words using fts5 (text, content = '', contentless_delete = 1)`;

const Numbered = z.object({ number: z.number() });
const Valid = z.object({ valid: z.literal(1) });
const Document = z.object({ number: z.number(), id: z.string(), body: z.string() });
const Key = z.union([z.string(), z.number(), z.null()]);
const Total = z.object({ total: z.number() });
const Hit = Document.extend({ key: Key });
const Group = z.object({ type: z.string(), value: z.union([z.string(), z.number()]), count: z.number() });

export class DocumentTable {
  readonly #database: Database;

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.transaction(() => this.#database.exec(SCHEMA));
  }

  get<Body extends object>(collection: CollectionName, id: string): Stored<Body> | undefined {
    const row = this.#database
      .sql('select number, id, json(body) as body from documents where collection = ? and id = ?')
      .get(collection, id);
    return row && stored<Body>(row);
  }

  put(collection: CollectionName, id: string, body: object, expected: string, now: Instant): string {
    const text = JSON.stringify(body);
    const valid = Valid.safeParse(this.#database.sql('select json_valid(?) as valid').get(text)).success;
    // Any search would stumble over it.
    if (!valid) throw refused('a document is nested too deeply');
    return this.#database.transaction(() => {
      const current = this.#number(collection, id);
      const found = current === undefined ? 'absent' : String(current);
      if (expected !== 'any' && expected !== found) throw new PipewardenError('DOCUMENT_CONFLICT', { collection, id });
      if (current !== undefined) this.#drop([current]);
      const row = this.#database
        .sql('insert into documents (collection, id, written, body) values (?, ?, ?, jsonb(?)) returning number')
        .get(collection, id, now, text);
      const { number } = Numbered.parse(row);
      this.#database.sql('insert into words (rowid, text) values (?, ?)').run(number, textsOf(text).join('\n'));
      return String(number);
    });
  }

  remove(collection: CollectionName, id: string): boolean {
    return this.#database.transaction(() => {
      const number = this.#number(collection, id);
      if (number !== undefined) this.#drop([number]);
      return number !== undefined;
    });
  }

  search<Body extends object>(collection: CollectionName, query: Query): Page<Body> {
    const limit = checkedLimit(query.limit);
    const order = query.sort?.order === 'desc' ? 'desc' : 'asc';
    const key = sortKey(query.sort);
    const found = all([within(collection), holding(query.text ?? ''), matching(query.where ?? [])]);
    const rest = following(query.after, order);
    // One row says the total when the page is empty.
    const [first, ...others] = this.#database
      .sql(
        `with hits as materialized (select number, id, ${key.text} as key from documents as document where ${found.text}),
           page as materialized (select * from hits where ${rest.text} order by key is null, key ${order}, id limit ?)
         select (select count(*) from hits) as total, page.*, json(document.body) as body
         from (select 1) left join page left join documents as document on document.number = page.number
         order by page.key is null, page.key ${order}, page.id`,
      )
      .all(...key.values, ...found.values, ...rest.values, limit + 1);
    const hits = first?.number === null ? [] : [first, ...others].map((row) => Hit.parse(row));
    const documents = hits.slice(0, limit);
    const last = documents.at(-1);
    return {
      documents: documents.map((hit) => stored<Body>(hit)),
      total: Total.parse(first).total,
      ...(last && hits.length > limit ? { next: writeCursor([last.key, last.id]) } : {}),
    };
  }

  count(
    collection: CollectionName,
    by: string,
    where: readonly Condition[] = [],
    limit?: number,
  ): { readonly value: Json; readonly count: number }[] {
    const at = elements(by);
    const found = all([within(collection), matching(where), { text: SCALAR, values: [] }]);
    return this.#database
      .sql(
        `select iif(element.type = 'real', 'integer', element.type) as type, ${VALUE} as value,
           count(distinct document.number) as count
         from documents as document, ${at.text} where ${found.text}
         group by 1, 2 order by count desc, value limit ?`,
      )
      .all(...at.values, ...found.values, checkedLimit(limit))
      .map((row) => Group.parse(row))
      .map(({ type, value, count }) => ({
        value: type === 'true' || type === 'false' ? type === 'true' : value,
        count,
      }));
  }

  /** Removes at most `limit`; gives how many. */
  removeBefore(collection: CollectionName, before: Instant, limit: number): number {
    return this.#database.transaction(() => {
      const rows = this.#database
        .sql('select number from documents where collection = ? and written < ? limit ?')
        .all(collection, before, limit);
      this.#drop(rows.map((row) => Numbered.parse(row).number));
      return rows.length;
    });
  }

  close(): void {
    this.#database.close();
  }

  #number(collection: CollectionName, id: string): number | undefined {
    const row = this.#database.sql('select number from documents where collection = ? and id = ?').get(collection, id);
    return row && Numbered.parse(row).number;
  }

  #drop(numbers: readonly number[]): void {
    const list = JSON.stringify(numbers);
    this.#database.sql('delete from words where rowid in (select value from json_each(?))').run(list);
    this.#database.sql('delete from documents where number in (select value from json_each(?))').run(list);
  }
}

function within(collection: CollectionName): Sql {
  return { text: 'document.collection = ?', values: [collection] };
}

function stored<Body extends object>(row: unknown): Stored<Body> {
  const { number, id, body } = Document.parse(row);
  return { id, version: String(number), body: JSON.parse(body) };
}
