// The contract of a system that is read: what it is asked for again and again (polls), and what is fetched because of
// something that happened (pulls). A system reads; the poller host keeps the place, paces, tries again and counts.
import type { z } from 'zod';
import type { Activity } from '../../core/activity.ts';
import type { Clock } from '../../core/clock.ts';
import type { Json } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';
import type { IngestReport } from '../host.ts';
import type { CountArchived } from '../log/archive/counted.ts';
import type { SourceRecord } from '../source.ts';
import type { Client, ClientOptions } from './client.ts';

/** Some of what there is to read. The next turn is asked for when these records are durable and the place is kept. */
export interface Turn {
  readonly records: readonly SourceRecord[];
  /** Where to go on after them: plain JSON, no secrets. */
  readonly cursor: Json | ((report: IngestReport) => Json);
  /** What could not be had, and why, as sentences: the rest is read. */
  readonly missing?: readonly string[];
}

/** Ends when there is no more at the moment; throws PipewardenError. What was read twice has the same ids. */
export type Reading = AsyncIterable<Turn>;

export interface Poll {
  /** Unlike any other of its system, and the same after a restart: part of the key under which its cursor is kept. */
  readonly name: string;
  /** The feed that it gives; of several, the one by which it is counted. */
  readonly source: string;
  /** Milliseconds between two readings. */
  readonly every: number;
  read(cursor: Json | undefined, signal: AbortSignal): Reading;
}

/** Ids and names of entities, redacted: what has to be fetched. */
export type Errand = Readonly<Record<string, string>>;

export interface Pull {
  /** As for a poll. */
  readonly name: string;
  readonly source: string;
  /** Pure: what has to be fetched because of this activity. Activities of every system are shown. */
  wanted(activity: Activity): Errand | undefined;
  read(errand: Errand, cursor: Json | undefined, signal: AbortSignal): Reading;
}

/** What is there of the past. */
export interface History {
  readonly name: string;
  readonly source: string;
  /** Build logs: they cost many requests and much reading, so they are read only where they are asked for. */
  readonly logs?: true;
  /** Since then, oldest first where the system allows it. Records are marked `history`. */
  read(since: Instant, cursor: Json | undefined, signal: AbortSignal): Reading;
}

/** A question whether all is as it has to be: its name and, where it is not, the mend. */
export interface Condition {
  readonly name: string;
  /** Undefined: it holds. Throws PipewardenError when the system cannot be asked. */
  problem(signal: AbortSignal): Promise<string | undefined>;
}

export interface Connection {
  readonly polls: readonly Poll[];
  readonly pulls: readonly Pull[];
  readonly histories: readonly History[];
  readonly conditions: readonly Condition[];
}

/** What a system is read with. */
export interface Surroundings {
  readonly clock: Clock;
  /** The secret behind a reference as it is now: asked for before each use, so that a rotated one is taken up. */
  secret(reference: string): string;
  client(options: ClientOptions): Client;
  /** How many of these bytes end with a whole line and hold no beginning of a secret that may go on behind them. */
  safeCut(bytes: Uint8Array): number;
  /** Secrets taken out, as of a record: for what is kept in memory. */
  redact(value: unknown): Json;
  /** Counts a log that came in an archive, or why one did not. */
  readonly onArchived: CountArchived;
  /** What a reading remembers beside its cursor, by a name that no other has; without secrets. */
  readonly memory: Memory;
}

export interface Memory {
  get(name: string): Promise<Json | undefined>;
  /** Durable when it resolves. */
  put(name: string, value: Json): Promise<void>;
}

/** Every system has a type, and a name of its own in the configuration. */
export type SettingsSchema = z.ZodObject<{ type: z.ZodLiteral<string>; name: z.ZodDefault<z.ZodString> }>;

export type NamedSecret = readonly [name: string, reference: string | undefined];

interface SystemSpec<Settings extends SettingsSchema> {
  /** `github`: first part of its sources' names. */
  readonly type: string;
  readonly title: string;
  readonly settings: Settings;
  /** References in the settings, by what they are for. */
  secrets(settings: z.output<Settings>): readonly NamedSecret[];
  connect(settings: z.output<Settings>, surroundings: Surroundings): Connection;
}

export interface System extends Pick<SystemSpec<SettingsSchema>, 'type' | 'title' | 'settings'> {
  /** `settings`: as the configuration file was understood. */
  secrets(settings: unknown): readonly NamedSecret[];
  connect(settings: unknown, surroundings: Surroundings): Connection;
}

export function defineSystem<Settings extends SettingsSchema>(spec: SystemSpec<Settings>): System {
  return {
    ...spec,
    secrets: (settings) => spec.secrets(spec.settings.parse(settings)),
    connect: (settings, surroundings) => spec.connect(spec.settings.parse(settings), surroundings),
  };
}
