// Secrets in the configuration are references, never values: `${env:NAME}` or `${file:/run/secrets/name}`.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, PipewardenError } from '../errors.ts';

const REFERENCE = /^\$\{(env|file):([^}]+)\}$/;

/** A field for a secret. The value itself is refused: a configuration file is copied, committed and shown. */
export const secretReference = z
  .string()
  .regex(REFERENCE, 'expected a reference, ${env:NAME} or ${file:PATH}, not the secret itself')
  .meta({ examples: ['${env:GITHUB_WEBHOOK_SECRET}', '${file:/run/secrets/webhook}'] });

/** The secret behind a reference. Throws CONFIG_INVALID when it is not there or empty; the message never holds it. */
export function resolveSecret(reference: string, env: Readonly<Record<string, string | undefined>>): string {
  const [, kind, name = ''] = REFERENCE.exec(reference) ?? [];
  const value = kind === 'env' ? env[name] : readSecretFile(name);
  if (value === undefined || value === '') {
    const what = kind === 'env' ? `the environment variable ${name}` : `the file ${name}`;
    throw new PipewardenError('CONFIG_INVALID', { problems: `${what} is empty or not set: put the secret there` });
  }
  return value;
}

function readSecretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new PipewardenError('CONFIG_INVALID', { problems: `cannot read the secret: ${messageOf(error)}` }, error);
  }
}
