// On which machine it happened, and so on which runner and in which run. A runner is known by the name of the innermost
// machine that has one: a runner's pod is named like the runner (Actions Runner Controller, Jenkins, Buildkite), a GitLab
// job's machine like its log says ("Running on runner-…-project-…-concurrent-…"), a virtual machine like its host.
import type { Cicd, Host, Vcs } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { anyKnown, known } from '../../../fields.ts';
import { ofEnvironment, type Variables } from './environment.ts';
import { githubRepositoryName, gitlabProject, jenkinsJob } from './paths.ts';
import { ofPod } from './pods.ts';

/** What a record says of where it happened. */
export interface Surroundings {
  /** Of the node or virtual machine. */
  readonly host: string | undefined;
  /** `host` is not the machine that a runner would be named after: a container's own, or where a plug-in reads a log. */
  readonly elsewhere?: boolean;
  readonly pod?: Host['pod'] | undefined;
  readonly labels?: JsonObject | undefined;
  readonly annotations?: JsonObject | undefined;
  readonly container?: Host['container'] | undefined;
  readonly cgroup?: string | undefined;
  readonly cwd?: string | undefined;
  /** Of the process; only where the record carries it. */
  readonly variables?: Variables | undefined;
}

export interface Place {
  readonly host?: Host;
  readonly cicd?: Cicd;
  readonly vcs?: Vcs;
  readonly organization?: string;
}

/** Never guesses: what is not told beyond doubt stays missing. What a job could have set itself comes last. */
export function placeOf(around: Surroundings): Place {
  const { host, pod, container, cgroup, cwd = '', variables } = around;
  const facts = ofPod(around.labels, around.annotations);
  const told = variables ? ofEnvironment(variables) : {};
  const worker = runnerName(around) ?? told.cicd?.worker?.name;
  const job = facts.pipeline || told.cicd?.pipeline ? undefined : jenkinsJob(cwd);
  return known({
    host: anyKnown({ name: host, container, pod, cgroup }),
    cicd: anyKnown({
      pipeline: facts.pipeline ?? told.cicd?.pipeline ?? (job === undefined ? undefined : { name: job }),
      worker: worker === undefined ? undefined : known({ name: worker, labels: facts.labels }),
    }),
    vcs: facts.vcs ?? told.vcs ?? repositoryIn(cwd, facts.organization),
    organization: facts.organization,
  });
}

const GITLAB_MACHINE = /^runner-[\w-]{1,32}?-project-\d{1,10}-concurrent-\d{1,4}/;

function runnerName({ host, elsewhere, pod, container }: Surroundings): string | undefined {
  // A job that has a container of its own runs in a second pod beside the runner's.
  if (pod) return pod.name.replace(/-workflow$/, '');
  return GITLAB_MACHINE.exec(container?.name ?? '')?.[0] ?? (elsewhere ? undefined : host);
}

/** Of GitHub's paths the owner is missing; runners of one organization supply it. */
function repositoryIn(cwd: string, organization: string | undefined): Vcs | undefined {
  const project = gitlabProject(cwd);
  if (project !== undefined) return { provider: { name: 'gitlab' }, repository: { name: project } };
  const name = organization === undefined ? undefined : githubRepositoryName(cwd);
  return name === undefined
    ? undefined
    : { provider: { name: 'github' }, repository: { name: `${organization}/${name}` } };
}
