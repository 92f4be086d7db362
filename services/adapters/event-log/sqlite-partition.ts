// Which partition of the SQLite log a key belongs to. It must never change: files in use rely on it.

/** FNV-1a, 32 bits, over the key's UTF-8 bytes (http://www.isthe.com/chongo/tech/comp/fnv/), modulo the partitions. */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % partitions;
}
