// A key of the installation: configured, or one that is made and kept in the data folder.
import type { Secrets } from '../adapters/secrets/secrets.ts';
import { PipewardenError } from '../core/errors.ts';
import { KEY_BYTES, loadOrCreateKey } from '../redactor/key.ts';
import type { Settings } from './common.ts';
import { makeDataFolder } from './data-folder.ts';

/** `setting`: where `reference` stands. Throws CONFIG_INVALID. */
export function installationKey(
  { data }: Settings,
  { of }: Pick<Secrets, 'of'>,
  setting: string,
  reference: string | undefined,
  file: string,
): Uint8Array {
  if (reference === undefined) return loadOrCreateKey(makeDataFolder(data).folder, file);
  const key = Buffer.from(of(reference), 'base64');
  if (key.length === KEY_BYTES) return new Uint8Array(key);
  const problems = `${setting} is not ${KEY_BYTES} bytes in base64: make one with \`openssl rand -base64 32\``;
  throw new PipewardenError('CONFIG_INVALID', { problems });
}

/** Signs links into the console: not the redaction key, which every collector has. */
export function consoleKeyOf(settings: Settings, secrets: Pick<Secrets, 'of'>): Uint8Array {
  return installationKey(settings, secrets, 'console.key', settings.configuration.console.key, 'console.key');
}
