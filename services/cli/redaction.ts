// The redactor of an installation: its key, the values it registers, its own kinds.
import { readFileSync } from 'node:fs';
import { targetOf } from '../adapters/secrets/field.ts';
import type { Secrets } from '../adapters/secrets/secrets.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { createRedactor } from '../redactor/engine.ts';
import { KEY_FILE } from '../redactor/key.ts';
import type { Pattern } from '../redactor/pattern.ts';
import { PATTERNS } from '../redactor/patterns.ts';
import type { Redactor } from '../redactor/redactor.ts';
import { type NamedValue, register } from '../redactor/registered/registered.ts';
import { isRegistrable } from '../redactor/registered/texts.ts';
import { parseValues } from '../redactor/registered/values.ts';
import type { FindRegistered } from '../redactor/scan/search.ts';
import { parseUserPatterns } from '../redactor/user-patterns.ts';
import type { Settings } from './common.ts';
import { secretsOf } from './configuration/secrets.ts';
import type { Configuration } from './configuration.ts';
import { installationKey } from './installation-key.ts';
import type { Io } from './io.ts';
import { withSecrets } from './secrets.ts';

/** The installation's key for fingerprints: configured, or that of the data folder. Throws CONFIG_INVALID. */
export function keyOf(settings: Settings, secrets: Pick<Secrets, 'of'>): Uint8Array {
  return installationKey(settings, secrets, 'redaction.key', settings.configuration.redaction.key, KEY_FILE);
}

export interface Added {
  readonly values?: readonly NamedValue[];
  readonly patterns?: readonly Pattern[];
}

/**
 * `added`: for one run of a command. A value that cannot be registered ends it before the first byte: output that
 * somebody takes for clean must not hold what he asked to be taken out. Throws CONFIG_INVALID. A secret that changes
 * later is taken out as well, and the one before it too.
 */
export function redactorOf(
  configuration: Configuration,
  key: Uint8Array,
  secrets: Secrets,
  added: Added = {},
): Redactor {
  const { redaction } = configuration;
  const given = added.values ?? [];
  const all = (listed: readonly NamedValue[]) =>
    register(key, [...ownValues(configuration, secrets), ...listed, ...given]);
  const { find: first, refused } = all(redaction.register.flatMap((each) => listedValues(each, secrets.of(each))));
  if (refused.length > 0) {
    const problems = refused.map(({ name, reason }) => `cannot register ${name}: ${reason}`).join('; ');
    throw new PipewardenError('CONFIG_INVALID', { problems });
  }
  let find = first;
  secrets.onChange(() => {
    const changed = (reference: string) => secrets.known(reference).flatMap((value) => changedValues(reference, value));
    find = all(redaction.register.flatMap(changed)).find;
  });
  const own = redaction.patterns.flatMap((path) => userPatterns(path));
  const registered: FindRegistered = (...place) => find?.(...place);
  const mayBe = first !== undefined || secretsOf(configuration).length > 0;
  return createRedactor({ key, patterns: [...own, ...(added.patterns ?? [])], ...(mayBe && { registered }) });
}

/** For a command that reads and ends. Throws as `redactorOf` does. */
export async function redactorFor(settings: Settings, { env }: Io): Promise<Redactor> {
  const { configuration } = settings;
  return await withSecrets(configuration, env, async (secrets) =>
    redactorOf(configuration, keyOf(settings, secrets), secrets),
  );
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

/** A whole file or a whole secret of a manager may hold many values. */
function listedValues(reference: string, value: string): readonly NamedValue[] {
  const target = targetOf(reference);
  const isWhole = target ? target.key === undefined : reference.startsWith('${file:');
  return isWhole ? parseValues(value) : [{ name: reference, value }];
}

/** While it runs nothing is refused any more: what cannot be taken apart is taken out as a whole. */
function changedValues(reference: string, value: string): readonly NamedValue[] {
  try {
    return listedValues(reference, value);
  } catch {
    return [{ name: reference, value }];
  }
}

/** What Pipewarden itself uses. What is not set is told by whoever needs it; what cannot be registered is no secret. */
function ownValues(configuration: Configuration, secrets: Secrets): readonly NamedValue[] {
  return secretsOf(configuration).flatMap(([name, reference]) => {
    try {
      return secrets.known(reference).flatMap((value) => (isRegistrable(value) ? [{ name, value }] : []));
    } catch {
      return [];
    }
  });
}
