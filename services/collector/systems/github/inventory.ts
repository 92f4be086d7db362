// How an organization and its repositories are set.
import { isObject, type Json } from '../../../core/json.ts';
import { HOUR, MINUTE } from '../../../core/time.ts';
import { flag, identifier, list, object, scalar, text, texts } from '../../fields.ts';
import { hostOf } from '../../sources/github/shared/address.ts';
import { bypassers } from '../../sources/github/shared/guard.ts';
import type { Client } from '../client.ts';
import { inventoryPoll, type Section, type Shelf } from '../inventory.ts';
import type { Poll, Surroundings } from '../system.ts';
import { each, listed, named, settings, thing } from '../things.ts';
import { repositoriesOf } from './repositories.ts';

export function organizationInventory(organization: string, client: Client, surroundings: Surroundings): Poll {
  return inventoryPoll(
    {
      name: `inventory ${organization}`,
      source: 'github.inventory',
      every: 10 * MINUTE,
      client,
      async *shelves() {
        yield { name: organization, place: { organization }, sections: organizationSections(`/orgs/${organization}`) };
      },
    },
    surroundings,
  );
}

export function repositoryInventory(organization: string, client: Client, surroundings: Surroundings): Poll {
  async function* shelves(signal: AbortSignal): AsyncGenerator<Shelf> {
    for await (const each of repositoriesOf(organization, client, signal)) {
      const repository = text(each, 'full_name');
      if (repository === undefined || flag(each, 'archived')) continue;
      const sections = repositorySections(`/repos/${repository}`, text(each, 'default_branch') ?? 'main');
      yield { name: repository, place: { repository, organization }, sections };
    }
  }
  const options = {
    name: `inventory of ${organization}'s repositories`,
    source: 'github.inventory',
    every: HOUR,
    client,
    shelves,
  };
  return inventoryPoll(options, surroundings);
}

/** https://docs.github.com/en/rest/orgs (and /actions, /apps) */
function organizationSections(base: string): readonly Section[] {
  return [
    settings('organization', base, [
      'two_factor_requirement_enabled',
      'default_repository_permission',
      'members_can_create_repositories',
      'members_can_create_public_repositories',
      'members_can_fork_private_repositories',
      'web_commit_signoff_required',
      'deploy_keys_enabled_for_repositories',
    ]),
    ...actionsSettings(base),
    webhooks(`${base}/hooks`),
    rulesets(`${base}/rulesets`),
    secrets('organization secret', `${base}/actions/secrets`),
    variables('organization variable', `${base}/actions/variables`),
    runners(`${base}/actions/runners`, 'organization'),
    {
      kind: 'runner',
      what: 'runner group',
      path: `${base}/actions/runner-groups?per_page=100`,
      things: each('runner_groups', (group) =>
        named(group, 'name', ['visibility', 'allows_public_repositories', 'restricted_to_workflows']),
      ),
    },
    {
      kind: 'app',
      what: 'app installation',
      path: `${base}/installations?per_page=100`,
      things: each('installations', (app) =>
        thing(identifier(app, 'id'), text(app, 'app_slug'), {
          permissions: object(app, 'permissions'),
          events: texts(app, 'events'),
          reach: text(app, 'repository_selection'),
          suspended: text(app, 'suspended_at') !== undefined,
        }),
      ),
    },
    listed({ kind: 'member', what: 'owner', path: `${base}/members?role=admin&per_page=100` }, 'login', () => ({
      role: 'admin',
    })),
  ];
}

/** https://docs.github.com/en/rest/repos (and /branches, /deploy-keys, /deployments/environments, /collaborators) */
function repositorySections(base: string, branch: string): readonly Section[] {
  return [
    settings('repository', base, [
      'private',
      'visibility',
      'default_branch',
      'allow_forking',
      'allow_auto_merge',
      'web_commit_signoff_required',
    ]),
    ...actionsSettings(base),
    webhooks(`${base}/hooks`),
    rulesets(`${base}/rulesets`),
    {
      kind: 'protection',
      what: 'branch protection',
      path: `${base}/branches/${encodeURIComponent(branch)}/protection`,
      things: (body) => thing(branch, branch, protectionState(body)),
    },
    {
      kind: 'protection',
      what: 'environment',
      path: `${base}/environments?per_page=100`,
      things: each('environments', (environment) =>
        thing(identifier(environment, 'id'), text(environment, 'name'), {
          reviewers: list(environment, 'protection_rules').some((rule) => text(rule, 'type') === 'required_reviewers'),
          wait: list(environment, 'protection_rules').some((rule) => text(rule, 'type') === 'wait_timer'),
          branch_policy: isObject(object(environment, 'deployment_branch_policy')),
        }),
      ),
    },
    listed({ kind: 'key', what: 'deploy key', path: `${base}/keys?per_page=100` }, 'title', (key) => ({
      write: flag(key, 'read_only') === false,
      subject: text(key, 'added_by'),
    })),
    listed(
      { kind: 'member', what: 'collaborator', path: `${base}/collaborators?affiliation=direct&per_page=100` },
      'login',
      (member) => ({ role: text(member, 'role_name') }),
    ),
    secrets('secret', `${base}/actions/secrets`),
    variables('variable', `${base}/actions/variables`),
    runners(`${base}/actions/runners`, 'repository'),
  ];
}

function actionsSettings(base: string): readonly Section[] {
  const path = `${base}/actions/permissions`;
  return [
    settings('Actions permissions', path, [
      'enabled',
      'enabled_repositories',
      'allowed_actions',
      'sha_pinning_required',
    ]),
    settings('Actions token', `${path}/workflow`, ['default_workflow_permissions', 'can_approve_pull_request_reviews']),
  ];
}

function webhooks(path: string): Section {
  return {
    kind: 'webhook',
    what: 'webhook',
    path: `${path}?per_page=100`,
    things: each(undefined, (hook) =>
      thing(identifier(hook, 'id'), hostOf(text(hook, 'config', 'url')), {
        host: hostOf(text(hook, 'config', 'url')),
        insecure_ssl: scalar(hook, 'config', 'insecure_ssl') === '1',
        active: flag(hook, 'active'),
        events: texts(hook, 'events'),
      }),
    ),
  };
}

function rulesets(path: string): Section {
  return listed({ kind: 'protection', what: 'ruleset', path: `${path}?per_page=100` }, 'name', (ruleset) => ({
    active: text(ruleset, 'enforcement') === 'active',
    bypass: bypassers(object(ruleset)?.bypass_actors),
    updated: text(ruleset, 'updated_at'),
  }));
}

function secrets(what: string, path: string): Section {
  const fields = ['visibility', 'updated_at'];
  return {
    kind: 'secret',
    what,
    path: `${path}?per_page=100`,
    things: each('secrets', (secret) => named(secret, 'name', fields)),
  };
}

/** Their values too: variables are no secrets, and one that is becomes a marker. */
function variables(what: string, path: string): Section {
  const fields = ['value', 'visibility'];
  return {
    kind: 'variable',
    what,
    path: `${path}?per_page=30`,
    things: each('variables', (one) => named(one, 'name', fields)),
  };
}

function runners(path: string, owner_type: string): Section {
  return {
    kind: 'runner',
    what: 'runner',
    path: `${path}?per_page=100`,
    things: each('runners', (runner) =>
      // Runners that live for one job come and go by the thousand, and the job tells of them.
      flag(runner, 'ephemeral')
        ? []
        : thing(identifier(runner, 'id'), text(runner, 'name'), {
            id: identifier(runner, 'id'),
            os: text(runner, 'os'),
            version: text(runner, 'version'),
            labels: list(runner, 'labels').flatMap((label) => text(label, 'name') ?? []),
            owner_type,
          }),
    ),
  };
}

/** Switches of a branch's protection, each on its own: `{ "enforce_admins": { "enabled": true } }`. */
function protectionState(body: Json): Record<string, Json | undefined> {
  const switches = Object.entries(object(body) ?? {}).flatMap(([name, value]) => {
    const enabled = isObject(value) ? flag(value, 'enabled') : undefined;
    return enabled === undefined ? [] : [[name, enabled] as const];
  });
  const reviews = object(body, 'required_pull_request_reviews');
  return {
    ...Object.fromEntries(switches),
    required_reviews: reviews !== undefined,
    required_approving_review_count: reviews?.required_approving_review_count,
    require_code_owner_reviews: flag(reviews, 'require_code_owner_reviews'),
    required_status_checks: texts(body, 'required_status_checks', 'contexts'),
  };
}
