// `pipewarden redact`: a filter for any shell pipeline, standard input to standard output, and what belongs to it.
import type { Command } from 'commander';
import { resolveSecret } from '../core/configuration/secret-reference.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { filter } from './redact/filter.ts';
import { addKeyCommands } from './redact/keys.ts';
import { kindsTable } from './redact/kinds.ts';
import { openReport } from './redact/report.ts';
import { fileValues, keyOf, redactorOf, userPatterns } from './redaction.ts';
import { withSecrets } from './secrets.ts';

interface RedactOptions extends CommonOptions {
  readonly report?: string;
  readonly register?: readonly string[];
  readonly registerEnv?: readonly string[];
  readonly patterns?: readonly string[];
  readonly list?: true;
}

const MORE = `
Examples:
  make 2>&1 | pipewarden redact > build.log
  pipewarden redact --report found.ndjson < build.log > clean.log
  pipewarden redact --register <(vault kv get -format=json -field=data ci/deploy) < build.log > clean.log
  pipewarden redact --register .env --register-env NPM_TOKEN --patterns our-kinds.yaml < build.log > clean.log

A secret becomes [redacted:<kind>:<fingerprint>]; the same secret has the same fingerprint, which is made with a key in
the data folder. Everything else is passed on byte for byte. Secrets are also found in base64 (twice, too), hexadecimal,
gzip in base64, URL and other escapes, backwards, letter by letter, and in text with colours.
`;

export const redactCommand: Subcommand = (io) => {
  const variable = (name: string) => ({ name, value: resolveSecret(`\${env:${name}}`, io.env) });
  const command = subcommand('redact', 'take the secrets out of text: standard input to standard output')
    .option('--report <file>', 'one JSON line per match: kind, encodings, fingerprint, line, column; never the value')
    .option('--register <file...>', 'values that are secret: one a line, NAME=value, or JSON')
    .option('--register-env <name...>', 'environment variables whose values are secret')
    .option('--patterns <file...>', 'kinds of your own, as YAML or JSON')
    .option('--list', 'show all kinds that are known')
    .addHelpText('after', MORE)
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<RedactOptions>();
      const patterns = (options.patterns ?? []).flatMap(userPatterns);
      if (options.list) return io.out(kindsTable(patterns, options.json === true));
      const settings = settingsOf(options, io);
      const values = [...(options.register ?? []).flatMap(fileValues), ...(options.registerEnv ?? []).map(variable)];
      const { configuration } = settings;
      const redactor = await withSecrets(configuration, io.env, async (secrets) =>
        redactorOf(configuration, keyOf(settings, secrets), secrets, { values, patterns }),
      );
      const report = options.report === undefined ? undefined : await openReport(options.report);
      const count = await filter(redactor.stream(), io, report);
      if (io.errIsTerminal) io.err(`${count} redacted\n`);
    });
  addKeyCommands(command, io);
  return command;
};
