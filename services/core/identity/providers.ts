// Systems that keep accounts, and what tells an account of theirs from another.
import { systemOf } from '../system-of.ts';

interface Provider {
  /** Whether `Mara` and `mara` are one login. */
  readonly caseless: boolean;
  /**
   * What all of its feeds state of an account: the login, or the system's own id where some feeds show nothing else but
   * a display name. It is the id of the entity, so that one account is one entity in every feed.
   */
  readonly by: 'login' | 'id';
}

const PROVIDERS = {
  /** Logins differ by more than case: https://docs.github.com/en/rest/users/users */
  github: { caseless: true, by: 'login' },
  /** Audit events name an `author_id` and a display name: https://docs.gitlab.com/api/audit_events/ */
  gitlab: { caseless: true, by: 'id' },
  /** Forgejo too. */
  gitea: { caseless: true, by: 'login' },
  /** Nicknames are not unique; accounts have an id: https://developer.atlassian.com/cloud/bitbucket/rest/intro/#users */
  bitbucket: { caseless: true, by: 'id' },
  /** The usual strategy for user ids ignores case: https://javadoc.jenkins.io/jenkins/model/IdStrategy.html */
  jenkins: { caseless: true, by: 'login' },
  /** Users of its own come with the login they have elsewhere; what has none has an id. */
  circleci: { caseless: true, by: 'id' },
  buildkite: { caseless: true, by: 'id' },
  'azure-devops': { caseless: true, by: 'id' },
  buildbot: { caseless: false, by: 'login' },
  /** Names are ARNs or user names; ARNs differ by case. */
  aws: { caseless: false, by: 'login' },
  vault: { caseless: false, by: 'login' },
  /** User names as the cluster's authenticators make them. */
  kubernetes: { caseless: false, by: 'login' },
  /** Members of a workspace are told by their id, `U…` or `W…`: https://docs.slack.dev/reference/objects/user-object */
  slack: { caseless: true, by: 'id' },
  /** Accounts of registries. */
  oci: { caseless: false, by: 'login' },
} as const satisfies Record<string, Provider>;

export type ProviderName = keyof typeof PROVIDERS;

export const PROVIDER_NAMES: readonly string[] = Object.keys(PROVIDERS);

/** Of a provider that nothing here knows: its logins are taken as they stand. */
const OTHER: Provider = { caseless: false, by: 'login' };

export function providerCalled(name: string): Provider {
  return isKnown(name) ? PROVIDERS[name] : OTHER;
}

/** The system that a source watches, where it keeps accounts: `github` of `github.audit`; undefined for `git`, sensors … */
export function providerOf(source: string): string | undefined {
  const system = systemOf(source);
  return isKnown(system) ? system : undefined;
}

function isKnown(name: string): name is ProviderName {
  return Object.hasOwn(PROVIDERS, name);
}
