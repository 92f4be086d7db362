// Gitea and Forgejo webhook deliveries, whose shapes follow GitHub's. The event is the `X-Gitea-Event` or
// `X-Forgejo-Event` header, or the finer `X-Gitea-Event-Type`.
import { deliverySource } from '../github/shared/source.ts';
import { EVENTS, guessEvent } from './webhook/events.ts';

export const giteaWebhook = deliverySource({
  id: 'gitea.webhook',
  title: 'Gitea and Forgejo webhooks',
  reference: 'https://docs.gitea.com/usage/repository/webhooks',
  provider: 'gitea',
  events: EVENTS,
  guess: guessEvent,
});
