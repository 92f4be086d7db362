// What happens around one push to a made-up repository, in order: the push and its commit, a run of two jobs as webhook, audit
// log, job log and sensors on the runner tell it, and uses of tokens. Field by field as the collectors write them.
import type { ActivityBase, ActivityDetails, ActivityKind } from '../../../services/core/activity.ts';
import { contentId } from '../../../services/core/json.ts';

/** An activity before it has its id and times. */
export type Draft = {
  [Kind in ActivityKind]: { readonly kind: Kind; readonly detail: ActivityDetails[Kind] } & Fields;
}[ActivityKind];
type Fields = Pick<ActivityBase, 'source' | 'native_type'> & Partial<ActivityBase>;

/** Picks a whole number below. */
export type Dice = (below: number) => number;

const JOBS = ['build', 'test', 'lint', 'release'] as const;
const PROGRAMS = ['git', 'bash', 'node', 'npm', 'tar', 'curl', 'python3', 'docker', 'go', 'make'] as const;
const STEPS = ['Set up job', 'Check out', 'Install', 'Run', 'Complete job'] as const;
const LOG_LINES = 60;

/** `number`: of the story, which makes its run, its runners and its commit its own. */
export function* story(repository: number, number: number, pick: Dice): Generator<Draft> {
  const name = `example/repository${repository}`;
  const revision = contentId('revision', number).padEnd(40, '0');
  const person = `person${Math.floor(repository / 4)}x${pick(3)}`;
  const ref = { head: { name: 'main', revision, type: 'branch' } } as const;
  const vcs = { provider: { name: 'github' }, repository: { name, visibility: 'private' }, ref } as const;
  const actor = { name: person, id: String(1_000 + repository), type: 'person' } as const;
  const email = `${person}@example.com`;
  const around = { source: 'github.webhook', organization: 'example', vcs, actor } as const;
  const paths = [`src/module${pick(20)}.ts`];
  yield {
    ...around,
    native_type: 'push',
    kind: 'push',
    detail: {
      forced: false,
      created: false,
      deleted: false,
      commits: 1,
      default_branch: true,
      paths: { added: [], modified: paths, removed: [] },
    },
  };
  const signed = { name: person, email, time: { at: Date.UTC(2026, 0, 5, 8 + pick(9)), offset_minutes: 60 } };
  yield {
    ...around,
    native_type: 'push',
    actor: { name: person, email, type: 'person' },
    kind: 'commit',
    detail: {
      sha: revision,
      author: signed,
      committer: signed,
      signature: 'good',
      message: 'A change',
      paths,
      added: [],
    },
  };
  const run = { id: String(14_000_000_000 + number), attempt: 1, trigger: 'push' };
  const pipeline = { name: 'ci', definition: '.github/workflows/ci.yml', run };
  yield runOf('requested');
  yield runOf('in_progress');
  const first = pick(2);
  yield* job(first, 0);
  for (let use = 0; use < 3; use++) yield request(use);
  yield* job(2 + pick(2), 1);
  yield runOf('completed');

  function runOf(action: string): Draft {
    return {
      ...around,
      native_type: `workflow_run.${action}`,
      cicd: { pipeline },
      kind: 'run',
      detail: { action, from_fork: false },
    };
  }

  function request(use: number): Draft {
    const owner = use === 2 ? 'helper[bot]' : person;
    return {
      source: 'github.audit',
      organization: 'example',
      native_type: use === 0 ? 'git.clone' : 'api.request',
      actor: { name: owner, type: use === 2 ? 'bot' : 'person' },
      credential: { id: contentId('token', owner), type: 'Personal access token (classic)' },
      client: {
        address: `198.51.100.${(repository + use) % 250}`,
        country_iso_code: 'DE',
        user_agent: `git/2.4${pick(4)}.0`,
      },
      vcs: { provider: vcs.provider, repository: vcs.repository },
      kind: 'request',
      detail: {
        operation: use === 0 ? 'git.clone' : '/repositories/:repository_id/contents',
        method: 'GET',
        status: 200,
      },
    };
  }

  function* job(which: number, turn: number): Generator<Draft> {
    const title = JOBS[which] ?? 'build';
    const runner = `GitHub Actions ${1_000_000_000 + number * 2 + turn}`;
    const worker = { name: runner, labels: ['ubuntu-24.04'], hosted: true, group: 'GitHub Actions' };
    const task = { name: title, run: { id: String(41_000_000_000 + number * 2 + turn) } };
    const ofJob = { ...around, cicd: { pipeline: { name: 'ci', run, task }, worker } } as const;
    const logged = {
      source: 'github.job-log',
      native_type: 'job-log',
      vcs: { provider: vcs.provider, repository: { name } },
      cicd: { pipeline: { run: { id: run.id }, task: { name: title } } },
    } as const;
    yield { ...ofJob, native_type: 'workflow_job.queued', kind: 'job', detail: { action: 'queued', steps: 0 } };
    yield {
      ...ofJob,
      native_type: 'workflow_job.in_progress',
      kind: 'job',
      detail: { action: 'in_progress', steps: 1 },
    };
    if (title === 'release') {
      yield {
        ...ofJob,
        source: 'github.audit',
        native_type: 'workflows.prepared_workflow_job',
        kind: 'secret',
        detail: { action: 'workflows.prepared_workflow_job', names: ['REGISTRY_TOKEN'] },
      };
    }
    for (let index = 0; index < 5; index++) yield* program(runner, turn * 10 + index, (repository + index) % 10);
    const checkout = {
      type: 'action',
      name: 'actions/checkout',
      requested: 'v4',
      resolved: '11bd71901bbe5b1630ceea73d27597364c9af683',
    } as const;
    yield {
      ...logged,
      kind: 'setup',
      detail: {
        runner: { version: '2.330.0' },
        image: { name: 'ubuntu-24.04', version: '20260224.1.0' },
        permissions: { contents: 'read', metadata: 'read' },
        dependencies: [checkout],
        secret_source: 'Actions',
      },
    };
    for (const [index, step] of STEPS.entries()) {
      const hosts =
        step === 'Install' ? [{ name: 'registry.example.net', line: 20, contacted: true } as const] : undefined;
      yield {
        ...logged,
        kind: 'step',
        detail: {
          name: step,
          ordinal: index + 1,
          first_line: index * 12 + 1,
          last_line: index * 12 + 12,
          ...(hosts && { command: 'npm ci', hosts }),
        },
      };
    }
    const lines = Array.from({ length: LOG_LINES }, (_, line) => {
      return `2026-01-05T09:53:58.${1_000_000 + line}Z added package ${line} of ${name} in ${pick(900)} ms, nothing to audit`;
    });
    yield { ...logged, kind: 'log', detail: { first_line: 1, lines, last: true } };
    yield {
      ...ofJob,
      native_type: 'workflow_job.completed',
      kind: 'job',
      detail: { action: 'completed', steps: 5, seconds: 60 + pick(60), conclusion: 'success' },
    };
  }

  /** A program that starts; every other one looks up a name and calls it. */
  function* program(runner: string, index: number, which: number): Generator<Draft> {
    const executable = `/usr/bin/${PROGRAMS[which] ?? 'bash'}`;
    const process = {
      executable,
      command_line: `${executable} --directory /home/runner/work/_temp/${contentId(number, index)} --jobs ${pick(4)}`,
      pid: 1_000 + index,
      entity_id: `${contentId('process', number, index)}:${index}`,
      working_directory: '/home/runner/work/repository/repository',
      user: '1001',
      ancestors: [
        { executable: '/usr/bin/bash', command_line: '/usr/bin/bash -e /home/runner/work/_temp/run.sh', pid: 900 },
      ],
    };
    const sensed = { source: 'tetragon', process, host: { name: runner }, cicd: { worker: { name: runner } } } as const;
    yield { ...sensed, native_type: 'process_exec', kind: 'process', detail: { action: 'start' } };
    if (index % 2 === 1) return;
    // A name has a few addresses, which take turns.
    const known = (repository + index) % 7;
    const host = pick(200) === 0 ? `rare${pick(50)}.example.org` : `host${known}.example.net`;
    yield { ...sensed, native_type: 'process_uprobe', kind: 'dns', detail: { name: host } };
    yield {
      ...sensed,
      native_type: 'process_kprobe',
      kind: 'connection',
      detail: { address: `203.0.113.${known * 8 + pick(8)}`, port: 443, transport: 'tcp', direction: 'egress' },
    };
  }
}
