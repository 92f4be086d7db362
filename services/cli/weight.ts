// How much a record weighs in memory, roughly.

/** Beside the characters of its strings. */
const VALUE = 8;

/** Characters of all strings, names included, and a little for every value. */
export function weightOf(body: unknown): number {
  const waiting: unknown[] = [body];
  let weight = 0;
  // No recursion: a hostile record may be nested as deep as it is long.
  while (waiting.length > 0) {
    const value = waiting.pop();
    weight += typeof value === 'string' ? value.length : VALUE;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      weight += name.length;
      waiting.push(inner);
    }
  }
  return weight;
}
