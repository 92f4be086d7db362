// GitHub deliveries about repositories, guard rails, packages and alerts, cut down to what is read of them.
import type { SourceCase } from '../../../source-case.ts';

const DOCS = 'https://docs.github.com/en/webhooks/webhook-events-and-payloads';
const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const DIGEST = `sha256:${'4'.repeat(64)}`;

const acme = { login: 'acme', id: 3, type: 'Organization' };
const shop = { name: 'shop', full_name: 'acme/shop', private: false, visibility: 'public', owner: acme };
const common = { repository: shop, organization: acme, sender: { login: 'mona', id: 7, type: 'User' } };

export const repositoryCases: readonly SourceCase[] = [
  {
    name: 'A private repository becomes public',
    reference: `${DOCS}#repository`,
    record: {
      event: 'repository',
      body: { ...common, action: 'publicized', repository: { ...shop, updated_at: '2026-03-02T10:00:00Z' } },
    },
    drafts: [
      {
        kind: 'repository',
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        vcs: { repository: { name: 'acme/shop', visibility: 'public' } },
        detail: { action: 'publicized', from: 'private', to: 'public' },
      },
    ],
  },
  {
    name: 'Another branch becomes the default one',
    reference: `${DOCS}#repository`,
    record: {
      event: 'repository',
      body: {
        ...common,
        action: 'edited',
        changes: { default_branch: { from: 'main' } },
        repository: { ...shop, default_branch: 'next' },
      },
    },
    drafts: [
      { kind: 'repository', detail: { action: 'edited' } },
      { kind: 'setting', detail: { action: 'repository.edited', name: 'default_branch', from: 'main', to: 'next' } },
    ],
  },
  {
    name: 'A branch no longer needs reviews, nor one of its checks',
    reference: `${DOCS}#branch_protection_rule`,
    record: {
      event: 'branch_protection_rule',
      body: {
        ...common,
        action: 'edited',
        rule: {
          name: 'main',
          updated_at: '2026-03-02T10:00:00.000-05:00',
          pull_request_reviews_enforcement_level: 'off',
          required_status_checks: ['build'],
          authorized_actor_names: ['mona'],
        },
        changes: {
          pull_request_reviews_enforcement_level: { from: 'everyone' },
          required_status_checks: { from: ['build', 'scan'] },
          authorized_actor_names: { from: [] },
        },
      },
    },
    drafts: [
      {
        kind: 'protection',
        observed_at: Date.parse('2026-03-02T15:00:00Z'),
        detail: {
          change: 'removed',
          what: 'branch protection: pull request reviews enforcement level, required status checks',
          target: 'main',
        },
      },
    ],
  },
  {
    name: 'A ruleset loses a rule, and a team may pass it',
    reference: `${DOCS}#repository_ruleset`,
    record: {
      event: 'repository_ruleset',
      body: {
        ...common,
        action: 'edited',
        repository_ruleset: {
          name: 'releases',
          enforcement: 'active',
          bypass_actors: [{ actor_id: 17, actor_type: 'Team', bypass_mode: 'always' }],
        },
        changes: { rules: { added: [], deleted: [{ type: 'required_signatures' }], updated: [] } },
      },
    },
    drafts: [
      {
        kind: 'protection',
        detail: {
          change: 'removed',
          what: 'ruleset: rules',
          target: 'releases',
          reasons: ['required_signatures'],
          bypass: ['Team 17'],
        },
      },
    ],
  },
  {
    name: 'A container image is published from a commit',
    reference: `${DOCS}#registry_package`,
    record: {
      event: 'registry_package',
      body: {
        ...common,
        action: 'published',
        registry_package: {
          name: 'shop',
          ecosystem: 'CONTAINER',
          package_type: 'CONTAINER',
          created_at: '2026-03-02T10:00:00Z',
          updated_at: '2026-03-02T10:00:00Z',
          package_version: {
            version: DIGEST,
            target_oid: SHA,
            author: common.sender,
            package_url: 'ghcr.io/acme/shop:1.4.0',
            container_metadata: { tag: { name: '1.4.0', digest: DIGEST }, manifest: { digest: DIGEST } },
            package_files: [],
          },
        },
      },
    },
    drafts: [
      {
        kind: 'package',
        vcs: { ref: { head: { revision: SHA } } },
        detail: {
          action: 'published',
          name: 'shop',
          version: '1.4.0',
          type: 'container',
          digest: DIGEST,
          author: 'mona',
        },
      },
      {
        kind: 'artifact',
        detail: {
          action: 'published',
          name: 'shop',
          version: '1.4.0',
          digest: DIGEST,
          location: 'ghcr.io/acme/shop:1.4.0',
        },
      },
    ],
  },
  {
    name: 'A secret was found that still works',
    reference: `${DOCS}#secret_scanning_alert`,
    record: {
      event: 'secret_scanning_alert',
      body: {
        ...common,
        action: 'validated',
        alert: {
          number: 42,
          created_at: '2026-03-01T10:00:00Z',
          updated_at: '2026-03-02T10:00:00Z',
          secret_type: 'mailchimp_api_key',
          secret_type_display_name: 'Mailchimp API Key',
          validity: 'active',
        },
      },
    },
    drafts: [
      {
        kind: 'alert',
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        detail: {
          action: 'validated',
          tool: 'secret scanning',
          rule: 'mailchimp_api_key',
          title: 'Mailchimp API Key',
          verified: true,
        },
      },
    ],
  },
];
