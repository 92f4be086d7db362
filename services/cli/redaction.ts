// The redactor of an installation: its key, the values it registers, its own kinds.
import { readFileSync } from 'node:fs';
import { resolveSecret } from '../core/configuration/secret-reference.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { createRedactor } from '../redactor/engine.ts';
import { KEY_BYTES, loadOrCreateKey } from '../redactor/key.ts';
import type { Pattern } from '../redactor/pattern.ts';
import { PATTERNS } from '../redactor/patterns.ts';
import type { Redactor } from '../redactor/redactor.ts';
import { type NamedValue, register } from '../redactor/registered/registered.ts';
import { isRegistrable } from '../redactor/registered/texts.ts';
import { parseValues } from '../redactor/registered/values.ts';
import { parseUserPatterns } from '../redactor/user-patterns.ts';
import type { Settings } from './common.ts';
import { type Configuration, secretsOf } from './configuration.ts';
import { makeDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';

/** The installation's key for fingerprints: configured, or that of the data folder. Throws CONFIG_INVALID. */
export function keyOf({ configuration, data }: Settings, { env }: Io): Uint8Array {
  const reference = configuration.redaction.key;
  if (reference === undefined) return loadOrCreateKey(makeDataFolder(data).folder);
  const key = Buffer.from(resolveSecret(reference, env), 'base64');
  if (key.length === KEY_BYTES) return new Uint8Array(key);
  const problems = `redaction.key is not ${KEY_BYTES} bytes in base64: make one with \`openssl rand -base64 32\``;
  throw new PipewardenError('CONFIG_INVALID', { problems });
}

export interface Added {
  readonly values?: readonly NamedValue[];
  readonly patterns?: readonly Pattern[];
}

/**
 * `added`: for one run of a command. A value that cannot be registered ends it before the first byte: output that
 * somebody takes for clean must not hold what he asked to be taken out. Throws CONFIG_INVALID.
 */
export function redactorOf(configuration: Configuration, key: Uint8Array, { env }: Io, added: Added = {}): Redactor {
  const { redaction } = configuration;
  const listed = redaction.register.flatMap((reference) => listedValues(reference, env));
  const { find, refused } = register(key, [...ownValues(configuration, env), ...listed, ...(added.values ?? [])]);
  if (refused.length > 0) {
    const problems = refused.map(({ name, reason }) => `cannot register ${name}: ${reason}`).join('; ');
    throw new PipewardenError('CONFIG_INVALID', { problems });
  }
  const own = redaction.patterns.flatMap((path) => userPatterns(path));
  return createRedactor({ key, patterns: [...own, ...(added.patterns ?? [])], ...(find && { registered: find }) });
}

/** A file with kinds of the user's own. Throws USAGE, CONFIG_INVALID. */
export function userPatterns(path: string): readonly Pattern[] {
  return parseUserPatterns(readText(path), path, new Set(PATTERNS.map(({ id }) => id)));
}

/** A file with values. Throws USAGE. */
export function fileValues(path: string): readonly NamedValue[] {
  return parseValues(readText(path)).map(({ name, value }) => ({ name: `${path}: ${name}`, value }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `cannot read ${path}: ${messageOf(error)}` }, error);
  }
}

function listedValues(reference: string, env: Io['env']): readonly NamedValue[] {
  const value = resolveSecret(reference, env);
  return reference.startsWith('${file:') ? parseValues(value) : [{ name: reference, value }];
}

/** What Pipewarden itself uses. What is not set is told by whoever needs it; what cannot be registered is no secret. */
function ownValues(configuration: Configuration, env: Io['env']): readonly NamedValue[] {
  return secretsOf(configuration).flatMap(([name, reference]) => {
    try {
      const value = resolveSecret(reference, env);
      return isRegistrable(value) ? [{ name, value }] : [];
    } catch {
      return [];
    }
  });
}
