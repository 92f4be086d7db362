// Whom or what an activity is about.

export const ENTITY_TYPES = [
  'actor',
  'credential',
  'repository',
  'pipeline',
  'job',
  'run',
  'job-run',
  'runner',
  'commit',
  'environment',
  'address',
  'dependency',
  'secret',
  'pool',
  'system',
  'organization',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/**
 * An entity by type and id. `entities-of.ts` makes them of an activity. Ids:
 *
 * - actor: a configured person's name; else an account, `github:login` (GitLab and others whose feeds do not all tell
 *   logins: `gitlab#number`), or an e-mail address in lower case; of a commit's author the address before the account;
 * - credential: hash of the token (base64 of SHA-256), `SHA256:…` of a key, access key id, `provider:token:number`;
 * - repository: `owner/name`, in GitLab the project's whole path; organization: its login;
 * - pipeline: `repository:path of its definition, or name`; in Jenkins and Buildbot the job's path; in Buildkite
 *   `organization/pipeline`; job: `pipeline#job`;
 * - run: `repository/run id` (GitLab's pipeline id, CircleCI's workflow id); in Jenkins and Buildbot `job path#number`, in
 *   Buildkite `organization/pipeline/number`; job-run, one job's execution: `run#job`;
 * - dependency: `type:name`, something that pipelines take from elsewhere; pool: runners of one pattern of names (`GitHub
 *   Actions #`), with their system where it is known; system: the CI system or forge itself, by its name;
 * - secret, where it is known what keeps it: `organization:store:name`; of CI secrets `repository:name`;
 * - runner: its name; commit: its full id, in whichever repository; environment, what is deployed to:
 *   `repository:environment`; address: IP address.
 */
export interface Entity {
  readonly type: EntityType;
  readonly id: string;
}

/** The id of the run that a key names; undefined for a key of anything else. */
export function runIn(key: string): string | undefined {
  const prefix = 'run:';
  return key.startsWith(prefix) && key.length > prefix.length ? key.slice(prefix.length) : undefined;
}

/** The partition key of an entity: `actor:mara@example.org`. */
export function entityKey(entity: Entity): string {
  return `${entity.type}:${entity.id}`;
}
