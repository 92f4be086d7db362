// Bots and apps told from people: one table of the names that systems and well-known apps act under.
import { mailIdentity } from './mail.ts';

interface BotName {
  /** Whole names in lower case, or a pattern of them. */
  readonly names: readonly string[] | RegExp;
  /** Only for accounts of this system; others may have a person of that name. */
  readonly provider?: string;
  /** The system keeps such names for itself, so no person has one, whatever else a record says. */
  readonly reserved?: true;
}

const BOTS: readonly BotName[] = [
  // Apps act under a login that ends so; no person can register it.
  // https://docs.github.com/en/apps/creating-github-apps/about-creating-github-apps/about-creating-github-apps
  { names: /\[bot\]$/, reserved: true },
  // web-flow commits what is done on GitHub's pages:
  // https://docs.github.com/en/authentication/managing-commit-signature-verification/about-commit-signature-verification
  { provider: 'github', names: ['web-flow', 'github-actions'], reserved: true },
  // https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects and
  // https://docs.gitlab.com/user/profile/service_accounts/; a person may register such a name, so none is reserved. Their
  // addresses begin with the same.
  {
    provider: 'gitlab',
    names: /^(?:(?:project|group)_\d+_bot|service_account_|placeholder_|(?:gitlab[-_])?security[-_]policy[-_])/,
  },
  // https://docs.gitlab.com/administration/internal_users/; a number follows where the name was taken.
  {
    provider: 'gitlab',
    names:
      /^(?:ghost|(?:alert|support|migration|automation)-bot|visual-review(?:-bot)?|gitlab-(?:admin|security|llm)-bot|gitlabduo)\d*$/,
  },
  { provider: 'gitlab', names: /^gitlab (?:admin|automation|security|security policy|migration) bot$/ },
  // SYSTEM runs what nobody asked for, anonymous is who has not signed in:
  // https://www.jenkins.io/doc/book/security/build-authorization/
  { provider: 'jenkins', names: ['system', 'anonymous', 'unknown'], reserved: true },
  { provider: 'jenkins', names: ['timer', 'started by timer', 'scmtrigger', 'started by an scm change'] },
  // https://circleci.com/docs/schedule-pipelines/ (runs are attributed to a person or to this one)
  { provider: 'circleci', names: ['system', 'circleci', 'scheduling system'] },
  // https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens#scoped-build-identities
  { provider: 'azure-devops', names: /^.{1,200} build service(?: \([^()]{1,200}\))?$/ },
  {
    provider: 'azure-devops',
    names: ['azure devops service', 'azure devops', 'microsoft.visualstudio.services.tfs', 'azure pipelines'],
  },
  // Service principals, and roles that services have:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
  { provider: 'aws', names: /(?:^|[.:/])[a-z0-9-]{1,64}\.amazonaws\.com$/, reserved: true },
  { provider: 'aws', names: /:role\/aws-service-role\//, reserved: true },
  // https://docs.gitea.com/usage/actions/overview and Forgejo's Actions
  { provider: 'gitea', names: ['gitea-actions', 'forgejo-actions', 'giteabot'] },
  { provider: 'bitbucket', names: ['bitbucket pipelines', 'bitbucket-pipelines'] },
  // Apps that many run under an account of their own.
  {
    names: [
      ...['dependabot', 'dependabot-preview', 'renovate', 'renovate-bot', 'renovatebot', 'snyk-bot', 'greenkeeper'],
      ...['github-actions', 'semantic-release-bot', 'pre-commit-ci', 'allcontributors', 'imgbot', 'k8s-ci-robot'],
      ...['whitesource-bolt', 'codecov-commenter', 'pyup-bot'],
    ],
  },
];

/** Addresses that such apps commit with. */
const BOT_MAIL: ReadonlySet<string> = new Set([
  'bot@renovateapp.com',
  'support@dependabot.com',
  'snyk-bot@snyk.io',
  'semantic-release-bot@martynus.net',
  'bot@pyup.io',
]);

/** How a name reads in the table: `person` is never an answer, since no name proves one. */
export type BotVerdict = 'reserved' | 'known' | undefined;

/** Whether an account of that name is a bot: `reserved` beyond doubt, `known` by what the name is used for. */
export function botNamed(name: string | undefined, provider?: string): BotVerdict {
  const lower = name?.trim().toLowerCase();
  if (!lower) return undefined;
  const rows = BOTS.filter((bot) => fits(bot, lower) && (bot.provider === undefined || bot.provider === provider));
  if (rows.length === 0) return undefined;
  return rows.some(({ reserved }) => reserved) ? 'reserved' : 'known';
}

export interface NamedActor {
  readonly name?: string;
  readonly email?: string;
  readonly type?: 'person' | 'bot' | 'unknown';
}

/**
 * Bot, person or unknown, for every source. What the record says stands, unless the name is one that no person can have:
 * systems call the accounts of apps users too. A commit's author is a claim like its name.
 */
export function actorType(
  { name, email, type = 'unknown' }: NamedActor,
  provider?: string,
): 'person' | 'bot' | 'unknown' {
  if (type === 'bot') return 'bot';
  const mail = mailIdentity(email, provider);
  const account = mail?.account;
  const verdicts = [botNamed(name, provider), account && botNamed(account.login, account.provider)];
  if (verdicts.includes('reserved')) return 'bot';
  if (type === 'person') return 'person';
  return verdicts.includes('known') || (mail?.address !== undefined && BOT_MAIL.has(mail.address)) ? 'bot' : 'unknown';
}

function fits({ names }: BotName, name: string): boolean {
  return names instanceof RegExp ? names.test(name) : names.includes(name);
}
