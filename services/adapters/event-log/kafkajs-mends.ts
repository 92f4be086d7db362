// Repairs of five faults of kafkajs 2.2.4, made once for the process when this file is loaded. Nothing here changes
// what kafkajs promises; each repair says what was wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import Broker, { type FetchedMessage, type FetchedPartition } from 'kafkajs/src/broker/index.js';
import Connection from 'kafkajs/src/network/connection.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/** Key of a control record: version, then type, both 16 bits; type 0 ends a transaction by abort (KIP-98). */
const ABORT = 0;
/** A response begins with its size. */
const SIZE_BYTES = 4;
const SETTLED_WITHIN_MS = 10_000;

// Every connection armed a timer of 1 ms for ever, though there was nothing to send (tulios/kafkajs#1751).
const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0) schedule.call(this);
};

// Two requests at once on a connection that was not yet open made two sockets, of which the first was lost, never
// closed. And half a response left over from a socket that broke was put before the first response of the next one.
const connect = Connection.prototype.connect;
const connecting = new WeakMap<Connection, Promise<boolean>>();
Connection.prototype.connect = function (this: Connection) {
  const known = connecting.get(this);
  if (known) return known;
  if (!this.isConnected()) {
    this.chunks = [];
    this.bytesBuffered = 0;
    this.bytesNeeded = SIZE_BYTES;
  }
  const opened = connect.call(this).finally(() => connecting.delete(this));
  connecting.set(this, opened);
  return opened;
};

// The filter of aborted entries took at most one transaction per message, in the order of the list: with two aborted
// transactions interleaved in a partition it showed entries of the second. Marked as control records here, aborted
// entries are hidden, and the reader's position still moves over them.
const fetch = Broker.prototype.fetch;
Broker.prototype.fetch = async function (this: Broker, request) {
  const response = await fetch.call(this, request);
  for (const { partitions } of response.responses) for (const partition of partitions) hideAborted(partition);
  return response;
};

/** As the Java client does it: a producer's entries are hidden from its aborted transaction's first offset to its abort marker. */
export function hideAborted(partition: FetchedPartition): void {
  const ahead = [...(partition.abortedTransactions ?? [])].sort(
    (a, b) => Number(a.firstOffset) - Number(b.firstOffset),
  );
  const aborting = new Set<string>();
  for (const message of partition.messages) {
    while (ahead[0] && Number(ahead[0].firstOffset) <= Number(message.offset)) {
      aborting.add(ahead[0].producerId);
      ahead.shift();
    }
    const { producerId, inTransaction } = message.batchContext;
    if (endsByAbort(message)) aborting.delete(producerId);
    else if (inTransaction && aborting.has(producerId)) message.isControlRecord = true;
  }
  partition.abortedTransactions = [];
}

function endsByAbort({ isControlRecord, key }: FetchedMessage): boolean {
  return isControlRecord && key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT;
}

// A transaction that follows another at once is told CONCURRENT_TRANSACTIONS until the first one's markers are written:
// a few milliseconds. kafkajs waited 300 ms and more, or gave up at once where offsets came first.
for (const name of ['initProducerId', 'addPartitionsToTxn', 'addOffsetsToTxn'] as const) {
  const send = Broker.prototype[name];
  Broker.prototype[name] = async function (this: Broker, request) {
    let waited = 0;
    for (let pause = 2; ; pause = Math.min(pause * 2, 100)) {
      try {
        return await send.call(this, request);
      } catch (error) {
        if (!isConcurrent(error) || waited > SETTLED_WITHIN_MS) throw error;
      }
      await sleep(pause);
      waited += pause;
    }
  };
}

function isConcurrent(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'CONCURRENT_TRANSACTIONS';
}
