// The setting `containment.slack`: the app whose buttons ask people.
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import type { NamedReference } from './named-reference.ts';

export const slack = z
  .strictObject({
    signing_secret: secretReference.describe(
      'The app’s signing secret: what comes to `/hooks/slack` is signed with it.',
    ),
    bot_token: secretReference.describe('`xoxb-…`: opens the window that asks why. It needs no scope for that.'),
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://slack.com/api')
      .describe('Of Slack’s Web API; of GovSlack `https://slack-gov.com/api`.'),
  })
  .optional()
  .describe(
    'Decisions by the buttons of a Slack app, received by the collector at `/hooks/slack`; who is who stands in `identities` as `slack:U…`.',
  );

export function slackSecrets(configured: z.output<typeof slack>): readonly NamedReference[] {
  return [
    ['Slack signing secret', configured?.signing_secret],
    ['Slack bot token', configured?.bot_token],
  ];
}
