// `pipewarden init`: a configuration for GitHub, with its secrets, and the app or webhook that it needs there.
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { PipewardenError } from '../core/errors.ts';
import { MINUTE } from '../core/time.ts';
import { type Subcommand, subcommand } from './common.ts';
import { filesAt } from './init/files.ts';
import { type MadeApp, makeApp, manifestOf } from './init/github-app.ts';
import type { Io } from './io.ts';

interface InitOptions {
  readonly file: string;
  readonly organization?: string;
  readonly host?: string;
  readonly app?: boolean;
  readonly web: string;
  readonly api: string;
  readonly json?: boolean;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,98}$/;
const HOST = /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
/** A code of GitHub's is good for an hour. */
const PATIENCE = 60 * MINUTE;

export const initCommand: Subcommand = (io) =>
  subcommand('init', 'write a configuration, and say what to set at GitHub')
    .option('--file <file>', 'where it is written', 'pipewarden.yaml')
    .option('--organization <name>', 'the organization that is watched', checked(NAME, 'the name of an organization'))
    .option(
      '--host <name>',
      'under which GitHub reaches you: the TLS proxy before port 7118',
      checked(HOST, 'a host name'),
    )
    .option('--app', 'make a GitHub App at once: opens a page for you to agree on')
    .option('--web <url>', 'address of an Enterprise Server', 'https://github.com')
    .option('--api <url>', 'address of its API', 'https://api.github.com')
    .addHelpText('after', '\nWhat is not said is asked, on a terminal. Other systems: docs/sources.md.')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<InitOptions>();
      const files = filesAt(options.file);
      const organization =
        options.organization ?? (await asked('Which GitHub organization is to be watched? ', NAME, io));
      const host = options.host ?? (await asked('Under which host name does GitHub reach you? ', HOST, io));
      const signal = AbortSignal.timeout(PATIENCE);
      const made = options.app
        ? await makeApp({ ...options, organization, host, signal, onAddress: opening(io) })
        : undefined;
      const secret = files.secret('github-webhook', made?.webhookSecret ?? randomBytes(32).toString('hex'));
      const key = made && files.secret('github-app-key', made.key);
      files.config(configurationText({ organization, host, api: options.api, secret, made, key }));
      tell({ ...options, organization, host, made }, secret, io);
    });

interface Configured {
  readonly organization: string;
  readonly host: string;
  readonly api: string;
  readonly secret: string;
  readonly made: MadeApp | undefined;
  readonly key: string | undefined;
}

function configurationText({ organization, host, api, secret, made, key }: Configured): string {
  const credential =
    made && key
      ? [
          `    app:`,
          `      id: '${made.id}'`,
          `      installation: '0' # the number at the end of the address of its installation`,
          `      key: ${key}`,
        ]
      : [`    token: \${env:PIPEWARDEN_GITHUB_TOKEN} # a fine-grained token, to read: docs/sources.md`];
  return [
    '# yaml-language-server: $schema=./config.schema.json',
    'data: ./pipewarden-data',
    '',
    '# What is delivered to us: put your TLS proxy before port 7118.',
    'sources:',
    '  - source: github.webhook',
    `    secrets: ['${secret}']`,
    '',
    '# What is read: audit log, build logs, missed deliveries, how everything is set.',
    'systems:',
    '  - type: github',
    ...(api === 'https://api.github.com' ? [] : [`    url: ${api}`]),
    ...credential,
    `    organizations: [${organization}]`,
    `    webhook: https://${host}/hooks/github`,
    '',
    '# Shows what would be done, and does nothing.',
    'containment: { mode: dry }',
    '',
  ].join('\n');
}

interface Told extends InitOptions {
  readonly organization: string;
  readonly host: string;
  readonly made: MadeApp | undefined;
}

function tell({ file, web, organization, host, made, json }: Told, secret: string, io: Io): void {
  const manifest = manifestOf(organization, host);
  const address = `https://${host}/hooks/github`;
  if (json) {
    io.out(
      `${JSON.stringify({ file, webhook: address, secret, ...(made ? { app: made.id, install: `${made.page}/installations/new` } : { manifest }) })}\n`,
    );
    return;
  }
  const todo = made
    ? [
        [`Install the app: ${made.page}/installations/new`],
        [`Put the number at the end of the address you are led to into ${file}, as \`installation\`.`],
      ]
    : [
        [
          `Make a webhook: ${web}/organizations/${organization}/settings/hooks/new`,
          `address ${address}, content type application/json, all events,`,
          `the secret that is in ${secret.slice('${file:'.length, -1)}`,
        ],
        ['Make a token to read with, and put it into PIPEWARDEN_GITHUB_TOKEN: docs/sources.md lists its permissions.'],
        [
          'Or have an app instead of both: `pipewarden init --app --file OTHER.yaml`, or by hand from this manifest:',
          JSON.stringify(manifest),
        ],
      ];
  io.out(`${io.style('green', '✓')} ${file} is written, its secrets beside it in pipewarden-secrets.\n\n`);
  for (const [index, [what = '', ...more]] of todo.entries()) {
    io.out(`${index + 1}. ${what}\n`);
    for (const line of more) io.out(`   ${line}\n`);
  }
  io.out(
    [
      '',
      `Then: pipewarden doctor --config ${file}      is everything there?`,
      `      pipewarden backfill --config ${file}    learns what was usual until now`,
      `      pipewarden start --config ${file}`,
      '',
    ].join('\n'),
  );
}

function opening(io: Io): (address: string) => void {
  return (address) => io.err(`Open ${address} and agree; I wait.\n`);
}

async function asked(question: string, form: RegExp, io: Io): Promise<string> {
  if (!io.errIsTerminal || !io.stdin.isTTY) {
    throw new PipewardenError('USAGE', { problem: 'say --organization and --host: there is nobody to ask' });
  }
  const terminal = createInterface({ input: io.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await terminal.question(question)).trim();
      if (form.test(answer)) return answer;
    }
  } finally {
    terminal.close();
  }
}

function checked(form: RegExp, what: string): (text: string) => string {
  return (text) => {
    if (form.test(text)) return text;
    throw new InvalidArgumentError(`It is ${what}.`);
  };
}
