// `pipewarden redact`: a filter for any shell pipeline, standard input to standard output.

import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import type { Command } from 'commander';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { createRedactor } from '../redactor/engine.ts';
import { loadOrCreateKey } from '../redactor/key.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { makeDataFolder } from './data-folder.ts';

export const redactCommand: Subcommand = (io) =>
  subcommand('redact', 'take the secrets out of text: standard input to standard output')
    .option('--report <file>', 'one JSON line per match: kind, line, column, fingerprint; never the value')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions & { readonly report?: string }>();
      const report = options.report === undefined ? undefined : await openReport(options.report);
      const { folder } = makeDataFolder(settingsOf(options, io).data);
      const stream = createRedactor({ key: loadOrCreateKey(folder) }).stream();
      const decoder = new StringDecoder('utf8');
      for await (const chunk of io.stdin) {
        const text = stream.push(typeof chunk === 'string' ? chunk : decoder.write(chunk));
        if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
      }
      io.out(stream.push(decoder.end()) + stream.end());
      await report?.writeFile(stream.matches.map((match) => `${JSON.stringify(match)}\n`).join(''));
      await report?.close();
      if (io.errIsTerminal) io.err(`${stream.matches.length} redacted\n`);
    });

/** Before the first line is read: a mistake in the path should not cost the input. Throws USAGE. */
async function openReport(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `cannot write the report: ${messageOf(error)}` }, error);
  }
}
