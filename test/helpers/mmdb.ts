// Writes small address databases in the MMDB format, for tests: https://maxmind.github.io/MaxMind-DB/.
import { isIPv4 } from 'node:net';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

interface MmdbContent {
  /** `192.0.2.0/24` or `2001:db8::/32`, each with its record; they must not overlap. */
  readonly networks: Readonly<Record<string, Value>>;
  readonly type?: string;
  /** Milliseconds; whole seconds are kept. */
  readonly built?: number;
  readonly ipVersion?: 4 | 6;
  readonly recordSize?: 24 | 28 | 32;
}

type Node = [left: Branch, right: Branch];
/** A node, the place of a record in the data section, or nothing. */
type Branch = Node | number | undefined;

/** A whole file. */
export function mmdb(content: MmdbContent): Buffer {
  const { networks, type = 'Test', built = Date.UTC(2026, 0, 1), ipVersion = 6, recordSize = 24 } = content;
  const root: Node = [undefined, undefined];
  const data: Buffer[] = [];
  let length = 0;
  for (const [network, record] of Object.entries(networks)) {
    insert(root, bitsOf(network, ipVersion), length);
    const encoded = encode(record);
    data.push(encoded);
    length += encoded.length;
  }
  const nodes = numbered(root);
  const tree = nodes.map((node) => encodeNode(node, nodes, recordSize));
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: Math.floor(built / 1000),
    database_type: type,
    description: { en: 'made by a test' },
    ip_version: ipVersion,
    languages: ['en'],
    node_count: nodes.length,
    record_size: recordSize,
  };
  const mark = Buffer.from('\xAB\xCD\xEFMaxMind.com', 'latin1');
  return Buffer.concat([...tree, Buffer.alloc(16), ...data, mark, encode(metadata)]);
}

function insert(root: Node, bits: readonly number[], place: number): void {
  let node = root;
  for (const [depth, bit] of bits.entries()) {
    if (depth === bits.length - 1) node[bit] = place;
    else {
      const next = node[bit];
      if (typeof next === 'number') throw new Error('networks overlap');
      const inner: Node = next ?? [undefined, undefined];
      node[bit] = inner;
      node = inner;
    }
  }
}

function bitsOf(network: string, ipVersion: 4 | 6): readonly number[] {
  const [address = '', size = ''] = network.split('/');
  const four = isIPv4(address);
  const bytes = four ? address.split('.').map(Number) : groupsOf(address).flatMap((group) => [group >> 8, group & 255]);
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, index) => (byte >> (7 - index)) & 1));
  // In a tree of IPv6, IPv4 addresses stand at ::/96.
  const before = four && ipVersion === 6 ? new Array<number>(96).fill(0) : [];
  return [...before, ...bits.slice(0, Number(size))];
}

function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const read = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const left = read(head);
  const right = read(tail ?? '');
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function numbered(root: Node): readonly Node[] {
  const nodes: Node[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.shift(); node; node = waiting.shift()) {
    nodes.push(node);
    for (const branch of node) if (Array.isArray(branch)) waiting.push(branch);
  }
  return nodes;
}

function encodeNode(node: Node, nodes: readonly Node[], recordSize: 24 | 28 | 32): Buffer {
  const [left, right] = [numberOf(node[0], nodes), numberOf(node[1], nodes)];
  const bytes = Buffer.alloc(recordSize / 4);
  if (recordSize === 32) {
    bytes.writeUInt32BE(left, 0);
    bytes.writeUInt32BE(right, 4);
    return bytes;
  }
  bytes.writeUIntBE(left & 0xffffff, 0, 3);
  if (recordSize === 28) bytes.writeUInt8(((left >>> 24) << 4) | (right >>> 24), 3);
  bytes.writeUIntBE(right & 0xffffff, recordSize === 28 ? 4 : 3, 3);
  return bytes;
}

/** The number of nodes stands for nothing; beyond it, 16 bytes of separator and the data section follow. */
function numberOf(branch: Branch, nodes: readonly Node[]): number {
  if (branch === undefined) return nodes.length;
  return Array.isArray(branch) ? nodes.indexOf(branch) : nodes.length + 16 + branch;
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') return sized(2, Buffer.from(value));
  if (typeof value === 'boolean') return Buffer.from([value ? 1 : 0, 14 - 7]);
  if (typeof value === 'number') return value > 0xffffffff ? wide(value) : sized(6, bigEndian(value));
  if (Array.isArray(value)) {
    return Buffer.concat([Buffer.from([value.length, 11 - 7]), ...value.map((each: Value) => encode(each))]);
  }
  const pairs = Object.entries(value);
  return Buffer.concat([Buffer.from([(7 << 5) | pairs.length]), ...pairs.flatMap(([k, v]) => [encode(k), encode(v)])]);
}

/** A control byte with type and size, one more where the size needs it, and the payload. */
function sized(type: number, payload: Buffer): Buffer {
  const size = payload.length;
  const control = size < 29 ? [(type << 5) | size] : [(type << 5) | 29, size - 29];
  return Buffer.concat([Buffer.from(control), payload]);
}

/** An unsigned integer of 64 bits. */
function wide(value: number): Buffer {
  const payload = Buffer.alloc(8);
  payload.writeBigUInt64BE(BigInt(value));
  return Buffer.concat([Buffer.from([8, 9 - 7]), payload]);
}

function bigEndian(value: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return payload;
}
