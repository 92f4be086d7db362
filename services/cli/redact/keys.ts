// `redact rotate-key` and `redact fingerprint`: the key behind the fingerprints.
import type { Command } from 'commander';
import { PipewardenError } from '../../core/errors.ts';
import { allKeys, rotateKey } from '../../redactor/key.ts';
import { createFingerprint, keyId } from '../../redactor/marker.ts';
import { type CommonOptions, type Settings, settingsOf } from '../common.ts';
import { makeDataFolder } from '../data-folder.ts';
import type { Io } from '../io.ts';
import { keyOf } from '../redaction.ts';
import { withSecrets } from '../secrets.ts';

export function addKeyCommands(command: Command, io: Io): void {
  const settingsFor = (self: Command) => settingsOf(self.optsWithGlobals<CommonOptions>(), io);
  const isConfigured = ({ configuration }: Settings) => configuration.redaction.key !== undefined;
  command
    .command('rotate-key')
    .description('make fingerprints with a new key from now on; the old one is kept beside it')
    .action((_options, self: Command) => {
      const settings = settingsFor(self);
      if (isConfigured(settings)) {
        const problem = 'the key is configured (redaction.key): put another there, and keep the old one';
        throw new PipewardenError('USAGE', { problem });
      }
      const { before, after } = rotateKey(makeDataFolder(settings.data).folder);
      const ids = { before: keyId(before), after: keyId(after) };
      if (self.optsWithGlobals<CommonOptions>().json) return io.out(`${JSON.stringify(ids)}\n`);
      io.out(
        `New key ${ids.after}, old key ${ids.before}. Fingerprints begin with their key's id; those of different keys\n` +
          'cannot be compared. A Pipewarden that is running uses the old key until it is started again.\n',
      );
    });
  command
    .command('fingerprint')
    .description('the fingerprints of a value (standard input), under the present key and those before it')
    .action(async (_options, self: Command) => {
      const pieces: Buffer[] = [];
      for await (const chunk of io.stdin) pieces.push(Buffer.from(chunk));
      const value = Buffer.concat(pieces)
        .toString('latin1')
        .replace(/\r?\n$/, '');
      const settings = settingsFor(self);
      const keys = isConfigured(settings)
        ? [await withSecrets(settings.configuration, io.env, async (secrets) => keyOf(settings, secrets))]
        : allKeys(makeDataFolder(settings.data).folder);
      for (const key of keys) io.out(`${createFingerprint(key)(value)}\n`);
    });
}
