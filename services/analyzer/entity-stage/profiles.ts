// The profiles of one partition: compact text each, the ones in use as objects. What is not in use costs its text alone, so a
// million of them fit where as many objects would not.
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { Profile } from './profile.ts';
import {
  type AnyBaseline,
  headOf,
  isCurrent,
  isOutdated,
  readText,
  type StoredProfile,
  textOf,
} from './profile-text.ts';

/** Before the names of profiles in a partition's state; checkpoints are `checkpoint/NAME/WEEK`, weeks since 1970. */
export const PREFIX = 'profile/';
export const CHECKPOINT = 'checkpoint/';
const ASIDE = 'aside/';

/** Profiles of a partition. Who pushes chooses authors' names, and every run may have a token of its own: without a bound there is no end to them. */
const LIMIT = 1_000_000;
/** Of them, kept as objects. */
const IN_USE = 2_000;
const HALF_LIFE = 90 * DAY;
export const WEEK = 7 * DAY;
/** Checkpoints of a profile, one for each week in which it changed; the ninth back is removed. */
const CHECKPOINTS = 8;

export interface ProfilesOptions {
  readonly limit?: number;
  readonly inUse?: number;
  /** One that cannot be read: it is set aside, and learned anew. */
  readonly onCorrupt?: (name: string) => void;
  /** Profiles of an earlier version, which are learned anew. */
  readonly onOutdated?: (name: string) => void;
  /** How many gave way, each time that some do. */
  readonly onFull?: (dropped: number) => void;
}

/** A profile in use. `stored`: undefined while nothing has been learned. */
export interface Used {
  readonly name: string;
  readonly baseline: AnyBaseline;
  stored: StoredProfile | undefined;
  /** Since the last flush. */
  isChanged: boolean;
}

export class Profiles {
  readonly #options: ProfilesOptions;
  readonly #limit: number;
  readonly #mostInUse: number;
  readonly #texts = new Map<string, string>();
  /** What was used lately, and what was before that: when the first is full it takes the place of the second. */
  #inUse = new Map<string, Used>();
  #before = new Map<string, Used>();
  readonly #changed = new Set<string>();
  /** Checkpoints and what was set aside, since the last flush. */
  #beside: StateChange[] = [];

  constructor(options: ProfilesOptions = {}) {
    this.#options = options;
    this.#limit = options.limit ?? LIMIT;
    this.#mostInUse = options.inUse ?? IN_USE;
  }

  get size(): number {
    return this.#texts.size;
  }

  /** Takes back a stored profile; false: the entry is somebody else's. */
  restore({ key, value }: StateEntry): boolean {
    if (key.startsWith(CHECKPOINT) || key.startsWith(ASIDE)) return true;
    if (!key.startsWith(PREFIX)) return false;
    const name = key.slice(PREFIX.length);
    if (isCurrent(value)) this.#texts.set(name, value);
    else if (isOutdated(value)) this.#options.onOutdated?.(name);
    else this.#setAside(name, value);
    return true;
  }

  /** `name`: detector and entity, `new-workflow-egress/job:…`. */
  use(name: string, baseline: AnyBaseline): Used {
    const used = this.#inUse.get(name);
    if (used) return used;
    const earlier = this.#before.get(name) ?? this.#opened(name, baseline);
    this.#keep(earlier);
    return earlier;
  }

  /** `at`: when what changed it was observed; 0: nothing was. */
  write(used: Used, profile: Profile, at: Instant): void {
    const { name, baseline, stored: before } = used;
    const week = Math.max(before?.week ?? 0, Math.floor(at / WEEK));
    if (before && week > before.week) this.#checkpoint(name, before);
    used.stored = { profile, baseline, times: (before?.times ?? 0) + 1, at: Math.max(before?.at ?? 0, at), week };
    if (!used.isChanged) this.#changed.add(name);
    used.isChanged = true;
    if (this.#inUse.get(name) !== used) this.#keep(used);
    if (before) return;
    // The text is written when it is asked for; until then none holds its place.
    this.#texts.set(name, '');
    if (this.#texts.size > this.#limit) this.#makeRoom();
  }

  /** In place of what was learned: an import, a roll back; null forgets it. `text`: as `flush` or a checkpoint had it. */
  replace(name: string, text: string | null): void {
    this.#drop(name);
    this.#changed.add(name);
    if (text === null) this.#texts.delete(name);
    else this.#texts.set(name, text);
  }

  /** What has changed since the last call, each profile once. */
  flush(): StateChange[] {
    const changes: StateChange[] = [...this.#beside];
    this.#beside = [];
    for (const name of this.#changed) {
      const used = this.#find(name);
      if (used?.stored) this.#texts.set(name, textOf(used.stored));
      if (used) used.isChanged = false;
      changes.push({ key: `${PREFIX}${name}`, value: this.#texts.get(name) ?? null });
    }
    this.#changed.clear();
    return changes;
  }

  /** As `flush` where nobody stores what changed. */
  settle(): void {
    this.#beside = [];
    // What is in use stays: its text is still to be written.
    if (this.#changed.size < 2 * this.#mostInUse) return;
    for (const name of [...this.#changed]) {
      if (!this.#find(name)) this.#changed.delete(name);
    }
  }

  #find(name: string): Used | undefined {
    return this.#inUse.get(name) ?? this.#before.get(name);
  }

  /** Whoever still holds it begins anew. */
  #drop(name: string): void {
    for (const part of [this.#inUse, this.#before]) {
      const used = part.get(name);
      if (used) Object.assign(used, { stored: undefined, isChanged: false });
      part.delete(name);
    }
  }

  #opened(name: string, baseline: AnyBaseline): Used {
    const text = this.#texts.get(name);
    const stored = text ? readText(text, baseline) : undefined;
    if (text && !stored) {
      this.#texts.delete(name);
      this.#changed.add(name);
      this.#setAside(name, text);
    }
    return { name, baseline, stored, isChanged: false };
  }

  #keep(used: Used): void {
    this.#inUse.set(used.name, used);
    if (this.#inUse.size < this.#mostInUse / 2) return;
    for (const [name, { stored, isChanged }] of this.#before) {
      if (stored && isChanged && !this.#inUse.has(name)) this.#texts.set(name, textOf(stored));
    }
    this.#before = this.#inUse;
    this.#inUse = new Map();
  }

  #checkpoint(name: string, before: StoredProfile): void {
    this.#beside.push({ key: `${CHECKPOINT}${name}/${before.week}`, value: textOf(before) });
    this.#beside.push({ key: `${CHECKPOINT}${name}/${before.week - CHECKPOINTS}`, value: null });
  }

  #setAside(name: string, text: string): void {
    this.#beside.push({ key: `${ASIDE}${name}`, value: text.slice(0, 100_000) });
    this.#beside.push({ key: `${PREFIX}${name}`, value: null });
    this.#options.onCorrupt?.(name);
  }

  /** A tenth goes at once: those that changed least, halved for every 90 days of rest. It depends on what was written alone. */
  #makeRoom(): void {
    const ranked = [...this.#texts].map(([name, text]) => {
      const { times, at } = this.#find(name)?.stored ?? headOf(text);
      return { name, worth: Math.log2(Math.max(times, 1)) + at / HALF_LIFE };
    });
    ranked.sort((a, b) => a.worth - b.worth || (a.name < b.name ? -1 : 1));
    const gone = ranked.slice(0, Math.ceil(this.#limit / 10));
    for (const { name } of gone) {
      this.#texts.delete(name);
      this.#drop(name);
      this.#changed.add(name);
    }
    this.#options.onFull?.(gone.length);
  }
}
