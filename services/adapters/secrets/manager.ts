// The contract of a secret manager: how a reference to it looks, and how a secret is read there.
import type { Clock } from '../../core/clock.ts';
import type { Instant } from '../../core/time.ts';
import type { Ask } from './ask.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What a manager is read with. */
export interface World {
  /** Says where the manager is and who we are, in the variables that its own tools know. */
  readonly env: Env;
  readonly clock: Clock;
  readonly ask: Ask;
  /** The text of a file with a credential, without what is white around it. Rejects with FILE_UNREADABLE. */
  readonly readFile: (path: string) => Promise<string>;
}

export interface Reader {
  /**
   * The newest text of the secret at a place. Rejects with CONFIG_INVALID (the environment lacks something), NOT_FOUND,
   * FILE_UNREADABLE or an API_ error; no message holds a secret.
   */
  read(place: string, signal: AbortSignal): Promise<string>;
  /** When `keep` has something to do, where our own credential has to be kept alive. */
  due?(): Instant;
  /** Never rejects: what failed shows when a secret is read. */
  keep?(signal: AbortSignal): Promise<void>;
}

export interface Manager {
  /** Of the references to it: `${vault:…}`. */
  readonly kind: string;
  readonly title: string;
  /** For people: `MOUNT/PATH`. */
  readonly form: string;
  /** What a place looks like; without the key of a field. */
  readonly place: RegExp;
  connect(world: World): Reader;
}
