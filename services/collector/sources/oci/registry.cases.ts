// Notifications and webhooks as the documentation of each shows them, with names of our own.
import type { SourceCase } from '../../source-case.ts';

const NOTIFICATIONS = 'https://distribution.github.io/distribution/about/notifications/';
const HARBOR = 'https://goharbor.io/docs/main/working-with-projects/project-configuration/configure-webhooks/';

const digest = 'sha256:fea8895f450959fa676bcc1df0611ea93823a735a01205fd8622846041d0c7cf';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

function event(action: string, target: object, more: object = {}): object {
  return {
    id: '320678d8-ca14-430f-8bb6-4ca139cd83f7',
    timestamp: '2026-03-01T10:44:26.402973972-08:00',
    action,
    target,
    request: {
      id: '6df24a34-0959-4923-81ca-14f09767db19',
      addr: '198.51.100.7:42961',
      host: 'registry.example:5000',
      method: 'PUT',
      useragent: 'docker/27.3.1 go/go1.22.7',
    },
    actor: { name: 'ci-shop' },
    source: { addr: 'registry-0:5000', instanceID: 'a53db899-3b4b-4a62-a067-8dd013beaca4' },
    ...more,
  };
}

function harbor(type: string, more: object = {}): object {
  return {
    type,
    occur_at: 1772361866,
    operator: 'robot$acme+ci',
    event_data: {
      resources: [{ digest, tag: 'v4.2.0', resource_url: 'harbor.example/acme/shop:v4.2.0' }],
      repository: {
        date_created: 1772000000,
        name: 'shop',
        namespace: 'acme',
        repo_full_name: 'acme/shop',
        repo_type: 'private',
      },
      ...more,
    },
  };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'a tag is pushed',
    reference: NOTIFICATIONS,
    record: {
      body: {
        events: [
          event('push', {
            mediaType: MANIFEST,
            digest,
            size: 708,
            length: 708,
            repository: 'acme/shop',
            url: `https://registry.example:5000/v2/acme/shop/manifests/${digest}`,
            tag: 'v4.2.0',
          }),
        ],
      },
    },
    drafts: [
      {
        kind: 'artifact',
        native_type: 'push',
        natural_id: '320678d8-ca14-430f-8bb6-4ca139cd83f7',
        observed_at: Date.parse('2026-03-01T18:44:26.402Z'),
        actor: { name: 'ci-shop', type: 'unknown' },
        client: { address: '198.51.100.7', user_agent: 'docker/27.3.1 go/go1.22.7' },
        detail: {
          action: 'published',
          name: 'acme/shop',
          version: 'v4.2.0',
          digest,
          size: 708,
          location: `https://registry.example:5000/v2/acme/shop/manifests/${digest}`,
        },
      },
    ],
  },
  {
    name: 'a layer is pushed and another mounted: nothing is published yet',
    reference: NOTIFICATIONS,
    record: {
      body: {
        events: [
          event('push', { mediaType: 'application/octet-stream', digest, length: 2, repository: 'acme/shop' }),
          event('mount', {
            mediaType: 'application/octet-stream',
            digest,
            size: 2,
            repository: 'acme/shop',
            fromRepository: 'acme/base',
          }),
        ],
      },
    },
    drafts: [
      { kind: 'artifact', detail: { action: 'pushed', name: 'acme/shop', digest, size: 2 } },
      { kind: 'artifact', detail: { action: 'mounted', name: 'acme/shop', location: 'acme/base' } },
    ],
  },
  {
    name: 'an image is pulled by nobody in particular, over IPv6',
    reference: NOTIFICATIONS,
    record: {
      body: {
        events: [
          event(
            'pull',
            { mediaType: 'application/vnd.docker.distribution.manifest.v2+json', digest, repository: 'acme/shop' },
            { actor: {}, request: { addr: '[2001:db8::7]:42961', method: 'GET', useragent: 'curl/8.5.0' } },
          ),
        ],
      },
    },
    drafts: [
      {
        kind: 'artifact',
        client: { address: '2001:db8::7', user_agent: 'curl/8.5.0' },
        detail: { action: 'downloaded', name: 'acme/shop', digest },
      },
    ],
  },
  {
    name: 'a manifest is deleted; the client’s name is no address',
    reference: NOTIFICATIONS,
    record: {
      body: {
        events: [event('delete', { digest, repository: 'acme/shop' }, { request: { addr: 'client.local' } })],
      },
    },
    drafts: [{ kind: 'artifact', detail: { action: 'deleted', name: 'acme/shop', digest } }],
  },
  {
    name: 'an action that nobody foresaw, and fields of another type',
    reference: NOTIFICATIONS,
    record: { body: event('prune', { repository: ['acme/shop'], size: '708' }, { actor: 'ci' }) },
    drafts: [{ kind: 'artifact', detail: { action: 'prune' } }],
    notes: [
      'actor: expected an object, found text',
      'target.repository: expected text, found a list',
      'target.size: expected a number, found text',
    ],
  },
  {
    name: 'a robot pushes to Harbor',
    reference: HARBOR,
    record: { body: harbor('PUSH_ARTIFACT') },
    drafts: [
      {
        kind: 'artifact',
        native_type: 'PUSH_ARTIFACT',
        observed_at: 1772361866000,
        actor: { name: 'robot$acme+ci', type: 'bot' },
        detail: {
          action: 'published',
          name: 'acme/shop',
          version: 'v4.2.0',
          digest,
          location: 'harbor.example/acme/shop:v4.2.0',
        },
      },
    ],
  },
  {
    name: 'an image is pulled from Harbor by its digest',
    reference: HARBOR,
    record: {
      body: harbor('PULL_ARTIFACT', {
        resources: [{ digest, tag: digest, resource_url: `harbor.example/acme/shop@${digest}` }],
      }),
    },
    drafts: [{ kind: 'artifact', detail: { action: 'downloaded', name: 'acme/shop', digest } }],
  },
  {
    name: 'Harbor has scanned an image',
    reference: HARBOR,
    record: { body: harbor('SCANNING_COMPLETED') },
    drafts: [{ kind: 'other', native_type: 'SCANNING_COMPLETED', detail: { type: 'SCANNING_COMPLETED' } }],
  },
];
