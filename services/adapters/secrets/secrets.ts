// The secrets of a configuration while a process lives: had once at the start, read again now and then, and known by their
// last value while who keeps them is away.
import { parseReference } from '../../core/configuration/secret-reference.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import { type Instant, MINUTE, SECOND } from '../../core/time.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { partOf, targetOf } from './field.ts';
import { createHolder } from './holder.ts';
import { MANAGERS } from './index.ts';
import { createLocal } from './local.ts';
import type { Manager, Reader, World } from './manager.ts';

export interface Secrets {
  /** The secret behind a reference as it is known now. Throws CONFIG_INVALID, with the reason. */
  of(reference: string): string;
  /** The same, and after a change the one before too, which may still be in use. Throws as `of` does. */
  known(reference: string): readonly string[];
  /** Called, before anybody is given the new value, when one has changed. */
  onChange(listener: () => void): void;
  /**
   * Somebody was refused with what `of` gave: reads again, unless that was done a moment ago. Resolves when it is done;
   * never rejects.
   */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export interface SecretsOptions extends World {
  readonly references: readonly string[];
  /** Without these there is no start. */
  readonly needed: ReadonlySet<string>;
  readonly telemetry: Telemetry;
  /** In [0, 1). */
  readonly random: () => number;
  readonly managers?: readonly Manager[];
}

/** Between two readings, a fifth more or less. Managers ask money, or have limits, for each. */
const EVERY = 5 * MINUTE;
/** While something cannot be read. */
const SOON = MINUTE;
const REST = 30 * SECOND;

/** Rejects with CONFIG_INVALID, naming each needed reference that cannot be read and why. */
export async function openSecrets(options: SecretsOptions): Promise<Secrets> {
  const { needed, clock, random, telemetry, managers = MANAGERS } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const holder = createHolder(telemetry);
  const local = createLocal({ ...options, onChange: changed });
  const readers = new Map<Manager, Reader>();
  const targets = [...new Set(options.references)].flatMap((reference) => {
    const target = targetOf(reference, managers);
    if (!target) return [];
    if (!readers.has(target.manager)) readers.set(target.manager, target.manager.connect(options));
    return [{ ...target, reference }];
  });

  /** Each secret is read once, however many of its fields are wanted; all that is new is known at one moment. */
  async function round(wanted: typeof targets): Promise<void> {
    const texts = new Map<string, Promise<string>>();
    const wholes = wanted.map(({ manager, place }) => {
      const whole = `${manager.kind}:${place}`;
      const text = texts.get(whole) ?? readers.get(manager)?.read(place, signal) ?? Promise.resolve('');
      texts.set(whole, text);
      return text;
    });
    const read = await Promise.allSettled(wholes);
    if (signal.aborted) return;
    const changes = wanted.map(({ reference, manager, key }, index) => {
      const text = read[index];
      if (text?.status !== 'fulfilled') return holder.fail(reference, manager, text?.reason);
      return holder.take(reference, manager, () => partOf(text.value, key));
    });
    if (changes.includes(true)) changed();
  }

  await round(targets);
  const of = (reference: string) => (isLocal(reference) ? local : holder).of(reference);
  const missing = [...needed].flatMap((reference) => problemsOf(() => of(reference)));
  if (missing.length > 0) throw new PipewardenError('CONFIG_INVALID', { problems: missing.join('\n') });
  // What only services elsewhere need is theirs to read, and who may not have it here is not asked again and again.
  const kept = targets.filter(({ reference }) => holder.problem(reference) === undefined);
  for (const { reference } of targets) {
    const problem = holder.problem(reference);
    if (problem !== undefined) telemetry.log.info('a secret that nothing here needs cannot be read', { problem });
  }
  let last = clock.now();
  let running: Promise<void> | undefined;

  function again(): Promise<void> {
    last = clock.now();
    running ??= round(kept).finally(() => {
      running = undefined;
    });
    return running;
  }

  async function watch(): Promise<void> {
    for (;;) {
      const pause = (holder.isStale() ? SOON : EVERY) * (0.8 + random() * 0.4);
      await untilNext(last + pause);
      if (clock.now() >= last + pause) await again();
    }
  }

  /** Until then, or until a manager's own credential is due, which it then keeps alive. */
  async function untilNext(then: Instant): Promise<void> {
    const due = Math.min(then, ...[...readers.values()].map((reader) => reader.due?.() ?? then));
    await clock.sleep(Math.max(due - clock.now(), SECOND), signal);
    await Promise.all([...readers.values()].map((reader) => reader.keep?.(signal)));
  }

  const watching = kept.length > 0 ? watch().catch(ended) : Promise.resolve();

  function ended(error: unknown): void {
    if (!signal.aborted) telemetry.log.error('secrets are no longer read again', { error: messageOf(error) });
  }

  return {
    of,
    known: (reference) => (isLocal(reference) ? local : holder).known(reference),
    onChange(listener) {
      listeners.push(listener);
    },
    async renew() {
      if (kept.length > 0 && (running || clock.now() - last >= REST)) await again();
    },
    async close() {
      closing.abort();
      await Promise.all([watching, running]);
    },
  };
}

function problemsOf(ask: () => string): readonly string[] {
  try {
    ask();
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}

function isLocal(reference: string): boolean {
  const kind = parseReference(reference)?.kind;
  return kind === 'env' || kind === 'file' || kind === undefined;
}
