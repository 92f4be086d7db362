// A report's file as a whole, unpacked.
import { DamagedInput, readBytes } from '../../collector/replay/bytes.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Io } from '../io.ts';

/** Parsed it takes a multiple of that; a tool that writes more can be told to write less of each finding. */
const LARGEST = 256 * 1024 * 1024;

/** Throws NOT_FOUND or USAGE when it cannot be read, BODY_TOO_LARGE, REPORT_INVALID for a damaged one. */
export async function readReportFile(file: string, io: Io): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of readBytes(file, io.stdin)) {
      size += chunk.length;
      if (size > LARGEST) throw new PipewardenError('BODY_TOO_LARGE', { limit: LARGEST });
      chunks.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    throw new PipewardenError('REPORT_INVALID', { problem: `${file} is damaged or ends early` }, error);
  }
  return Buffer.concat(chunks, size);
}
