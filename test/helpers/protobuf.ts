// Writes the wire format of protocol buffers, for tests: https://protobuf.dev/programming-guides/encoding/

export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}

function tag(number: number, wire: number): Buffer {
  return varint(number * 8 + wire);
}

export function numberField(number: number, value: number | bigint): Buffer {
  return Buffer.concat([tag(number, 0), varint(value)]);
}

export function fixed64Field(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return Buffer.concat([tag(number, 1), bytes]);
}

/** Text, bytes, or the fields of a message. */
export function field(number: number, content: string | Buffer | readonly Buffer[]): Buffer {
  const bytes = Buffer.isBuffer(content)
    ? content
    : typeof content === 'string'
      ? Buffer.from(content)
      : Buffer.concat(content);
  return Buffer.concat([tag(number, 2), varint(bytes.length), bytes]);
}
