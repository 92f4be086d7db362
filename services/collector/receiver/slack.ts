// `POST /hooks/slack`: Slack tells what people did with the buttons of a card. It waits for three seconds.
// https://docs.slack.dev/interactivity/handling-user-interaction
import type { Context } from 'hono';
import type { Clock } from '../../core/clock.ts';
import { SECOND } from '../../core/time.ts';
import { parseBody, readBody } from './body.ts';
import { slackSignature } from './proofs.ts';

export const SLACK_PATH = '/hooks/slack';
export const SLACK_DEADLINE = 2.8 * SECOND;
/** Of an interaction, which carries the card that it happened on. */
const BODY_LIMIT = 512 * 1024;

export interface SlackRoute {
  /** The app's signing secret, as it is now. */
  readonly secret: () => string;
  /**
   * Gives what Slack is answered. `signature`: that of the delivery, by which one that is sent again can be told. Throws
   * SIGNATURE_OLD for such a one.
   */
  readonly take: (payload: unknown, signature: string, signal: AbortSignal) => Promise<object | undefined>;
}

/** Answers one request; `hold` is told of every piece of the body. Throws what the sender is to be told. */
export function createSlack({ secret, take }: SlackRoute, clock: Clock) {
  return async (context: Context, signal: AbortSignal, hold: (bytes: number) => void): Promise<object | undefined> => {
    const header = (name: string) => context.req.header(name);
    const raw = await readBody(context.req.raw, BODY_LIMIT, signal, hold);
    slackSignature.verify({ header, raw, now: clock.now() }, [secret()]);
    const type = header('Content-Type');
    const payload = await parseBody(raw, { source: 'slack', type, encoding: undefined, limit: BODY_LIMIT });
    return await take(payload, header('X-Slack-Signature') ?? '', signal);
  };
}
