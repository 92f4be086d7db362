// `pipewarden audit verify`: is the trail whole and unchanged?
import type { Command } from 'commander';
import { readChain, verifyChain } from '../responder/audit-verify.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { withEventLog } from './ports.ts';

export const auditCommand: Subcommand = (io, setExit) => {
  const command = subcommand('audit', 'the trail of decisions');
  command
    .command('verify')
    .description('check the hash chain from its first entry')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      const check = await withEventLog(settingsOf(options, io), io.env, (log) => verifyChain(readChain(log)));
      if (options.json) io.out(`${JSON.stringify(check)}\n`);
      else if (check.ok) io.out(`${io.style('green', '✓')} ${check.entries} entries, whole; head ${check.head.hash}\n`);
      else io.out(`${io.style('red', '✗')} after ${check.entries} good entries: ${check.problem}\n`);
      if (!check.ok) setExit(1);
    });
  return command;
};
