// The systems that are acted on, as the configuration names them.
import type { Secrets } from '../adapters/secrets/secrets.ts';
import type { Api } from '../core/action.ts';
import { connectTargets } from '../responder/systems/index.ts';
import type { Configuration } from './configuration.ts';
import type { Io } from './io.ts';
import { worldOf } from './secrets.ts';
import { VERSION } from './version.ts';

/** By system; throws CONFIG_INVALID. */
export function apisOf({ containment }: Configuration, secrets: Secrets, env: Io['env']): ReadonlyMap<string, Api> {
  return connectTargets(containment, {
    secret: (reference) => secrets.of(reference),
    renew: () => secrets.renew(),
    userAgent: `pipewarden/${VERSION}`,
    fetch: globalThis.fetch,
    world: worldOf(env),
  });
}
