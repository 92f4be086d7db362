// What is known of the secrets that managers keep: the newest value, the one before it, and why it cannot be read anew.
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Manager } from './manager.ts';

export interface Holder {
  /** True: it has another value than before. What `value` throws is a failure. */
  take(reference: string, manager: Manager, value: () => string): boolean;
  fail(reference: string, manager: Manager, error: unknown): false;
  /** Throws CONFIG_INVALID. */
  of(reference: string): string;
  known(reference: string): readonly string[];
  /** Why the newest reading failed. */
  problem(reference: string): string | undefined;
  isStale(): boolean;
}

interface Held {
  readonly manager: Manager;
  readonly value?: string;
  readonly before?: string;
  readonly problem?: string;
}

export function createHolder({ log, metrics }: Telemetry): Holder {
  const all = new Map<string, Held>();

  function tell(manager: Manager, outcome: string): void {
    metrics.secretReadings.inc({ manager: manager.kind, outcome });
    metrics.secretsStale.set({ manager: manager.kind }, [...all.values()].filter(isStale(manager)).length);
  }

  function fail(reference: string, manager: Manager, error: unknown): false {
    const held = all.get(reference);
    const problem = `${reference} cannot be read from ${manager.title}: ${messageOf(error)}`;
    all.set(reference, { ...held, manager, problem });
    if (held?.value !== undefined && held.problem === undefined) {
      log.warn('a secret cannot be read: the value known before is used', { problem });
    }
    tell(manager, error instanceof PipewardenError ? error.code.toLowerCase() : 'internal');
    return false;
  }

  function of(reference: string): string {
    const { value, problem = `${reference} was not asked for` } = all.get(reference) ?? {};
    if (value === undefined) throw new PipewardenError('CONFIG_INVALID', { problems: problem });
    return value;
  }

  return {
    fail,
    take(reference, manager, read) {
      const held = all.get(reference);
      let value: string;
      try {
        value = read();
      } catch (error) {
        return fail(reference, manager, error);
      }
      const isChanged = held?.value !== undefined && held.value !== value;
      const before = isChanged ? held.value : held?.before;
      all.set(reference, { manager, value, ...(before !== undefined && { before }) });
      if (held?.value !== undefined && held.problem !== undefined)
        log.info('a secret can be read again', { reference });
      if (isChanged) log.info('a secret has changed', { reference });
      tell(manager, isChanged ? 'changed' : 'read');
      return isChanged;
    },
    of,
    known(reference) {
      const { before } = all.get(reference) ?? {};
      return [of(reference), ...(before === undefined ? [] : [before])];
    },
    problem: (reference) => all.get(reference)?.problem,
    isStale: () => [...all.values()].some(({ value, problem }) => value !== undefined && problem !== undefined),
  };
}

function isStale(of: Manager): (held: Held) => boolean {
  return ({ manager, value, problem }) => manager === of && value !== undefined && problem !== undefined;
}
