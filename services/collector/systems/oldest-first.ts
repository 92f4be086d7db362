// A list that begins with the newest, turned round in bounded memory: so many of the oldest are held at once, and of more the
// list is gone through again, down to where it ended.

/** `listed`: newest first, down to the one that was reached, which was given already. */
export async function* oldestFirst<Item>(
  held: number,
  listed: (reached: Item | undefined) => AsyncIterable<Item>,
): AsyncGenerator<readonly Item[]> {
  let reached: Item | undefined;
  for (let isAll = false; !isAll; ) {
    const ring: Item[] = [];
    let count = 0;
    for await (const item of listed(reached)) ring[count++ % held] = item;
    isAll = count <= held;
    const first = isAll ? 0 : count % held;
    const batch = [...ring.slice(first), ...ring.slice(0, first)].reverse();
    reached = batch.at(-1) ?? reached;
    yield batch;
  }
}
