// Builds, runs, stages, jobs, approvals and releases.
// https://learn.microsoft.com/en-us/azure/devops/service-hooks/events#build-and-release (and #pipelines)

import type { Cicd, Vcs } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, identifier, known, list, text } from '../../../fields.ts';
import { repositoryName } from '../../../repository-name.ts';
import type { Piece } from '../../../source.ts';
import { actorOf } from '../shared/identity.ts';
import { headOf } from '../shared/ref.ts';
import { actionOf, type Hook } from './hook.ts';

type Run = NonNullable<NonNullable<Cicd['pipeline']>['run']>;

const STATES: ReadonlyMap<string, NonNullable<Run['state']>> = new Map([
  ['notstarted', 'pending'],
  ['waiting', 'pending'],
  ['inprogress', 'executing'],
  ['running', 'executing'],
  ['canceling', 'finalizing'],
  ['completed', 'finished'],
]);
/** Builds say `status` where runs say `result`; `partiallySucceeded` is a run with warnings or failed optional steps. */
const RESULTS: ReadonlyMap<string, NonNullable<Run['result']>> = new Map([
  ['succeeded', 'success'],
  ['partiallysucceeded', 'success'],
  ['succeededwithissues', 'success'],
  ['failed', 'failure'],
  ['rejected', 'failure'],
  ['canceled', 'cancellation'],
  ['stopped', 'cancellation'],
  ['abandoned', 'cancellation'],
  ['skipped', 'skip'],
]);

function resultOf(...words: readonly (string | undefined)[]): Run['result'] {
  return words.map((word) => RESULTS.get(word?.toLowerCase() ?? '')).find((result) => result !== undefined);
}

function stateOf(word: string | undefined): Run['state'] {
  return STATES.get(word?.toLowerCase() ?? '');
}

/** `build.complete`, in both forms: of XAML builds (2015) and of today. */
export function build({ event, resource }: Hook): readonly Piece[] {
  const id = identifier(resource, 'id');
  const asked = list(resource, 'requests')[0];
  return [
    known({
      kind: 'run',
      actor: actorOf(at(resource, 'requestedFor') ?? at(asked, 'requestedFor')),
      vcs: sourceOf(resource),
      cicd: known({
        pipeline: known({
          name: text(resource, 'definition', 'name'),
          run:
            id === undefined
              ? undefined
              : known({
                  id,
                  trigger: text(resource, 'reason'),
                  state: 'finished',
                  result: resultOf(text(resource, 'result'), text(resource, 'status')),
                  url: text(resource, '_links', 'web', 'href') ?? text(resource, 'url'),
                }),
        }),
        worker: anyKnown({ group: text(resource, 'queue', 'name') ?? text(resource, 'queue', 'pool', 'name') }),
      }),
      detail: { action: actionOf(event) },
    }),
  ];
}

/** Today `sourceBranch` and `sourceVersion`; of old `LG:refs/heads/main:600c52d…`. */
export function sourceOf(resource: Json): Vcs | undefined {
  const [, ref, revision] = /^LG:([^:]+):([0-9a-f]+)$/.exec(text(resource, 'sourceGetVersion') ?? '') ?? [];
  const head = headOf(text(resource, 'sourceBranch') ?? ref, text(resource, 'sourceVersion') ?? revision);
  const name = text(resource, 'repository', 'name') ?? repositoryName(text(resource, 'repository', 'url'));
  const project = text(resource, 'project', 'name');
  const full = name !== undefined && project !== undefined && !name.includes('/') ? `${project}/${name}` : name;
  return anyKnown({ repository: full === undefined ? undefined : { name: full }, ref: head && { head } });
}

function runOf(run: Json | undefined): Run | undefined {
  const id = identifier(run, 'id');
  return id === undefined
    ? undefined
    : known({
        id,
        state: stateOf(text(run, 'state')),
        result: resultOf(text(run, 'result')),
        url: text(run, '_links', 'web', 'href') ?? text(run, 'url'),
      });
}

/** `ms.vss-pipelines.*`: a run, one of its stages or one of its jobs. */
export function pipelines({ event, resource }: Hook): readonly Piece[] {
  const part = at(resource, 'job') ?? at(resource, 'stage');
  const name = text(part, 'name');
  const run = at(resource, 'run');
  const pipeline = known({
    name: text(resource, 'pipeline', 'name') ?? text(run, 'pipeline', 'name'),
    run: runOf(run),
    task:
      name === undefined
        ? undefined
        : known({ name, run: anyKnown({ id: identifier(part, 'id'), result: resultOf(text(part, 'result')) }) }),
  });
  const address = text(list(resource, 'repositories')[0], 'url');
  const repository = repositoryName(address);
  const common = known({
    vcs: repository === undefined ? undefined : { repository: { name: repository } },
    cicd: { pipeline },
  });
  const state = text(part ?? run, 'state') ?? actionOf(event);
  return [
    part === undefined
      ? { kind: 'run', ...common, detail: { action: state } }
      : { kind: 'job', ...common, detail: { action: state } },
  ];
}

/** Somebody was asked, or decided, whether a stage or a release may go on. */
export function approval({ event, resource }: Hook): readonly Piece[] {
  const decision = at(resource, 'approval');
  const step = list(decision, 'steps').at(-1);
  const done = event.includes('completed');
  const who =
    at(decision, 'approvedBy') ??
    at(step, 'actualApprover') ??
    at(step, 'assignedApprover') ??
    at(decision, 'approver');
  return [
    known({
      kind: 'deployment',
      actor: done ? actorOf(who) : undefined,
      cicd: pipelineOf(resource),
      detail: known({
        action: `approval ${text(decision, 'status') ?? (done ? 'completed' : 'pending')}`,
        environment:
          text(decision, 'releaseEnvironment', 'name') ??
          text(resource, 'resource', 'name') ??
          text(resource, 'stageName'),
      }),
    }),
  ];
}

function pipelineOf(resource: Json): Cicd | undefined {
  const pipeline = anyKnown({
    name: text(resource, 'pipeline', 'name') ?? text(resource, 'approval', 'releaseDefinition', 'name'),
    run: runOf(at(resource, 'run')),
  });
  return pipeline && { pipeline };
}

/** `ms.vss-release.*`: classic releases and their deployments. */
export function release({ event, resource }: Hook): readonly Piece[] {
  const action = actionOf(event);
  const definition = text(resource, 'release', 'releaseDefinition', 'name');
  const cicd = definition === undefined ? undefined : { pipeline: { name: definition } };
  if (action.startsWith('deployment-')) {
    const environment = at(resource, 'environment');
    const result = resultOf(text(environment, 'status'));
    return [
      known({
        kind: 'deployment',
        actor: actorOf(at(resource, 'deployment', 'requestedFor')),
        cicd,
        detail: known({
          action: result === undefined ? action : `${action} ${result}`,
          environment: text(environment, 'name'),
        }),
      }),
    ];
  }
  const who = at(resource, 'release', action.endsWith('created') ? 'createdBy' : 'modifiedBy');
  return [
    known({
      kind: 'release',
      actor: actorOf(who),
      cicd,
      detail: known({ action, tag: text(resource, 'release', 'name') }),
    }),
  ];
}
