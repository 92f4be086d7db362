// The only file that names `node:sqlite`, whose API is being renamed; the embedded adapters build on this.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

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
    if (options.exclusive) {
      // Without shared memory the lock of the first write is kept until the connection ends (sqlite.org/pragma.html).
      this.#database.exec('pragma locking_mode = exclusive; begin exclusive; commit');
      return;
    }
    this.#database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
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
