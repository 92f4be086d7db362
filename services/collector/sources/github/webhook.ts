// GitHub webhook deliveries: the body, and the event's name from its header.
import { deliverySource } from './shared/source.ts';
import { EVENTS, guessEvent } from './webhook/events.ts';

export const githubWebhook = deliverySource({
  id: 'github.webhook',
  title: 'GitHub webhooks',
  reference: 'https://docs.github.com/en/webhooks/webhook-events-and-payloads',
  provider: 'github',
  events: EVENTS,
  guess: guessEvent,
});
