// Which run a process belongs to, as its environment says: the variables that each CI system sets in every job.
import type { Cicd, Vcs } from '../../../../core/activity.ts';
import { anyKnown, known } from '../../../fields.ts';

export type Variables = (name: string) => string | undefined;

interface Names {
  readonly provider?: string;
  /** Joined by `/`: all of them or none. */
  readonly repository?: readonly string[];
  readonly revision?: string;
  readonly pipeline?: string;
  readonly run: string;
  readonly attempt?: string;
  readonly trigger?: string;
  readonly job?: string;
  readonly jobRun?: string;
  readonly worker?: string;
}

/**
 * By the variable that marks the system.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
 * https://docs.gitlab.com/ci/variables/predefined_variables/, https://circleci.com/docs/variables/,
 * https://buildkite.com/docs/pipelines/configure/environment-variables,
 * https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables
 */
const SYSTEMS: Readonly<Record<string, Names>> = {
  GITHUB_RUN_ID: {
    provider: 'github',
    repository: ['GITHUB_REPOSITORY'],
    revision: 'GITHUB_SHA',
    pipeline: 'GITHUB_WORKFLOW',
    run: 'GITHUB_RUN_ID',
    attempt: 'GITHUB_RUN_ATTEMPT',
    trigger: 'GITHUB_EVENT_NAME',
    job: 'GITHUB_JOB',
    worker: 'RUNNER_NAME',
  },
  CI_PIPELINE_ID: {
    provider: 'gitlab',
    repository: ['CI_PROJECT_PATH'],
    revision: 'CI_COMMIT_SHA',
    run: 'CI_PIPELINE_ID',
    trigger: 'CI_PIPELINE_SOURCE',
    job: 'CI_JOB_NAME',
    jobRun: 'CI_JOB_ID',
    worker: 'CI_RUNNER_DESCRIPTION',
  },
  CIRCLE_WORKFLOW_ID: {
    repository: ['CIRCLE_PROJECT_USERNAME', 'CIRCLE_PROJECT_REPONAME'],
    revision: 'CIRCLE_SHA1',
    run: 'CIRCLE_WORKFLOW_ID',
    job: 'CIRCLE_JOB',
    jobRun: 'CIRCLE_WORKFLOW_JOB_ID',
  },
  BUILDKITE_BUILD_ID: {
    revision: 'BUILDKITE_COMMIT',
    pipeline: 'BUILDKITE_PIPELINE_SLUG',
    run: 'BUILDKITE_BUILD_ID',
    trigger: 'BUILDKITE_SOURCE',
    job: 'BUILDKITE_LABEL',
    jobRun: 'BUILDKITE_JOB_ID',
    worker: 'BUILDKITE_AGENT_NAME',
  },
  JENKINS_URL: { revision: 'GIT_COMMIT', pipeline: 'JOB_NAME', run: 'BUILD_NUMBER', worker: 'NODE_NAME' },
};

export function ofEnvironment(variables: Variables): { readonly cicd?: Cicd; readonly vcs?: Vcs } {
  const mark = Object.keys(SYSTEMS).find((name) => variables(name) !== undefined);
  const names = mark === undefined ? undefined : SYSTEMS[mark];
  if (!names) return {};
  const read = (name: string | undefined) => (name === undefined ? undefined : variables(name));
  const parts = (names.repository ?? []).map(variables);
  const repository = parts.length > 0 && parts.every((part) => part !== undefined) ? parts.join('/') : undefined;
  const run = variables(names.run);
  const attempt = Number(read(names.attempt));
  const job = read(names.job);
  const jobRun = read(names.jobRun);
  const worker = read(names.worker);
  const revision = read(names.revision);
  return known({
    vcs: anyKnown({
      provider: names.provider === undefined ? undefined : { name: names.provider },
      repository: repository === undefined ? undefined : { name: repository },
      ref: revision === undefined ? undefined : { head: { revision } },
    }),
    cicd: anyKnown({
      pipeline: anyKnown({
        name: read(names.pipeline),
        run:
          run === undefined
            ? undefined
            : known({ id: run, attempt: attempt > 0 ? attempt : undefined, trigger: read(names.trigger) }),
        task:
          job === undefined ? undefined : known({ name: job, run: jobRun === undefined ? undefined : { id: jobRun } }),
      }),
      worker: worker === undefined ? undefined : { name: worker },
    }),
  });
}
