// How an instance, its groups and its projects are set. Values of CI/CD variables are never kept.
// https://docs.gitlab.com/api/api_resources/
import { HOUR, MINUTE } from '../../../core/time.ts';
import { flag, identifier, list, number, object, text, texts } from '../../fields.ts';
import { hostOf } from '../../sources/github/shared/address.ts';
import type { Client } from '../client.ts';
import { inventoryPoll, type Section, type Shelf } from '../inventory.ts';
import type { Poll, Surroundings } from '../system.ts';
import { each, listed, settings, thing } from '../things.ts';
import { groupsOf, projectsOf } from './places.ts';
import { guards, levelOf } from './protections.ts';

type Shelves = (signal: AbortSignal) => AsyncIterable<Shelf>;

/** `group`: undefined for the whole instance. */
export function inventoryPolls(group: string | undefined, client: Client, surroundings: Surroundings): readonly Poll[] {
  const around = group === undefined ? instanceShelves : groupShelves(group, client);
  const where = group ?? 'instance';
  return [
    poll(`inventory ${where}`, 10 * MINUTE, around),
    poll(`inventory of ${where}'s projects`, HOUR, projectShelves(group, client)),
  ];

  function poll(name: string, every: number, shelves: Shelves): Poll {
    return inventoryPoll({ name, source: 'gitlab.inventory', every, client, shelves }, surroundings);
  }
}

async function* instanceShelves(): AsyncGenerator<Shelf> {
  yield { name: 'the instance', place: {}, sections: INSTANCE };
}

function groupShelves(group: string, client: Client): Shelves {
  return async function* shelves(signal) {
    for await (const { path, name } of groupsOf(group, client, signal)) {
      const organization = name.split('/', 1)[0] ?? name;
      yield { name, place: { organization }, sections: groupSections(path) };
    }
  };
}

function projectShelves(group: string | undefined, client: Client): Shelves {
  return async function* shelves(signal) {
    for await (const { path, name } of projectsOf(group, client, signal)) {
      const organization = name.split('/', 1)[0] ?? name;
      yield { name, place: { repository: name, organization }, sections: projectSections(path) };
    }
  };
}

const INSTANCE: readonly Section[] = [
  settings('instance', '/application/settings', [
    'signup_enabled',
    'require_admin_approval_after_user_signup',
    'require_two_factor_authentication',
    'password_authentication_enabled_for_web',
    'password_authentication_enabled_for_git',
    'default_project_visibility',
    'allow_local_requests_from_web_hooks_and_services',
    'allow_local_requests_from_system_hooks',
    'require_personal_access_token_expiry',
    'shared_runners_enabled',
  ]),
  hooks('system hook', '/hooks'),
  variables('instance variable', '/admin/ci/variables'),
  runners('/runners/all?type=instance_type&per_page=100'),
];

function groupSections(base: string): readonly Section[] {
  return [
    settings('group', base, [
      'visibility',
      'require_two_factor_authentication',
      'two_factor_grace_period',
      'share_with_group_lock',
      'membership_lock',
      'project_creation_level',
      'subgroup_creation_level',
      'shared_runners_setting',
      'prevent_forking_outside_group',
      'ip_restriction_ranges',
      'allowed_email_domains_list',
    ]),
    hooks('webhook', `${base}/hooks`),
    variables('group variable', `${base}/variables`),
    runners(`${base}/runners?type=group_type&per_page=100`),
    ...people(base),
  ];
}

function projectSections(base: string): readonly Section[] {
  return [
    settings('project', base, [
      'visibility',
      'default_branch',
      'forking_access_level',
      'ci_config_path',
      'public_jobs',
      'only_allow_merge_if_pipeline_succeeds',
      'only_allow_merge_if_all_discussions_are_resolved',
      'restrict_user_defined_variables',
      'ci_pipeline_variables_minimum_override_role',
      'ci_allow_fork_pipelines_to_run_in_parent_project',
      'ci_push_repository_for_job_token_allowed',
      'ci_separated_caches',
      'shared_runners_enabled',
      'group_runners_enabled',
      'auto_devops_enabled',
    ]),
    ...guards(base),
    listed(
      { kind: 'setting', what: 'job token allowlist', path: `${base}/job_token_scope/allowlist?per_page=100` },
      'path_with_namespace',
      () => ({}),
    ),
    hooks('webhook', `${base}/hooks`),
    variables('variable', `${base}/variables`),
    runners(`${base}/runners?type=project_type&per_page=100`),
    ...people(base),
    listed({ kind: 'key', what: 'deploy key', path: `${base}/deploy_keys?per_page=100` }, 'title', (key) => ({
      write: flag(key, 'can_push'),
      fingerprint: text(key, 'fingerprint_sha256'),
    })),
    listed(
      { kind: 'key', what: 'pipeline trigger token', path: `${base}/triggers?per_page=100` },
      'description',
      (one) => ({ subject: text(one, 'owner', 'username') }),
    ),
    listed(
      { kind: 'setting', what: 'pipeline schedule', path: `${base}/pipeline_schedules?per_page=100` },
      'description',
      (one) => ({
        ref: text(one, 'ref'),
        cron: text(one, 'cron'),
        active: flag(one, 'active'),
        owner: text(one, 'owner', 'username'),
      }),
    ),
  ];
}

/** Who may: members of its own, and tokens that act as one. Their ids are those of audit events. */
function people(base: string): readonly Section[] {
  return [
    listed({ kind: 'member', what: 'member', path: `${base}/members?per_page=100` }, 'username', (member) => ({
      role: levelOf(number(member, 'access_level')),
    })),
    listed(
      { kind: 'key', what: 'access token', path: `${base}/access_tokens?state=active&per_page=100` },
      'name',
      (token) => ({
        id: `PersonalAccessToken/${identifier(token, 'id')}`,
        role: levelOf(number(token, 'access_level')),
        scopes: texts(token, 'scopes'),
        expires: text(token, 'expires_at'),
      }),
    ),
    listed({ kind: 'key', what: 'deploy token', path: `${base}/deploy_tokens?per_page=100` }, 'name', (token) => ({
      scopes: texts(token, 'scopes'),
      expires: text(token, 'expires_at'),
      revoked: flag(token, 'revoked'),
    })),
  ];
}

function hooks(what: string, path: string): Section {
  return {
    kind: 'webhook',
    what,
    path: `${path}?per_page=100`,
    things: each(undefined, (hook) =>
      thing(identifier(hook, 'id'), hostOf(text(hook, 'url')), {
        host: hostOf(text(hook, 'url')),
        insecure_ssl: flag(hook, 'enable_ssl_verification') === false,
        events: Object.entries(object(hook) ?? {}).flatMap(([name, on]) => (/_events$/.test(name) && on ? [name] : [])),
      }),
    ),
  };
}

/** One for each environment that it is meant for. */
function variables(what: string, path: string): Section {
  return {
    kind: 'secret',
    what,
    path: `${path}?per_page=100`,
    things: each(undefined, (one) => {
      const [key, environment] = [text(one, 'key'), text(one, 'environment_scope')];
      return thing(key === undefined ? undefined : `${key}/${environment ?? '*'}`, key, {
        environment: environment === '*' ? undefined : environment,
        protected: flag(one, 'protected'),
        masked: flag(one, 'masked'),
        hidden: flag(one, 'hidden'),
        type: text(one, 'variable_type'),
      });
    }),
  };
}

function runners(path: string): Section {
  return listed({ kind: 'runner', what: 'runner', path }, 'description', (runner) => ({
    id: identifier(runner, 'id'),
    owner_type: text(runner, 'runner_type'),
    paused: flag(runner, 'paused'),
    labels: list(runner, 'tag_list').length > 0 ? texts(runner, 'tag_list') : undefined,
  }));
}
