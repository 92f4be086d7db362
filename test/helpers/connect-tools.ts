// What systems that are acted on are connected with.
import { askHttp } from '../../services/adapters/secrets/ask.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { ConnectTools } from '../../services/responder/systems/system.ts';

/** `token` is behind every reference; the environment is empty, and so is every file. */
export function connectTools(token: string, other: Partial<ConnectTools> = {}): ConnectTools {
  return {
    secret: () => token,
    renew: async () => {},
    userAgent: 'pipewarden',
    fetch,
    world: { env: {}, clock: systemClock, ask: askHttp, readFile: async () => '' },
    ...other,
  };
}
