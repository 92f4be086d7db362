// The bytes of an answer, as far as they are wanted.

/** What comes behind the first `skip` bytes, at most `most`; the rest is left. */
export async function gathered(
  bytes: AsyncIterable<Uint8Array>,
  skip: number,
  most: number,
): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  const pieces: Uint8Array[] = [];
  let passed = 0;
  let size = 0;
  for await (const piece of bytes) {
    const wanted = piece.subarray(Math.min(piece.length, Math.max(0, skip - passed)));
    passed += piece.length;
    pieces.push(wanted);
    size += wanted.length;
    if (size > most) return { bytes: Buffer.concat(pieces).subarray(0, most), isWhole: false };
  }
  return { bytes: Buffer.concat(pieces), isWhole: true };
}
