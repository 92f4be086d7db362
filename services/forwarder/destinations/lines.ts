// Destinations of lines: standard output and a file, one JSON object each.
import { type FileHandle, open } from 'node:fs/promises';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Destination, MessageType } from '../destination.ts';
import { toEvent } from '../formats/event.ts';

interface LineOptions {
  readonly id: string;
  readonly sends: readonly MessageType[];
}

export function stdoutDestination(options: LineOptions & { write(text: string): void }): Destination<string> {
  return {
    id: options.id,
    sends: options.sends,
    encode: (message) => `${JSON.stringify(toEvent(message))}\n`,
    async send(batch) {
      options.write(batch.join(''));
    },
  };
}

/**
 * Appends, and waits until the lines are on the disk. The file is opened anew each time, so that it may be rotated. Where
 * a crash or a full disk left half a line, a new one begins: the message comes again, and every later line is whole.
 */
export function fileDestination(options: LineOptions & { readonly path: string }): Destination<string> {
  return {
    id: options.id,
    sends: options.sends,
    encode: (message) => `${JSON.stringify(toEvent(message))}\n`,
    async send(batch) {
      try {
        const file = await open(options.path, 'a+', 0o600);
        try {
          await file.appendFile(`${(await endsWithinLine(file)) ? '\n' : ''}${batch.join('')}`);
          await file.datasync();
        } finally {
          await file.close();
        }
      } catch (error) {
        throw new PipewardenError('DESTINATION_BUSY', { destination: options.id, problem: messageOf(error) }, error);
      }
    },
  };
}

async function endsWithinLine(file: FileHandle): Promise<boolean> {
  const stats = await file.stat();
  // A pipe or a device has no end to look at.
  if (!stats.isFile() || stats.size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, stats.size - 1);
  return buffer.toString('latin1') !== '\n';
}
