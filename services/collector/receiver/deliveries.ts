// Which deliveries came before. A delivery is remembered only when its work is done, so a failed one may come again.

export interface Deliveries<Answer> {
  /** Runs `work` unless the same delivery was done before, which its answer tells; one that is under way is shared. */
  once(
    key: string,
    work: () => Promise<Answer>,
    isDone: (answer: Answer) => boolean,
  ): Promise<{ readonly repeated: boolean; readonly answer?: Answer }>;
}

/** Remembers the last `capacity` keys that came. */
export function createDeliveries<Answer>(capacity: number): Deliveries<Answer> {
  const done = new Set<string>();
  const underway = new Map<string, Promise<Answer>>();

  function remember(key: string): void {
    // A set keeps the order of insertion: taking a key out and putting it in makes it the newest.
    done.delete(key);
    done.add(key);
    for (const oldest of done) {
      if (done.size <= capacity) break;
      done.delete(oldest);
    }
  }

  return {
    async once(key, work, isDone) {
      if (done.has(key)) {
        remember(key);
        return { repeated: true };
      }
      const shared = underway.get(key);
      if (shared) return { repeated: true, answer: await shared };
      const promise = work();
      underway.set(key, promise);
      try {
        const answer = await promise;
        if (isDone(answer)) remember(key);
        return { repeated: false, answer };
      } finally {
        underway.delete(key);
      }
    },
  };
}
