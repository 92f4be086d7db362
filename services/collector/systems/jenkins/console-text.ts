// Text as it comes from Jenkins, with the ends of lines that its own file has.

/** CR LF becomes LF; a lone CR (a progress bar) stays. */
export async function* unixLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = '';
  for await (const piece of bytes) {
    // One character a byte, whatever they mean.
    const text = held + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    held = text.endsWith('\r') ? '\r' : '';
    yield Buffer.from(text.slice(0, text.length - held.length).replaceAll('\r\n', '\n'), 'latin1');
  }
  if (held !== '') yield Buffer.from(held);
}
