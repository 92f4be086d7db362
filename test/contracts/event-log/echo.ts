// The worker whose output shows every fault of a log. Free of the test runner, so that other processes can run it.
import type { Assignment, Entry, Outcome, StateEntry } from '../../../services/core/ports/event-log.ts';

export async function restore(state: AsyncIterable<StateEntry>): Promise<Map<string, string>> {
  const restored = new Map<string, string>();
  for await (const { key, value } of state) restored.set(key, value);
  return restored;
}

/**
 * Counts the entries of each key in its state and gives every entry back on the `finding` topic with its number:
 * a loss, a repetition, a wrong order or a state that does not fit the offset all show in what it produced.
 */
export async function openEcho({ state }: Assignment): Promise<(batch: readonly Entry[]) => Outcome> {
  const counts = await restore(state);
  return (batch) => {
    const produce = batch.map(({ key, value }) => {
      const count = Number(counts.get(key) ?? 0) + 1;
      counts.set(key, String(count));
      return { topic: 'finding' as const, key, value: `${value} is number ${count}` };
    });
    const changed = [...new Set(batch.map(({ key }) => key))];
    return { produce, state: changed.map((key) => ({ key, value: counts.get(key) ?? null })) };
  };
}
