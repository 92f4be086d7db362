// How a feed is delivered to us: which headers its sender sets, and how it proves who it is. A source says it; the
// receiver does it.
import { isObject } from '../core/json.ts';
import type { Proof } from './receiver/proofs.ts';

export interface Push {
  /** Where it is received unless the configuration says otherwise. */
  readonly path: string;
  /** What its sender appends to the address that it is given, one for each sort of record; nothing where left out. */
  readonly endings?: readonly string[];
  readonly proof: Proof;
  /** Header with the event's name, for bodies that do not say it. */
  readonly event?: string;
  /** Headers with the delivery's id, the same when it is sent again; the first that is there counts. */
  readonly delivery?: readonly string[];
  /** What its sender looks for in an answer, beside ours. */
  readonly answer?: Readonly<Record<string, string | number>>;
  /** What its sender may write instead of JSON. */
  readonly binary?: Binary;
  /** The records that one body holds; a body is one record where nothing is said. */
  split?(body: unknown): readonly unknown[];
}

/** An encoding that is no JSON. A delivery in it is answered by nothing of that type: an empty message says that all is well. */
export interface Binary {
  /** `application/x-protobuf`. */
  readonly type: string;
  /** What the same would be in JSON; `ending`: where it came to. Throws RECORD_INVALID. */
  decode(bytes: Uint8Array, ending: string): unknown;
}

/** One place that a feed is received at. */
export interface Address {
  readonly path: string;
  readonly ending: string;
}

/** All of them, below the path that is configured. */
export function addressesOf(path: string, { endings }: Push): readonly Address[] {
  if (!endings) return [{ path, ending: '' }];
  const base = path.endsWith('/') ? path.slice(0, -1) : path;
  return endings.map((ending) => ({ path: base + ending, ending }));
}

/** One record, or a list of them: for feeds that log shippers gather. */
export function listed(body: unknown): readonly unknown[] {
  return Array.isArray(body) ? body : [body];
}

/** What Splunk answers: https://help.splunk.com/splunk-enterprise/leverage-rest-apis/rest-api-reference/input-endpoints */
export const COLLECTOR_ANSWER = { text: 'Success', code: 0 } as const;

/**
 * Records within events of Splunk's HTTP Event Collector, which audit streams can be sent to:
 * https://help.splunk.com/splunk-enterprise/get-data-in/collect-http-event-data/format-events-for-http-event-collector
 */
export function collectorEvents(body: unknown): readonly unknown[] {
  return listed(body).flatMap((each) => (isObject(each) && 'event' in each ? listed(each.event) : [each]));
}
