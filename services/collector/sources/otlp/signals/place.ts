// Which pipeline, run, task, worker, repository and machine the attributes name.
// https://opentelemetry.io/docs/specs/semconv/registry/attributes/cicd/, …/vcs/, …/process/; where two names are tried, the
// second is what conventions had before or what a receiver of the Collector writes.
import type { Actor, Cicd, Host, Process, Vcs } from '../../../../core/activity.ts';
import { actorType } from '../../../../core/identity/bots.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { headOf } from '../../../delivery.ts';
import { anyKnown, at, known, texts } from '../../../fields.ts';
import { repositoryName } from '../../../repository-name.ts';
import { repositoryOf } from '../../../repository-url.ts';
import { runAt } from '../../../run-address.ts';
import { counted, named } from './attributes.ts';

export function cicdOf(attributes: JsonObject): Cicd | undefined {
  const [url, taskUrl] = addressesOf(attributes);
  const id = named(attributes, 'cicd.pipeline.run.id') ?? runAt(url ?? taskUrl)?.run?.id;
  const task = named(attributes, 'cicd.pipeline.task.name');
  const taskRun = named(attributes, 'cicd.pipeline.task.run.id');
  return anyKnown({
    pipeline: anyKnown({
      name: named(attributes, 'cicd.pipeline.name'),
      run: id === undefined ? undefined : known({ id, url }),
      task:
        task === undefined
          ? undefined
          : known({ name: task, run: taskRun === undefined ? undefined : { id: taskRun } }),
    }),
    worker: anyKnown({
      id: named(attributes, 'cicd.worker.id', 'cicd.pipeline.worker.id'),
      name: named(attributes, 'cicd.worker.name', 'cicd.pipeline.worker.name'),
    }),
  });
}

function addressesOf(attributes: JsonObject): readonly [run: string | undefined, task: string | undefined] {
  return [named(attributes, 'cicd.pipeline.run.url.full'), named(attributes, 'cicd.pipeline.task.run.url.full')];
}

export function vcsOf(attributes: JsonObject): Vcs | undefined {
  const address = repositoryOf(named(attributes, 'vcs.repository.url.full'));
  const provider = named(attributes, 'vcs.provider.name', 'vcs.vendor.name') ?? address?.provider?.name;
  const name = address?.repository?.name ?? repositoryNamed(attributes);
  const change = named(attributes, 'vcs.change.id', 'vcs.repository.change.id');
  return anyKnown({
    provider: provider === undefined ? undefined : { name: provider },
    repository: name === undefined ? undefined : { name },
    ref: anyKnown({
      head: headOf(
        named(attributes, 'vcs.ref.head.name', 'vcs.ref.head', 'vcs.repository.ref.name'),
        named(attributes, 'vcs.ref.head.revision', 'vcs.repository.ref.revision'),
        refType(named(attributes, 'vcs.ref.head.type', 'vcs.ref.type', 'vcs.repository.ref.type')),
      ),
      base: anyKnown({
        name: named(attributes, 'vcs.ref.base.name', 'vcs.ref.base'),
        revision: named(attributes, 'vcs.ref.base.revision'),
      }),
    }),
    change:
      change === undefined
        ? undefined
        : known({
            id: change,
            title: named(attributes, 'vcs.change.title', 'vcs.repository.change.title'),
            state: named(attributes, 'vcs.change.state'),
          }),
  });
}

/** By convention the name of a repository is without its owner's, so alone it names none. */
function repositoryNamed(attributes: JsonObject): string | undefined {
  const owner = named(attributes, 'vcs.owner.name', 'vcs.repository.owner');
  const name = named(attributes, 'vcs.repository.name');
  if (name?.includes('/')) return name;
  if (owner !== undefined && name !== undefined) return `${owner}/${name}`;
  const [run, task] = addressesOf(attributes);
  return runAt(run)?.name === undefined ? repositoryName(run ?? task) : undefined;
}

function refType(word: string | undefined): 'branch' | 'tag' | undefined {
  return word === 'branch' || word === 'tag' ? word : undefined;
}

/** Not in the conventions yet: what the receivers of the Collector for GitHub and GitLab write, and who signed in to a server. */
export function actorOf(attributes: JsonObject): Actor | undefined {
  const name = named(
    attributes,
    'cicd.pipeline.run.sender.login',
    'cicd.pipeline.task.run.sender.login',
    'gitlab.pipeline.run.actor.username',
    'user.name',
    'enduser.id',
  );
  return name === undefined ? undefined : { name, type: actorType({ name }) };
}

export function hostOf(attributes: JsonObject): Host | undefined {
  const pod = named(attributes, 'k8s.pod.name');
  return anyKnown({
    name: named(attributes, 'host.name'),
    container: anyKnown({
      id: named(attributes, 'container.id'),
      name: named(attributes, 'container.name', 'k8s.container.name'),
      image: named(attributes, 'container.image.name'),
    }),
    pod: pod === undefined ? undefined : known({ name: pod, namespace: named(attributes, 'k8s.namespace.name') }),
  });
}

/** The program that tells of itself, or that was called. */
export function processOf(attributes: JsonObject): Process | undefined {
  const words = Array.isArray(at(attributes, 'process.command_args'))
    ? texts(attributes, 'process.command_args')?.join(' ')
    : undefined;
  const parent = counted(attributes, 'process.parent_pid');
  return anyKnown({
    executable: named(attributes, 'process.executable.path', 'process.executable.name'),
    command_line: named(attributes, 'process.command_line') ?? words,
    pid: counted(attributes, 'process.pid'),
    working_directory: named(attributes, 'process.working_directory'),
    user: named(attributes, 'process.owner', 'process.user.name'),
    ancestors: parent === undefined ? undefined : [{ pid: parent }],
  });
}
