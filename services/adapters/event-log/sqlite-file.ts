// The event log's file: its tables and what is read and written in one step. Every method is one transaction or one
// statement, and fails with LOG_UNAVAILABLE where SQLite does.
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Entry, NewEntry, Outcome, StateEntry } from '../../core/ports/event-log.ts';
import type { Instant } from '../../core/time.ts';
import { TOPICS, type TopicName } from '../../core/topics.ts';
import { Database, opening } from '../sqlite.ts';
import { partitionOf } from './sqlite-partition.ts';
import type { Append } from './together.ts';

// A cursor is a group's place in a partition. `position` is the first offset that is not committed yet; `generation`
// grows with every change of owner and is the fence: who commits must still have the newest one.
// `abs(now - seen_at) < lease_ms` says that a member lives; written so, a clock that is set back revives nobody.
const SCHEMA = `
  create table if not exists entries (
    id integer primary key, topic text not null, partition integer not null, offset integer not null,
    key text not null, value text not null, written_at integer not null,
    unique (topic, partition, offset)
  ) strict;
  create table if not exists ends (
    topic text not null, partition integer not null, next integer not null,
    primary key (topic, partition)
  ) strict, without rowid;
  create table if not exists cursors (
    id integer primary key, consumer_group text not null, topic text not null, partition integer not null,
    position integer not null, owner text, generation integer not null default 0,
    unique (consumer_group, topic, partition)
  ) strict;
  create table if not exists members (
    id text primary key, consumer_group text not null, topic text not null,
    seen_at integer not null, lease_ms integer not null
  ) strict, without rowid;
  create table if not exists state (
    cursor integer not null references cursors (id), key text not null, value text not null,
    primary key (cursor, key)
  ) strict;
`;

/** A batch ends before the entry that would take it past so many bytes of values. */
const BATCH_BYTES = 16 * 1024 * 1024;
const STATE_PAGE = 500;
const PRUNE_AT_ONCE = 1_000;

export interface Member {
  readonly id: string;
  readonly group: string;
  readonly topic: TopicName;
  readonly leaseMs: number;
}

export interface Cursor {
  readonly id: number;
  readonly partition: number;
  readonly position: number;
  readonly owner: string | undefined;
  readonly generation: number;
}

export class LogFile {
  readonly #database: Database;
  readonly #isSingle: boolean;

  /** `single`: every topic has one partition, unless the file already has more. */
  constructor(path: string, single = false) {
    this.#database = opening(path, 'LOG_UNAVAILABLE', () => {
      const database = new Database(path);
      database.exec(SCHEMA);
      return database;
    });
    const text = 'select 1 from (select partition from ends union select partition from cursors) where partition > 0';
    this.#isSingle = single && available(() => this.#database.sql(text).all()).length === 0;
  }

  partitions(topic: TopicName): number {
    return this.#isSingle ? 1 : TOPICS[topic].partitions;
  }

  append(appends: readonly Append[], at: Instant): void {
    this.#atomically(() => {
      for (const { topic, entries } of appends) this.#append(topic, entries, at);
    });
  }

  read(topic: TopicName, partition: number, from: number, limit: number): Entry[] {
    const text = `select offset, key, value from entries where topic = ? and partition = ? and offset >= ?
      order by offset limit ?`;
    const rows = available(() => this.#database.sql(text).all(topic, partition, from, limit));
    return rows.map((row) => ({
      partition,
      offset: Number(row.offset),
      key: String(row.key),
      value: String(row.value),
    }));
  }

  /** As `read`, held to what fits into memory; at least one entry where there is one. */
  batch(topic: TopicName, partition: number, from: number, limit: number): Entry[] {
    const text = `select octet_length(value) as bytes from entries where topic = ? and partition = ? and offset >= ?
      order by offset limit ?`;
    const sizes = available(() => this.#database.sql(text).all(topic, partition, from, limit));
    let bytes = 0;
    const over = sizes.findIndex((row) => {
      bytes += Number(row.bytes);
      return bytes > BATCH_BYTES;
    });
    const fitting = over === -1 ? sizes.length : Math.max(over, 1);
    return fitting === 0 ? [] : this.read(topic, partition, from, fitting);
  }

  /** The offset that the next entry of each partition will get; partitions never written to are left out. */
  ends(topic: TopicName): Map<number, number> {
    const rows = available(() => this.#database.sql('select partition, next from ends where topic = ?').all(topic));
    return new Map(rows.map((row) => [Number(row.partition), Number(row.next)]));
  }

  /** Makes the group known from now on: what it has not committed is kept. */
  join(member: Member, now: Instant): void {
    this.#atomically(() => {
      this.#database.sql('delete from members where abs(? - seen_at) >= lease_ms').run(now);
      this.#beat(member, now);
      const text = `insert or ignore into cursors (consumer_group, topic, partition, position) values (?1, ?2, ?3,
        coalesce((select min(offset) from entries where topic = ?2 and partition = ?3),
                 (select next from ends where topic = ?2 and partition = ?3), 0))`;
      for (let partition = 0; partition < this.partitions(member.topic); partition++) {
        this.#database.sql(text).run(member.group, member.topic, partition);
      }
    });
  }

  /** Says that these members live. */
  beat(members: readonly Member[], now: Instant): void {
    this.#atomically(() => {
      for (const member of members) this.#beat(member, now);
    });
  }

  leave(member: Member): void {
    this.#atomically(() => {
      this.#database.sql('update cursors set owner = null where owner = ?').run(member.id);
      this.#database.sql('delete from members where id = ?').run(member.id);
    });
  }

  /** Ids of a group's living members, in order. */
  living({ group, topic }: Member, now: Instant): string[] {
    const text = `select id from members where consumer_group = ? and topic = ? and abs(? - seen_at) < lease_ms
      order by id`;
    return available(() => this.#database.sql(text).all(group, topic, now)).map((row) => String(row.id));
  }

  /** A group's cursors, by partition. */
  cursors({ group, topic }: Pick<Member, 'group' | 'topic'>): Cursor[] {
    const text = `select id, partition, position, owner, generation from cursors
      where consumer_group = ? and topic = ? order by partition`;
    return available(() => this.#database.sql(text).all(group, topic)).map((row) => ({
      id: Number(row.id),
      partition: Number(row.partition),
      position: Number(row.position),
      owner: row.owner === null ? undefined : String(row.owner),
      generation: Number(row.generation),
    }));
  }

  /** Takes cursors over, as they were seen; gives those that nobody else was faster to take. */
  take(member: Member, seen: readonly Cursor[]): Cursor[] {
    const text = 'update cursors set owner = ?, generation = generation + 1 where id = ? and generation = ?';
    return this.#atomically(() =>
      seen
        .filter(({ id, generation }) => this.#database.sql(text).run(member.id, id, generation).changes === 1)
        .map((cursor) => ({ ...cursor, owner: member.id, generation: cursor.generation + 1 })),
    );
  }

  release({ id, generation }: Cursor): void {
    const text = 'update cursors set owner = null where id = ? and generation = ?';
    available(() => this.#database.sql(text).run(id, generation));
  }

  /** The state behind a cursor, by key, a page at a time. */
  async *state({ id }: Cursor): AsyncGenerator<StateEntry> {
    const text = 'select key, value from state where cursor = ? and key >= ? order by key limit ?';
    for (let from = ''; ; ) {
      const start = from;
      const rows = available(() => this.#database.sql(text).all(id, start, STATE_PAGE));
      for (const row of rows) yield { key: String(row.key), value: String(row.value) };
      if (rows.length < STATE_PAGE) return;
      // The smallest key after the last one.
      from = `${String(rows.at(-1)?.key)}\u0000`;
    }
  }

  /** All of an outcome and the new position, or LOG_FENCED and nothing. */
  commit(topic: TopicName, cursor: Cursor, position: number, { state = [], produce = [] }: Outcome, at: Instant): void {
    this.#atomically(() => {
      const moved = this.#database
        .sql('update cursors set position = ? where id = ? and generation = ?')
        .run(position, cursor.id, cursor.generation);
      if (moved.changes === 0) throw new PipewardenError('LOG_FENCED', { topic, partition: cursor.partition });
      const set = this.#database.sql(`insert into state (cursor, key, value) values (?, ?, ?)
        on conflict do update set value = excluded.value`);
      const remove = this.#database.sql('delete from state where cursor = ? and key = ?');
      for (const { key, value } of state) {
        if (value === null) remove.run(cursor.id, key);
        else set.run(cursor.id, key, value);
      }
      for (const [target, entries] of Map.groupBy(produce, (entry) => entry.topic)) this.#append(target, entries, at);
    });
  }

  /** Removes some entries written before `before` that every known group has committed; true when there are more. */
  prune(topic: TopicName, partition: number, before: Instant): boolean {
    const kept = `select min(coalesce((select min(position) from cursors where topic = ?1 and partition = ?2), next),
        coalesce((select offset from entries where topic = ?1 and partition = ?2 and written_at >= ?3
                  order by offset limit 1), next)) as first
      from ends where topic = ?1 and partition = ?2`;
    const remove = `delete from entries where id in (select id from entries
      where topic = ? and partition = ? and offset < ? order by offset limit ?)`;
    return this.#atomically(() => {
      const first = Number(this.#database.sql(kept).get(topic, partition, before)?.first ?? 0);
      return this.#database.sql(remove).run(topic, partition, first, PRUNE_AT_ONCE).changes === PRUNE_AT_ONCE;
    });
  }

  close(): void {
    this.#database.close();
  }

  #append(topic: TopicName, entries: readonly NewEntry[], at: Instant): void {
    const insert = this.#database.sql(
      'insert into entries (topic, partition, offset, key, value, written_at) values (?, ?, ?, ?, ?, ?)',
    );
    const ends = this.ends(topic);
    const moved = new Map<number, number>();
    for (const { key, value, partition: wanted } of entries) {
      const partition = wanted ?? partitionOf(key, this.partitions(topic));
      const offset = moved.get(partition) ?? ends.get(partition) ?? 0;
      insert.run(topic, partition, offset, key, value, at);
      moved.set(partition, offset + 1);
    }
    const move = this.#database.sql('insert or replace into ends (topic, partition, next) values (?, ?, ?)');
    for (const [partition, next] of moved) move.run(topic, partition, next);
  }

  #beat({ id, group, topic, leaseMs }: Member, now: Instant): void {
    const text = 'insert or replace into members (id, consumer_group, topic, seen_at, lease_ms) values (?, ?, ?, ?, ?)';
    this.#database.sql(text).run(id, group, topic, now, leaseMs);
  }

  #atomically<Result>(work: () => Result): Result {
    return available(() => this.#database.transaction(work));
  }
}

function available<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof PipewardenError) throw error;
    throw new PipewardenError('LOG_UNAVAILABLE', { problem: messageOf(error) }, error);
  }
}
