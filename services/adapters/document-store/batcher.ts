// Sends together what is asked for at the same time: while one batch is under way the next one gathers, and each asker
// gets their own result.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PipewardenError } from '../../core/errors.ts';

export type Outcome<Result> = { readonly result: Result } | { readonly error: PipewardenError };

export interface BatcherOptions<Item, Result> {
  /** One outcome an item, in order. A rejection is every item's. */
  send(items: readonly Item[]): Promise<readonly Outcome<Result>[]>;
  /** What an item adds to a batch, in bytes. */
  weigh(item: Item): number;
  readonly mostItems: number;
  readonly mostBytes: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  settle(outcome: Outcome<Result>): void;
  fail(error: unknown): void;
}

export class Batcher<Item, Result> {
  readonly #options: BatcherOptions<Item, Result>;
  readonly #waiting: Waiting<Item, Result>[] = [];
  #sending: Promise<void> | undefined;

  constructor(options: BatcherOptions<Item, Result>) {
    this.#options = options;
  }

  async add(item: Item): Promise<Result> {
    const outcome = await new Promise<Outcome<Result>>((settle, fail) => {
      this.#waiting.push({ item, settle, fail });
      this.#sending ??= this.#sendAll();
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  }

  /** Resolves when nothing waits for an answer. */
  async idle(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    // Whoever asks in this turn comes along.
    await nextTurn();
    while (this.#waiting.length > 0) await this.#send(this.#take());
    this.#sending = undefined;
  }

  #take(): Waiting<Item, Result>[] {
    const { weigh, mostItems, mostBytes } = this.#options;
    let bytes = 0;
    const beyond = this.#waiting.findIndex(({ item }, index) => {
      bytes += weigh(item);
      return index === mostItems || (index > 0 && bytes > mostBytes);
    });
    return this.#waiting.splice(0, beyond === -1 ? this.#waiting.length : beyond);
  }

  async #send(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const outcomes = await this.#options.send(batch.map(({ item }) => item));
      for (const [index, { settle, fail }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome) settle(outcome);
        else fail(new PipewardenError('INTERNAL', { problem: 'a batch was answered in part' }));
      }
    } catch (error) {
      // What is refused as a whole may be one item's fault.
      if (batch.length > 1 && error instanceof PipewardenError && error.fate === 'give-up') {
        for (const one of batch) await this.#send([one]);
      } else for (const { fail } of batch) fail(error);
    }
  }
}
