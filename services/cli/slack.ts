// Slack as the configuration has it: where it tells of its buttons, and who settles what people say there.
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Secrets } from '../adapters/secrets/secrets.ts';
import type { SlackRoute } from '../collector/receiver/slack.ts';
import { systemClock } from '../core/clock.ts';
import { SECOND } from '../core/time.ts';
import { createHttpApi } from '../responder/http-api.ts';
import { createSlackDecisions } from '../responder/slack.ts';
import type { Log } from '../telemetry/log.ts';
import type { Configuration } from './configuration.ts';
import { consoleUrl } from './console-address.ts';
import { decidersOf } from './deciders.ts';
import type { Ports } from './ports.ts';
import { VERSION } from './version.ts';

/** Slack waits for three seconds, and for its own answer to this. */
const TIMEOUT = 2 * SECOND;

export function slackRoute(
  configuration: Configuration,
  { store, queue }: Pick<Ports, 'store' | 'queue'>,
  secrets: Secrets,
  log: Log,
): SlackRoute | undefined {
  const { slack } = configuration.containment;
  if (!slack) return undefined;
  const api = createHttpApi({
    baseUrl: slack.url,
    token: () => secrets.of(slack.bot_token),
    renew: () => secrets.renew(),
    userAgent: `pipewarden/${VERSION}`,
    fetch: globalThis.fetch,
    timeoutMs: TIMEOUT,
  });
  const deciders = decidersOf(configuration);
  const console = consoleUrl(configuration);
  return {
    secret: () => secrets.of(slack.signing_secret),
    take: createSlackDecisions({ store, queue, clock: systemClock, deciders, actions: ACTIONS, api, console, log }),
  };
}
