// Zips as no library would write them: right ones, and ones that lie in any field.
import { constants, crc32, deflateRawSync } from 'node:zlib';

export interface ZippedFile {
  readonly name: string;
  readonly content?: string | Buffer;
  /** Not compressed. */
  readonly stored?: boolean;
  /** In place of what would stand there. */
  readonly packed?: Buffer;
  readonly unpacked?: number;
  readonly checksum?: number;
  readonly flags?: number;
  readonly method?: number;
  /** It says that it lies where this file does, by number, and so many bytes behind. */
  readonly sameAs?: number;
  readonly behind?: number;
}

const UTF8 = 0x800;
const MOST = 0xffffffff;

export function zipOf(files: readonly ZippedFile[], { count = files.length, comment = '' } = {}): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  const starts: number[] = [];
  let size = 0;
  const add = (part: Buffer) => {
    parts.push(part);
    size += part.length;
  };
  for (const file of files) {
    const name = Buffer.from(file.name);
    const content = Buffer.from(file.content ?? '');
    const method = file.method ?? (file.stored ? 0 : 8);
    const packed = file.packed ?? (file.stored ? content : deflateRawSync(content));
    const fields = {
      flags: file.flags ?? UTF8,
      method,
      checksum: file.checksum ?? crc32(content),
      packed: packed.length,
      unpacked: file.unpacked ?? content.length,
    };
    const start = file.sameAs === undefined ? size : (starts[file.sameAs] ?? 0) + (file.behind ?? 0);
    starts.push(start);
    list.push(listed(fields, start, name));
    if (file.sameAs !== undefined) continue;
    add(header(fields, name));
    add(packed);
  }
  const directory = Buffer.concat(list);
  return Buffer.concat([...parts, directory, end(count, directory.length, size, Buffer.from(comment))]);
}

interface Fields {
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
}

function header({ flags, method, checksum, packed, unpacked }: Fields, name: Buffer): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(0x04034b50, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(flags, 6);
  bytes.writeUInt16LE(method, 8);
  bytes.writeUInt32LE(checksum, 14);
  bytes.writeUInt32LE(Math.min(MOST, packed), 18);
  bytes.writeUInt32LE(Math.min(MOST, unpacked), 22);
  bytes.writeUInt16LE(name.length, 26);
  return Buffer.concat([bytes, name]);
}

function listed({ flags, method, checksum, packed, unpacked }: Fields, start: number, name: Buffer): Buffer {
  const large = unpacked >= MOST ? Buffer.alloc(12) : Buffer.alloc(0);
  if (large.length > 0) {
    large.writeUInt16LE(1, 0);
    large.writeUInt16LE(8, 2);
    large.writeBigUInt64LE(BigInt(unpacked), 4);
  }
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(0x02014b50, 0);
  bytes.writeUInt16LE(20, 6);
  bytes.writeUInt16LE(flags, 8);
  bytes.writeUInt16LE(method, 10);
  bytes.writeUInt32LE(checksum, 16);
  bytes.writeUInt32LE(packed, 20);
  bytes.writeUInt32LE(Math.min(MOST, unpacked), 24);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt16LE(large.length, 30);
  bytes.writeUInt32LE(start, 42);
  return Buffer.concat([bytes, name, large]);
}

function end(count: number, size: number, start: number, comment: Buffer): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(count % 65_536, 8);
  bytes.writeUInt16LE(count % 65_536, 10);
  bytes.writeUInt32LE(size, 12);
  bytes.writeUInt32LE(start, 16);
  bytes.writeUInt16LE(comment.length, 20);
  return Buffer.concat([bytes, comment]);
}

/** So many MiB of zeros, deflated: a thousandth of that. */
export function zeros(mebibytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(1024 * 1024), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: mebibytes }, () => one), deflateRawSync(Buffer.alloc(0))]);
}
