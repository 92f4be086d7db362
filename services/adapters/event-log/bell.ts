// Wakes those in this process who wait for something that other processes can only find by polling.
import type { Clock } from '../../core/clock.ts';

export class Bell {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #rung = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How often it has rung. Taken before looking for work and passed to `wait`, no ring is missed in between. */
  get rung(): number {
    return this.#rung;
  }

  ring(): void {
    this.#rung++;
    for (const wake of this.#waiting) wake();
  }

  /** Resolves when it has rung since `heard`, after the time at the latest, and when the signal is aborted. */
  async wait(heard: number, milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (this.#rung !== heard || signal?.aborted) return;
    const woken = new AbortController();
    const wake = () => woken.abort();
    this.#waiting.add(wake);
    signal?.addEventListener('abort', wake);
    try {
      await this.#clock.sleep(milliseconds, woken.signal);
    } catch (error) {
      if (!woken.signal.aborted) throw error;
    } finally {
      this.#waiting.delete(wake);
      signal?.removeEventListener('abort', wake);
    }
  }
}
