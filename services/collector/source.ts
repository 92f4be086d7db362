// The contract of a source: one folder under sources/, one line in sources/index.ts. A source maps; the host delivers
// (redaction, times, routing, durable append, counting, dead letters live once, in host.ts).
import type { Activity, ActivityDetails } from '../core/activity.ts';
import type { Json } from '../core/json.ts';
import type { Instant } from '../core/time.ts';
import type { LogPart } from './log/part.ts';
import type { Push } from './push.ts';

/**
 * What a source sent, as it sent it: it holds secrets and never reaches a disk, a broker or a log. The wrapped replay
 * form of DESIGN.md section 8, in memory.
 */
export interface SourceRecord {
  readonly source: string;
  /** Webhook event name, from its header. */
  readonly event?: string;
  readonly received_at: Instant;
  /** JSON for structured feeds, text for logs and for lines. */
  readonly body: unknown;
  /** For logs and `git`: where the text belongs, when the body cannot say. */
  readonly repository?: string;
  readonly run_id?: string;
  readonly job?: string;
  /** Of logs of a system that counts its runs by these: Buildkite's. */
  readonly organization?: string;
  readonly pipeline?: string;
  /** Of a line of a file: the bytes before it. Two equal lines are two records. */
  readonly at?: number;
  /** Of a log that comes in pieces: what came before; without it the body is the whole log. */
  readonly part?: LogPart;
  /** Of a tool's report that came as a whole, and was cut into records. */
  readonly report?: ReportPart;
  /** In replay: `FILE:LINE`; a record without it is live, so its server time has to be recent. */
  readonly input?: string;
  readonly sample?: true;
  /** Of the past, read from the system's API: it is learned from, and raises nothing. */
  readonly history?: true;
}

/** Which report, and what its sender said of it. */
export interface ReportPart {
  /** Keyed digest: see `AlertReport.id`. */
  readonly id: string;
  readonly category?: string;
  /** Of what was scanned. */
  readonly revision?: string;
  readonly branch?: string;
  /** The record that ends it; its body is that of `results/ends.ts`. */
  readonly end?: true;
}

/** The same after the redactor: what `normalize` sees. */
export interface RedactedRecord extends Omit<SourceRecord, 'body'> {
  readonly body: Json;
  readonly redactions: Readonly<Record<string, number>>;
  /** Of a log: what the redactor saw in it. */
  readonly exposure?: ActivityDetails['exposure'];
  /** Of a scanner: what a token is called in audit logs, by its fingerprint (`host/token-hashes.ts`). */
  readonly tokens?: ReadonlyMap<string, string>;
}

/** `Omit` that keeps a union a union. */
export type DistributiveOmit<Type, Keys extends PropertyKey> = Type extends unknown ? Omit<Type, Keys> : never;

/**
 * An activity as a source makes it. The host adds what is the same for all: id, source, times it has to hold in bounds,
 * redactions, the record's body, where it came from; whether the actor's name is a bot's and who the configuration says
 * it is, credentials' ids in one spelling, autonomous system and country of addresses (`host/complete.ts`). `natural_id` is the feed's own name of what happened, the same in
 * every delivery (an audit entry's document id); without it, the id comes from the record's content. Commits need none:
 * the host names them by repository and sha, so that one commit seen by two feeds has one id.
 */
export type ActivityDraft = DistributiveOmit<
  Activity,
  | 'id'
  | 'source'
  | 'received_at'
  | 'observed_at'
  | 'redactions'
  | 'record'
  | 'problems'
  | 'looked_up'
  | 'input'
  | 'sample'
  | 'history'
> & {
  readonly natural_id?: string;
  /** Stamped by the source's server; the host takes `received_at` where it is missing. */
  readonly observed_at?: Instant;
};

/** An activity as a mapper makes it: without what all activities of a record share. */
export type Piece = DistributiveOmit<ActivityDraft, 'native_type'>;

export interface Source {
  /**
   * A name of DESIGN.md section 8: `<system>.<feed>` is the file `sources/<system>/<feed>.ts`, a runtime sensor is
   * `sources/sensors/<name>.ts`, any other name of one word is `sources/<name>/<name>.ts`.
   */
  readonly id: string;
  readonly title: string;
  /** The page of the system's documentation that describes the record. */
  readonly reference: string;
  /** How a line of plain replay input becomes a body: parsed, or as it is; logs are read as one text per file. */
  readonly body: 'json' | 'text' | 'log';
  /** Exports of it come as CSV with a header line: plain replay reads each row as an object of its columns. */
  readonly csv?: true;
  /**
   * Field names whose strings identify and are no secrets (`hashed_token`, `sha`): the redactor leaves them alone.
   */
  readonly identifiers: readonly string[];
  /** Field names whose strings are the id of a credential (AWS's `accessKeyId`), which has a form of its own: it stays. */
  readonly credentials?: readonly string[];
  /**
   * Takes the body out of what carries it, before redaction, so that the redactor sees its fields by their names and its
   * texts without the carrier's escapes. What it cannot take apart, it gives back. Pure.
   */
  unpack?(body: unknown): unknown;
  /**
   * Field names below which everything is a secret, whatever it looks like: where a scanner quotes what it found. The
   * redactor leaves fingerprints there.
   */
  readonly secrets?: readonly string[];
  /** How it is delivered to us, where it can be. */
  readonly push?: Push;
  /**
   * Pure: the same record gives the same drafts. Throws RECORD_INVALID when it is not a record of this feed; a type
   * that nothing here knows becomes kind `other`.
   */
  normalize(record: RedactedRecord): readonly ActivityDraft[];
  /** Of logs: what the piece behind this one goes on from. */
  partAfter?(record: RedactedRecord): Omit<LogPart, 'last'>;
  /**
   * The newest server time that the body carries, where one can be told: what replay takes for a missing
   * `received_at`. It sees the record as it was sent, so it must give nothing back but the number.
   */
  time(body: Json): Instant | undefined;
}

export function defineSource(source: Source): Source {
  return source;
}
