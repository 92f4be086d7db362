// Gitea and Forgejo webhook deliveries, whose shapes follow GitHub's. The event is the `X-Gitea-Event` or
// `X-Forgejo-Event` header, or the finer `X-Gitea-Event-Type`.

import { hmac } from '../../receiver/proofs.ts';
import { deliverySource } from '../github/shared/source.ts';
import { EVENTS, guessEvent } from './webhook/events.ts';

export const giteaWebhook = deliverySource({
  id: 'gitea.webhook',
  title: 'Gitea and Forgejo webhooks',
  reference: 'https://docs.gitea.com/usage/repository/webhooks',
  // Forgejo sends both its own headers and these.
  push: {
    path: '/hooks/gitea',
    proof: hmac('X-Gitea-Signature'),
    event: 'X-Gitea-Event',
    delivery: ['X-Gitea-Delivery'],
  },
  provider: 'gitea',
  events: EVENTS,
  guess: guessEvent,
});
