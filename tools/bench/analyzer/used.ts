// Processor time of work: what else the machine does hardly shows in it.

/** Seconds, of all threads of this process. */
export async function processor(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
