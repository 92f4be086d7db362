// What a use of a credential is for: one table over all systems. A family groups what one purpose needs (git reads, secrets,
// publishing); a role says that it is a look around: who am I, or a list of things to take.
import type { Activity, ActivityKind } from '../../services/core/activity.ts';

export type Family =
  | 'git reads'
  | 'git writes'
  | 'code reads'
  | 'who-am-I calls'
  | 'listings'
  | 'searches'
  | 'exports'
  | 'pull requests and issues'
  | 'access rights'
  | 'roles'
  | 'keys and tokens'
  | 'secrets'
  | 'guard rails'
  | 'settings'
  | 'repositories'
  | 'integrations'
  | 'runners'
  | 'runs'
  | 'definitions'
  | 'releases and packages'
  | 'deployments'
  | 'sign-ins'
  | 'command line'
  | 'script console'
  | 'administration pages'
  | 'pages'
  | 'reads'
  | 'writes';

/** What a list is of; `self`: whose credential it is. */
export type Look =
  | 'self'
  | 'repositories'
  | 'organizations'
  | 'people'
  | 'secrets'
  | 'runners'
  | 'storage'
  | 'cloud accounts'
  | 'workflows'
  | 'keys'
  | 'packages';

export interface Operation {
  readonly family: Family;
  readonly look?: Look;
}

const BY_KIND: Partial<Readonly<Record<ActivityKind, Family>>> = {
  push: 'git writes',
  change: 'pull requests and issues',
  review: 'pull requests and issues',
  discussion: 'pull requests and issues',
  access: 'access rights',
  grant: 'keys and tokens',
  secret: 'secrets',
  protection: 'guard rails',
  setting: 'settings',
  repository: 'repositories',
  integration: 'integrations',
  runner: 'runners',
  run: 'runs',
  definition: 'definitions',
  release: 'releases and packages',
  package: 'releases and packages',
  artifact: 'releases and packages',
  deployment: 'deployments',
  session: 'sign-ins',
};

/** Who am I, and what is there; matched against `METHOD operation`, without an API's prefix. First match wins; all linear. */
const LOOKS: readonly (readonly [RegExp, Look])[] = [
  // https://docs.github.com/rest/users/users, https://docs.gitlab.com/api/users/, https://circleci.com/docs/api/v2/,
  // https://developer.atlassian.com/cloud/bitbucket/rest/, https://docs.gitea.com/api/
  [/^GET \/(?:user|me|rate_limit)$/, 'self'],
  [/^GET \/(?:personal_access_tokens\/self|application|app|user\/emails)$/, 'self'],
  // https://docs.npmjs.com/cli/commands/npm-whoami; https://learn.microsoft.com/rest/api/azure/devops/profile
  [/^GET \/-\/whoami$|\/_apis\/(?:connectionData|profile\/profiles\/me)$/i, 'self'],
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  [/ GetCallerIdentity$/, 'self'],
  // https://developer.hashicorp.com/vault/api-docs/auth/token#lookup-a-token-self
  [/ auth\/token\/lookup-self$|lookup-self$/, 'self'],
  // https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access
  [/ selfsubject(?:access|rules)?reviews?$/i, 'self'],
  // https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/
  [/ \/(?:whoAmI|me)(?:\/api\/\w+)?$/, 'self'],

  [/ \/(?:[^ ]*\/)?(?:actions|codespaces|dependabot|environments\/[^/ ]+)\/(?:organization-)?secrets$/, 'secrets'],
  [/ \/(?:[^ ]*\/)?(?:variables|context|pipelines_config\/variables|variablegroups)$/i, 'secrets'],
  [/ (?:ListSecrets|DescribeParameters|BatchGetSecretValue)$|^\S* ?list secrets?$/i, 'secrets'],
  [/^\S* ?list (?:\S+\/)?metadata(?:\/|$)|^list secret\//i, 'secrets'],
  [/ \/(?:[^ ]*\/)?(?:credentials|credential-store)(?:\/|$)/, 'secrets'],

  [/^GET \/(?:[^ ]*\/)?(?:actions\/)?runners(?:\/all)?$/, 'runners'],
  [/ \/computer\/api\/\w+$| \/_apis\/distributedtask\/pools$/, 'runners'],

  [
    / \/(?:[^ ]*\/)?contents\/(?:\.github|\.github\/workflows|\.gitlab-ci\.yml|\.circleci|Jenkinsfile)(?:\/|$)/,
    'workflows',
  ],
  [/^GET \/(?:[^ ]*\/)?actions\/workflows$/, 'workflows'],

  [/^GET \/(?:[^ ]*\/)?(?:keys|hooks|deploy_keys|personal_access_tokens|tokens|gpg_keys)$/, 'keys'],
  [/ (?:ListAccessKeys|ListSSHPublicKeys)$/, 'keys'],

  [/ (?:ListBuckets|ListAllMyBuckets|ListTables|DescribeDBInstances|DescribeSnapshots)$/, 'storage'],
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
  [
    / (?:ListUsers|ListRoles|ListGroups|ListAccounts|ListPolicies|GetAccountAuthorizationDetails|GetAccountSummary)$/,
    'cloud accounts',
  ],
  [/ (?:ListAttached\w+Policies|List\w+Policies|SimulatePrincipalPolicy|DescribeOrganization)$/, 'cloud accounts'],
  [/^\w+ sys\/(?:mounts|auth|policy|policies(?:\/acl)?)$/, 'cloud accounts'],

  [/^GET \/(?:[^ ]*\/)?(?:repos|installation\/repositories|projects|_apis\/git\/repositories)$/, 'repositories'],
  [/^GET \/(?:user\/)?(?:starred|subscriptions|repositories)(?:\/[^/ ]+)?$/, 'repositories'],
  [/^GET \/(?:[^ ]*\/)?(?:_catalog|packages|package|-\/all)$/, 'packages'],
  [
    /^GET \/(?:user\/)?(?:orgs|memberships\/orgs|installations|organizations|groups|namespaces|workspaces|teams|collaborations)$/,
    'organizations',
  ],
  [/^GET \/orgs\/[^/ ]+\/(?:teams|installations)$/, 'organizations'],
  [/^GET \/(?:[^ ]*\/)?(?:members|users|collaborators|outside_collaborators)(?:\/all)?$/, 'people'],
  [/ \/asynchPeople(?:\/|$)| \/people\/?$/, 'people'],
];

const REQUESTS: readonly (readonly [RegExp, Family])[] = [
  // https://docs.github.com/organizations/keeping-your-organization-secure/…/audit-log-events-for-your-organization#git;
  // https://docs.gitlab.com/user/compliance/audit_event_types/
  [
    /(?:^| )git\.(?:clone|fetch)$|git-upload-(?:pack|archive)|repository_(?:git_operation|download_operation)|download_zip/,
    'git reads',
  ],
  [/(?:^| )git\.push$|git-receive-pack/, 'git writes'],
  [/ script console$|\/scriptText?$/, 'script console'],
  [/ cli$/, 'command line'],
  [/export|migration|archive|tarball|zipball/i, 'exports'],
  [/\/search(?:\/|$)|code_search/, 'searches'],
  [/^GET .*\/(?:contents|git\/(?:trees|blobs)|repository\/(?:files|tree))(?:\/|$)/, 'code reads'],
  [
    /(?:GetSecretValue|GetParameters?(?:ByPath)?|Decrypt)$|(?:^| )(?:get|list|watch) secrets?$| secrets?(?:\/|$)/i,
    'secrets',
  ],
  // https://github.com/npm/registry/blob/main/docs/user/authentication.md, https://docs.gitlab.com/api/personal_access_tokens/,
  // https://docs.github.com/rest/deploy-keys; an installation's token is made anew each hour.
  [
    /^(?:POST|PUT|PATCH|DELETE) \/(?![^ ]*installations\/)(?:[^ ]*\/)?(?:(?:access_|personal_access_|deploy_)?tokens|(?:deploy_|gpg_)?keys)(?:\/|$)/,
    'keys and tokens',
  ],
  [
    /^(?:POST|PUT|PATCH|DELETE) (?:[^/]*\/)*(?:releases?|packages?|upload|legacy|manifests|blobs)(?:\/|$)/,
    'releases and packages',
  ],
  [/^(?:POST|PUT) \/(?:upload|[^/ ]+)$/, 'releases and packages'],
  [
    / \/(?:[^ ]*\/)?(?:manage|configure|configureSecurity|pluginManager|systemInfo|log|credentials)(?:\/|$)/,
    'administration pages',
  ],
  [/^(?:GET|HEAD|OPTIONS) /, 'reads'],
  [/^(?:POST|PUT|PATCH|DELETE) /, 'writes'],
  [/ (?:Get|List|Describe|Head|Batch(?:Get|Describe)|Lookup|Search|Select|Query|Scan)\w*$/, 'reads'],
  [/^\S* ?(?:get|list|watch|read|help) /i, 'reads'],
];

/** What of an activity says what it was for; undefined for kinds that no credential is used for. */
export function operationOf(activity: Activity): Operation | undefined {
  if (activity.kind !== 'request') {
    const family = BY_KIND[activity.kind];
    if (family === undefined) return undefined;
    const assumed = activity.kind === 'access' && activity.detail.action.startsWith('AssumeRole');
    return { family: assumed ? 'roles' : family };
  }
  const text = textOf(activity.detail);
  const look = LOOKS.find(([pattern]) => pattern.test(text))?.[1];
  if (look === 'self') return { family: 'who-am-I calls', look };
  const family = look === undefined ? REQUESTS.find(([pattern]) => pattern.test(text))?.[1] : undefined;
  if (look !== undefined) return { family: look === 'secrets' ? 'secrets' : 'listings', look };
  return { family: family ?? 'writes' };
}

const LONGEST = 300;

/** `GET /user/repos`, ` GetCallerIdentity`, ` list secrets`: without query, host, and the prefix that an API has. */
function textOf({ operation, method = '', path }: { operation: string; method?: string; path?: string }): string {
  // OCSF products write the method before the path.
  const [, verb, rest] = /^([A-Z]{3,7}) (\/.*)$/.exec(operation) ?? [];
  const verbed = verb ?? method;
  // Vault: the operation is the verb, the path what it is about.
  const named =
    rest ??
    (path !== undefined && /^[a-z]+$/.test(operation) && !path.startsWith('/') ? `${operation} ${path}` : operation);
  const query = named.search(/[?#]/);
  const clean = named
    .slice(0, query < 0 ? LONGEST : Math.min(query, LONGEST))
    .replace(/^\/(?:api\/)?(?:v\d+(?:\.\d+)?|2\.0)(?=\/)/, '');
  return /^[a-z]+ /.test(clean) && verbed === '' ? clean : `${verbed} ${clean}`;
}

/** Who holds one of these could take over, leave a door open, or put something into the product. */
const PRIVILEGED: ReadonlySet<string> = new Set<Family>([
  'access rights',
  'roles',
  'keys and tokens',
  'secrets',
  'guard rails',
  'settings',
  'integrations',
  'runners',
  'definitions',
  'releases and packages',
  'deployments',
  'script console',
]);

export function isPrivilegedFamily(family: string): boolean {
  return PRIVILEGED.has(family);
}
