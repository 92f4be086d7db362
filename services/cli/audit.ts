// `pipewarden audit verify`: is the trail whole and unchanged?
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { publicKeyIn } from '../core/audit-seal.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { type ChainCheck, readChain, verifyChain } from '../responder/audit-verify.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { withEventLog } from './ports.ts';

export const auditCommand: Subcommand = (io, setExit) => {
  const command = subcommand('audit', 'the trail of decisions');
  command
    .command('verify')
    .description('check the hash chain from its first entry')
    .option('--key <file>', 'and its seals, by the public key: `openssl pkey -in KEY -pubout`')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions & { readonly key?: string }>();
      const key = options.key === undefined ? undefined : publicKeyIn(keyFile(options.key));
      const settings = settingsOf(options, io);
      const check = await withEventLog(settings, io.env, (log) => verifyChain(readChain(log), undefined, key));
      if (options.json) io.out(`${JSON.stringify(check)}\n`);
      else if (check.ok)
        io.out(
          `${io.style('green', '✓')} ${check.entries} entries, whole${sealedWords(check)}; head ${check.head.hash}\n`,
        );
      else io.out(`${io.style('red', '✗')} after ${check.entries} good entries: ${check.problem}\n`);
      if (!check.ok) setExit(1);
    });
  return command;
};

function sealedWords({ sealed }: ChainCheck): string {
  return sealed === undefined ? '' : `, sealed up to ${sealed}`;
}

function keyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `cannot read the key: ${messageOf(error)}` }, error);
  }
}
