// The only file that names `node:sqlite`, whose API is being renamed; the embedded adapters build on this.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type ErrorCode, messageOf, PipewardenError } from '../core/errors.ts';

/**
 * Pages (4 KiB) that are written beside the file before they are put into it: an eighth as many stops for the disk as by
 * default, each of which holds up whoever waits for an answer. https://www.sqlite.org/wal.html#automatic_checkpoint
 */
const CHECKPOINT = 8_000;

/** Texts of the adapters are constants, but for searches: their shapes are many. */
const STATEMENTS = 200;

export type SqlValue = SQLInputValue;
export type Row = Readonly<Record<string, unknown>>;

export interface Statement {
  run(...values: readonly SqlValue[]): { readonly changes: number };
  get(...values: readonly SqlValue[]): Row | undefined;
  all(...values: readonly SqlValue[]): readonly Row[];
}

/**
 * A database file in WAL mode; several processes may have it open. All calls are synchronous. `synchronous = full`:
 * a commit that returned survives the loss of power.
 */
export class Database {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * `path`: a file, made where it is missing, or `:memory:`. `exclusive`: no other process may have it open, and this
   * one throws at once when another has.
   */
  constructor(path: string, options: { readonly exclusive?: boolean } = {}) {
    this.#database = new DatabaseSync(path, { timeout: options.exclusive ? 0 : 5_000 });
    try {
      // Without shared memory the lock of the first write is kept until the connection ends (sqlite.org/pragma.html).
      if (options.exclusive) this.#database.exec('pragma locking_mode = exclusive; begin exclusive; commit');
      else {
        this.#database.exec(
          `pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma wal_autocheckpoint = ${CHECKPOINT}`,
        );
      }
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Runs statements that give no rows, separated by semicolons. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** A statement by its text; prepared once, as long as it is among the last `STATEMENTS` texts. */
  sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#database.prepare(text);
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined && this.#statements.size >= STATEMENTS) this.#statements.delete(oldest);
      this.#statements.set(text, statement);
    }
    const prepared = statement;
    return {
      run: (...values) => ({ changes: Number(prepared.run(...values).changes) }),
      get: (...values) => prepared.get(...values),
      all: (...values) => prepared.all(...values),
    };
  }

  /** Everything in `work` or nothing. Takes the write lock at once, so that a reader never has to upgrade. */
  transaction<Result>(work: () => Result): Result {
    this.#database.exec('begin immediate');
    try {
      const result = work();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

/** By SQLite's result codes (https://sqlite.org/rescode.html). */
const MENDS: ReadonlyMap<number, string> = new Map([
  [5, 'another process holds it: stop that one'],
  [8, 'it may not be written: give it and its folder to this user, or name another folder'],
  [10, 'the disk does not do as it is told: look at it, and make room'],
  [11, 'it is damaged: stop, and put the whole folder back from a backup, or begin with an empty one'],
  [13, 'make room on its disk, or name a folder on another'],
  [14, 'its folder is not there or may not be written: make it, give it to this user, or name another'],
  [26, 'it is damaged: stop, and put the whole folder back from a backup, or begin with an empty one'],
]);

/** What `open` gives; when it fails, `code` with the file, what SQLite says of it, and the mend. */
export function opening<Result>(path: string, code: ErrorCode, open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    const mend = error instanceof Error && 'errcode' in error ? MENDS.get(Number(error.errcode) & 0xff) : undefined;
    const problem = `${path}: ${messageOf(error)}${mend ? `; ${mend}` : ''}`;
    throw new PipewardenError(code, { problem }, error);
  }
}
