// GitHub webhook deliveries: the body, and the event's name from its header.

import { hmac } from '../../receiver/proofs.ts';
import { deliverySource } from './shared/source.ts';
import { EVENTS, guessEvent } from './webhook/events.ts';

export const githubWebhook = deliverySource({
  id: 'github.webhook',
  title: 'GitHub webhooks',
  reference: 'https://docs.github.com/en/webhooks/webhook-events-and-payloads',
  push: {
    path: '/hooks/github',
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    proof: hmac('X-Hub-Signature-256', 'sha256='),
    event: 'X-GitHub-Event',
    delivery: ['X-GitHub-Delivery'],
  },
  provider: 'github',
  events: EVENTS,
  guess: guessEvent,
});
