// Compression of record batches. kafkajs brings gzip; zstd is Node.js's own (`node:zlib`), given to it here once for the
// process. Snappy and LZ4 are left out: no codec of theirs in JavaScript is kept, and zstd is better than both.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import kafkajs, { type CompressionTypes } from 'kafkajs';

export const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** One record batch unpacked; many times what a broker takes. */
const UNPACKED_BYTES = 512 * 1024 * 1024;
/** Below this a frame's own header and the time are not worth it. */
const WORTHWHILE_BYTES = 1024;

// Node.js finds no export of these names in a CommonJS module.
const { CompressionCodecs, CompressionTypes: Types } = kafkajs;
const TYPES = { none: Types.None, gzip: Types.GZIP, zstd: Types.ZSTD } as const;

// At once: half a megabyte takes half a millisecond, and handing a few kilobytes to a thread costs four times their compression.
CompressionCodecs[Types.ZSTD] = () => ({
  compress: async ({ buffer }: { readonly buffer: Buffer }) => zstdCompressSync(buffer),
  decompress: async (buffer: Buffer) => zstdDecompressSync(buffer, { maxOutputLength: UNPACKED_BYTES }),
});

/** `bytes`: of a batch, before. */
export function compressionOf(compression: Compression, bytes: number): CompressionTypes {
  return bytes < WORTHWHILE_BYTES ? Types.None : TYPES[compression];
}
