// What happens in a round: people work in a dozen repositories, and in each somebody takes the protection away while a
// stranger's change runs on a machine of the company's own. Each run ends up contained: its machine set aside, itself cancelled, its
// workflow disabled.
import type { Json } from '../../../services/core/json.ts';
import { delivery } from '../../collector/deliveries.ts';

export interface Sending {
  readonly event: string;
  readonly body: Readonly<Record<string, Json>>;
  /** As fetch takes it: signed, with GitHub's headers. */
  readonly request: RequestInit;
}

export interface Story {
  /** `owner/name` of the attacked ones. */
  readonly repositories: readonly string[];
  /** `organization/name`, one for each repository. */
  readonly runners: readonly string[];
  /** In the order in which GitHub would send them. */
  readonly sendings: readonly Sending[];
  /** What containment must do at GitHub, each once. */
  readonly effects: readonly string[];
}

/** GitHub's own number of a run; every repository here has one. */
export const RUN = 42;
const MINUTE = 60_000;
/**
 * One story takes this share of the round; they overlap, so that at any moment some begin, some are in the middle and some
 * are being answered.
 */
const STORY_SHARE = 0.4;

/** `name` makes rounds strangers to each other: no account, repository or commit is shared. */
export function storyOf(name: string, size: number, now: number): Story {
  const repositories = Array.from({ length: size }, (_, number) => `acme-${name}/shop-${wordOf(number)}`);
  const stages = repositories.map((repository, number) => attackOn(repository, `${name}-${wordOf(number)}`, now));
  const placed = stages.flatMap((stage, number) =>
    stage.map((sending, turn) => ({
      sending,
      at: (number / size) * (1 - STORY_SHARE) + (turn / stage.length) * STORY_SHARE,
    })),
  );
  const sendings = placed.toSorted((one, other) => one.at - other.at).map(({ sending }) => sending);
  const runners = repositories.map((_, number) => `acme-${name}/runner-${name}-${wordOf(number)}`);
  return {
    repositories,
    runners,
    sendings,
    effects: [
      ...runners.map((runner) => `labelled ${runner} quarantine`),
      ...repositories.flatMap((repository) => [`cancelled ${repository}/${RUN}`, `disabled ${repository}/ci.yml`]),
    ],
  };
}

/** Letters: names that differ in digits alone are sometimes one thing. */
function wordOf(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

function attackOn(full_name: string, name: string, now: number): readonly Sending[] {
  const at = (minutes: number) => new Date(now - (10 - minutes) * MINUTE).toISOString();
  const [login = ''] = full_name.split('/');
  const repository = {
    full_name,
    private: false,
    default_branch: 'main',
    owner: { login, type: 'Organization' },
    pushed_at: Math.floor(now / 1000) - 600,
  };
  const person = (who: string) => ({ login: `${who}-${name}`, type: 'User' });
  const [owner, stranger, admin] = [person('mara'), person('newcomer'), person('root')];
  const sha = (seed: string) =>
    Buffer.from(`${seed} ${full_name}`).toString('hex').padEnd(40, '0').slice(-40).padStart(40, 'a');
  const fork = { full_name: `${stranger.login}/shop`, fork: true };
  const head_sha = sha('head');
  const push = (seed: string, minutes: number) =>
    sending('push', {
      ref: 'refs/heads/main',
      before: sha(`before ${seed}`),
      after: sha(seed),
      repository,
      sender: owner,
      pusher: { name: owner.login, email: `${owner.login}@acme.example` },
      commits: [
        {
          id: sha(seed),
          timestamp: at(minutes),
          author: { name: owner.login, email: `${owner.login}@acme.example`, username: owner.login },
          committer: { name: owner.login, email: `${owner.login}@acme.example`, username: owner.login },
          added: [`src/${seed}.ts`],
          modified: [],
          removed: [],
        },
      ],
    });
  const run = {
    id: RUN,
    name: 'ci',
    path: '.github/workflows/ci.yml',
    event: 'pull_request',
    head_branch: 'patch-1',
    head_sha,
    run_attempt: 1,
    created_at: at(3),
    run_started_at: at(3),
    updated_at: at(3),
    pull_requests: [{ number: 7 }],
    head_repository: fork,
    actor: stranger,
    triggering_actor: stranger,
  };
  const job = {
    id: 420,
    run_id: RUN,
    run_attempt: 1,
    workflow_name: 'ci',
    name: 'test',
    head_branch: 'patch-1',
    head_sha,
    labels: ['self-hosted'],
    runner_name: `runner-${name}`,
    runner_group_name: 'ours',
    created_at: at(3),
    started_at: at(4),
  };
  const pull = {
    number: 7,
    title: 'Fix a typo',
    state: 'open',
    user: stranger,
    author_association: 'NONE',
    created_at: at(2),
    updated_at: at(2),
    head: { ref: 'patch-1', sha: head_sha, repo: fork },
    base: { ref: 'main', sha: sha('first'), repo: repository },
  };
  return [
    push('first', 1),
    sending('pull_request', { action: 'opened', number: 7, pull_request: pull, repository, sender: stranger }),
    sending('workflow_run', {
      action: 'requested',
      workflow_run: { ...run, status: 'queued' },
      workflow: { name: 'ci', path: '.github/workflows/ci.yml' },
      repository,
      sender: stranger,
    }),
    sending('workflow_job', {
      action: 'in_progress',
      workflow_job: { ...job, status: 'in_progress' },
      repository,
      sender: stranger,
    }),
    sending('branch_protection_rule', {
      action: 'deleted',
      rule: { id: 1, name: 'main', updated_at: at(5) },
      repository,
      sender: admin,
    }),
    push('second', 6),
  ];
}

let sent = 0;

function sending(event: string, body: Readonly<Record<string, Json>>): Sending {
  const id = { 'x-github-delivery': `round-${process.pid}-${sent++}` };
  return { event, body, request: delivery(event, body, id) };
}
