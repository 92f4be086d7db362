// What the labels and annotations of a job's pod say: the controllers that start such pods write there whose they are.
import type { Cicd, Vcs } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { identifier, known, text } from '../../../fields.ts';

export interface PodFacts {
  readonly organization?: string;
  readonly vcs?: Vcs;
  readonly pipeline?: NonNullable<Cicd['pipeline']>;
  /** Of the runner that the pod is. */
  readonly labels?: readonly string[];
}

export function ofPod(labels: JsonObject | undefined, annotations: JsonObject | undefined): PodFacts {
  if (!labels && !annotations) return {};
  return known({ ...actionsRunner(labels), ...gitlabJob(labels, annotations), ...jenkinsAgent(annotations) });
}

/**
 * Actions Runner Controller: the organization, and the repository where the runners belong to one; a runner's only label
 * is the name of its scale set (github.com/actions/actions-runner-controller, controllers/actions.github.com/constants.go).
 */
function actionsRunner(labels: JsonObject | undefined): PodFacts {
  const organization = text(labels, 'actions.github.com/organization');
  const repository = text(labels, 'actions.github.com/repository');
  const set = text(labels, 'actions.github.com/scale-set-name');
  return known({
    organization,
    vcs: organization && repository ? repositoryAt('github', `${organization}/${repository}`) : undefined,
    labels: set === undefined ? undefined : [set],
  });
}

/** GitLab Runner, https://docs.gitlab.com/runner/executors/kubernetes/#default-annotations-for-job-pods */
function gitlabJob(labels: JsonObject | undefined, annotations: JsonObject | undefined): PodFacts {
  const name = text(annotations, 'job.runner.gitlab.com/name');
  const id = identifier(annotations, 'job.runner.gitlab.com/id');
  const revision = text(annotations, 'job.runner.gitlab.com/sha');
  const project = projectOf(text(annotations, 'job.runner.gitlab.com/url')) ?? labelled(labels);
  return known({
    vcs:
      project === undefined
        ? undefined
        : { ...repositoryAt('gitlab', project), ...(revision && { ref: { head: { revision } } }) },
    pipeline: name === undefined ? undefined : { task: known({ name, run: id === undefined ? undefined : { id } }) },
  });
}

/** `https://gitlab.example/group/sub/project/-/jobs/16326`. */
function projectOf(url: string | undefined): string | undefined {
  const [before = '', after] = url?.split('/-/jobs/', 2) ?? [];
  return after === undefined ? undefined : before.split('/').slice(3).join('/') || undefined;
}

/** A label's value holds no `/`, so these are told only of projects that lie in a top-level group. */
function labelled(labels: JsonObject | undefined): string | undefined {
  const namespace = text(labels, 'project.runner.gitlab.com/namespace');
  const root = text(labels, 'project.runner.gitlab.com/root-namespace');
  const name = text(labels, 'project.runner.gitlab.com/name');
  return namespace && namespace === root && name ? `${namespace}/${name}` : undefined;
}

/** Kubernetes plugin: `https://jenkins.example/job/folder/job/name/12/` (JENKINS-56133). */
function jenkinsAgent(annotations: JsonObject | undefined): PodFacts {
  const url = text(annotations, 'buildUrl') ?? text(annotations, 'runUrl');
  const segments = url?.split('/').filter((segment) => segment !== '') ?? [];
  const id = segments.at(-1) ?? '';
  const first = segments.indexOf('job');
  if (first < 0 || !/^\d{1,9}$/.test(id)) return {};
  const name = segments.slice(first, -1).filter((segment, index) => index % 2 === 1 || segment !== 'job');
  return { pipeline: known({ name: name.join('/'), run: known({ id, url }) }) };
}

function repositoryAt(provider: string, name: string): Vcs {
  return { provider: { name: provider }, repository: { name } };
}
