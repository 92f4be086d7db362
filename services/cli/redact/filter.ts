// Standard input through a redaction stream to standard output, in bounded memory however long it is.
import { once } from 'node:events';
import type { Match, RedactionStream } from '../../redactor/redactor.ts';
import type { Io } from '../io.ts';

/** Takes the matches as they come. */
export interface Report {
  write(matches: readonly Match[]): Promise<void>;
  close(): Promise<void>;
}

/** Gives how many secrets were redacted. */
export async function filter(stream: RedactionStream, io: Io, report: Report | undefined): Promise<number> {
  let count = 0;
  const pass = async (bytes: Uint8Array) => {
    if (bytes.length > 0 && !process.stdout.write(bytes)) await once(process.stdout, 'drain');
    const matches = stream.drain();
    count += matches.length;
    if (matches.length > 0) await report?.write(matches);
  };
  for await (const chunk of io.stdin) await pass(stream.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
  await pass(stream.end());
  await report?.close();
  return count;
}
