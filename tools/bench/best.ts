// Measuring work that is done several times over: whatever else runs only ever makes a pass slower, so the best counts.

export interface Best {
  /** Of one pass: by the wall clock, and of processor. */
  readonly seconds: number;
  readonly processor: number;
}

/** The first pass is there to warm up. */
export function best(passes: number, work: () => void): Best {
  let seconds = Number.POSITIVE_INFINITY;
  let processor = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass <= passes; pass++) {
    const started = performance.now();
    const used = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(used);
    if (pass === 0) continue;
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
    processor = Math.min(processor, (user + system) / 1e6);
  }
  return { seconds, processor };
}
