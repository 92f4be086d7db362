// `pipewarden redact`: a filter for any shell pipeline, standard input to standard output.

import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Command } from 'commander';
import { createRedactor } from '../redactor/engine.ts';
import { loadOrCreateKey } from '../redactor/key.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';

export const redactCommand: Subcommand = (io) =>
  subcommand('redact', 'take the secrets out of text: standard input to standard output')
    .option('--report <file>', 'one JSON line per match: kind, line, column, fingerprint; never the value')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions & { readonly report?: string }>();
      const { data } = settingsOf(options, io);
      mkdirSync(data, { recursive: true, mode: 0o700 });
      const stream = createRedactor({ key: loadOrCreateKey(data) }).stream();
      const decoder = new StringDecoder('utf8');
      for await (const chunk of io.stdin) {
        const text = stream.push(typeof chunk === 'string' ? chunk : decoder.write(chunk));
        if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
      }
      io.out(stream.push(decoder.end()) + stream.end());
      if (options.report) {
        const report = createWriteStream(options.report, { mode: 0o600 });
        for (const match of stream.matches) report.write(`${JSON.stringify(match)}\n`);
        report.end();
        await once(report, 'finish');
      }
      if (io.errIsTerminal) io.err(`${stream.matches.length} redacted\n`);
    });
