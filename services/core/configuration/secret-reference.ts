// Secrets in the configuration are references, never values: `${KIND:PLACE}`. The kinds `env` and `file` are read here,
// those of secret managers by `services/adapters/secrets/`.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, PipewardenError } from '../errors.ts';

const REFERENCE = /^\$\{([a-z][a-z0-9-]*):([^}]+)\}$/;

export interface Reference {
  /** `env`, `file`, or that of a secret manager. */
  readonly kind: string;
  /** Where its kind finds it: `NAME`, `PATH`, `MOUNT/PATH#KEY` … */
  readonly place: string;
}

/** Gives the secret behind a reference, as it is now. */
export type Resolve = (reference: string) => string;

/** A field for a secret. The value itself is refused: a configuration file is copied, committed and shown. */
export const secretReference = z
  .string()
  .regex(REFERENCE, 'expected a reference, such as ${env:NAME} or ${file:PATH}, not the secret itself')
  .meta({ examples: ['${env:GITHUB_WEBHOOK_SECRET}', '${file:/run/secrets/webhook}', '${vault:secret/ci#webhook}'] });

/** Undefined for a text that is none. */
export function parseReference(text: string): Reference | undefined {
  const [, kind, place] = REFERENCE.exec(text) ?? [];
  return kind === undefined || place === undefined ? undefined : { kind, place };
}

/**
 * The secret behind a reference to the environment or to a file. Throws CONFIG_INVALID when it is not there or empty; the
 * message never holds it.
 */
export function resolveSecret(reference: string, env: Readonly<Record<string, string | undefined>>): string {
  const { kind, place } = parseReference(reference) ?? { kind: 'file', place: '' };
  const value = kind === 'env' ? env[place] : readSecretFile(place);
  if (value === undefined || value === '') {
    const what = kind === 'env' ? `the environment variable ${place}` : `the file ${place}`;
    throw new PipewardenError('CONFIG_INVALID', { problems: `${what} is empty or not set: put the secret there` });
  }
  return value;
}

function readSecretFile(path: string): string {
  try {
    return withoutLineEnd(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new PipewardenError('CONFIG_INVALID', { problems: `cannot read the secret: ${messageOf(error)}` }, error);
  }
}

/** Editors and shells put one behind what they write. */
export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
