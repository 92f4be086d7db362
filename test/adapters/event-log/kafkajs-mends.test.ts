// The repairs of kafkajs that need no broker to show.
import Broker, { type FetchedMessage } from 'kafkajs/src/broker/index.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { describe, expect, test } from 'vitest';
import { hideAborted } from '../../../services/adapters/event-log/kafkajs-mends.ts';

const ABORT = Buffer.from([0, 0, 0, 0]);
const COMMIT = Buffer.from([0, 0, 0, 1]);

describe('an idle connection', () => {
  const queue = () =>
    new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, logger: { namespace: () => ({ debug() {} }) } });

  test('keeps no timer running', () => {
    const idle = queue();
    idle.checkPendingRequests();
    expect(idle.throttleCheckTimeoutId).toBeNull();
  });

  test('still looks again while requests wait', () => {
    const busy = queue();
    busy.pending.push({});
    busy.scheduleCheckPendingRequests();
    expect(busy.throttleCheckTimeoutId).not.toBeNull();
    busy.destroy();
  });
});

describe('aborted transactions', () => {
  /** A partition written by producers, one character each: `a` an entry of a, `-a` its abort marker, `+a` its commit marker. */
  function written(...log: string[]): FetchedMessage[] {
    return log.map((item, offset) => {
      const marker = item.length > 1;
      return {
        offset: String(offset),
        key: marker ? (item.startsWith('-') ? ABORT : COMMIT) : Buffer.from(item),
        value: Buffer.from(item),
        isControlRecord: marker,
        batchContext: {
          firstOffset: String(offset),
          lastOffsetDelta: 0,
          producerId: item.slice(-1),
          inTransaction: item.slice(-1) !== 'x',
        },
      };
    });
  }

  function shown(
    messages: FetchedMessage[],
    abortedTransactions: { producerId: string; firstOffset: string }[],
  ): string {
    const partition = { partition: 0, highWatermark: '9', lastStableOffset: '9', abortedTransactions, messages };
    hideAborted(partition);
    return messages.flatMap(({ isControlRecord, offset }) => (isControlRecord ? [] : [offset])).join();
  }

  test('are hidden, each from its first entry to its marker', () => {
    const messages = written('x', 'a', 'x', '-a', 'a', '+a');
    expect(shown(messages, [{ producerId: 'a', firstOffset: '1' }])).toBe('0,2,4');
  });

  test('are hidden when they lie between each other, listed in the order in which they ended', () => {
    const messages = written('b', 'a', 'a', 'b', '-a', 'b', 'x', '-b', 'b', '+b');
    const aborted = [
      { producerId: 'a', firstOffset: '1' },
      { producerId: 'b', firstOffset: '0' },
    ];
    expect(shown(messages, aborted)).toBe('6,8');
  });

  test('are hidden when they began before the first entry that was fetched', () => {
    const messages = written('b', 'a', 'b', '-b', '-a', 'x');
    const aborted = [
      { producerId: 'a', firstOffset: '-2' },
      { producerId: 'b', firstOffset: '-1' },
    ];
    expect(shown(messages, aborted)).toBe('5');
  });
});

describe('a transaction that follows another at once', () => {
  /** A broker that answers with these error types first, then with `done`. */
  function answering(...types: string[]): { readonly broker: Broker; readonly asked: () => number } {
    let asked = 0;
    const send = async () => {
      const type = types[asked++];
      if (type !== undefined) throw Object.assign(new Error(type), { type });
      return 'done';
    };
    const broker = Object.assign(Object.create(Broker.prototype), {
      lookupRequest: () => () => ({}),
      connectionPool: { send },
    });
    return { broker, asked: () => asked };
  }
  const BUSY = 'CONCURRENT_TRANSACTIONS';

  test.for(['initProducerId', 'addPartitionsToTxn', 'addOffsetsToTxn'] as const)(
    'asks %s again in a moment while the markers of the first are written, below the long pauses of kafkajs',
    async (name) => {
      const { broker, asked } = answering(BUSY, BUSY, BUSY);
      expect(await broker[name]({})).toBe('done');
      expect(asked()).toBe(4);
    },
  );

  test('is told at once of anything else', async () => {
    const { broker, asked } = answering(BUSY, 'INVALID_PRODUCER_EPOCH');
    await expect(broker.addPartitionsToTxn({})).rejects.toMatchObject({ type: 'INVALID_PRODUCER_EPOCH' });
    expect(asked()).toBe(2);
  });
});
