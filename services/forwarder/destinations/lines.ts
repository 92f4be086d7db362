// Destinations of lines: standard output and a file, one JSON object each.
import { open } from 'node:fs/promises';
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

/** Appends, and waits until the lines are on the disk. The file is opened anew each time, so that it may be rotated. */
export function fileDestination(options: LineOptions & { readonly path: string }): Destination<string> {
  return {
    id: options.id,
    sends: options.sends,
    encode: (message) => `${JSON.stringify(toEvent(message))}\n`,
    async send(batch) {
      try {
        const file = await open(options.path, 'a', 0o600);
        try {
          await file.appendFile(batch.join(''));
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
