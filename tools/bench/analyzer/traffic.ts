// Made-up traffic of a company of a given size: what sensors see on runners, uses of tokens, pushes, and the runs around them.
// The same number gives the same traffic. Shares: 60 % connections, 20 % token uses, 10 % runs and jobs, 10 % commits.
import type { Activity, ActivityBase, ActivityDetails, ActivityKind } from '../../../services/core/activity.ts';
import { contentId } from '../../../services/core/json.ts';
import { HOUR, SECOND } from '../../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5);
/** Jobs of a repository, people and tokens for each ten. */
const JOBS = 4;

/** A stream of `count` activities over `repositories`; each repository has about as many profiles as it has jobs, people, tokens. */
export function* traffic(repositories: number, count: number, seed = 1): Generator<Activity> {
  const next = random(seed);
  const pick = (most: number) => Math.floor(next() * most);
  for (let index = 0; index < count; index++) {
    const at = START + index * SECOND;
    const repository = pick(repositories);
    const kind = next();
    if (kind < 0.6) yield connection(index, at, repository, pick(JOBS), pick(6));
    else if (kind < 0.8) yield use(index, at, repository, pick(3));
    else if (kind < 0.9) yield job(index, at, repository, pick(JOBS), next() < 0.5);
    else yield commit(index, at, repository, pick(3));
  }
}

function connection(index: number, at: number, repository: number, task: number, host: number): Activity {
  return made(
    index,
    at,
    'connection',
    { host: `host${host}.example.com`, port: 443, direction: 'egress' },
    {
      source: 'tetragon',
      ...around(repository),
      cicd: {
        pipeline: {
          name: 'ci',
          definition: '.github/workflows/ci.yml',
          run: { id: String(index % 5_000) },
          task: { name: `job${task}` },
        },
      },
      process: {
        executable: '/usr/bin/curl',
        command_line: `curl https://host${host}.example.com/file`,
        entity_id: `p${index}`,
      },
    },
  );
}

function use(index: number, at: number, repository: number, token: number): Activity {
  return made(
    index,
    at,
    'request',
    { operation: 'git.clone', method: 'GET', status: 200 },
    {
      source: 'github.audit',
      ...around(repository),
      actor: { name: `person${repository}-${token}`, type: 'person' },
      credential: { id: `token-${repository}-${token}`, type: 'personal access token' },
      client: { address: `192.0.2.${token}`, country_iso_code: 'DE', user_agent: 'git/2.43.0' },
    },
  );
}

function job(index: number, at: number, repository: number, task: number, ended: boolean): Activity {
  return made(
    index,
    at,
    'job',
    { action: ended ? 'completed' : 'in_progress', seconds: 60 + task },
    {
      source: 'github.webhook',
      ...around(repository),
      cicd: {
        pipeline: { name: 'ci', run: { id: String(index % 5_000) }, task: { name: `job${task}` } },
        worker: { name: `runner ${index % 50}`, hosted: true },
      },
    },
  );
}

function commit(index: number, at: number, repository: number, author: number): Activity {
  const person = {
    name: `Person ${author}`,
    email: `person${repository}-${author}@example.com`,
    time: { at: at - HOUR, offset_minutes: 60 },
  };
  return made(
    index,
    at,
    'commit',
    {
      sha: contentId(index).padEnd(40, '0'),
      parents: 1,
      author: person,
      committer: person,
      signature: 'good',
      paths: ['src/main.ts'],
      added: [],
    },
    { source: 'git', ...around(repository), actor: { email: person.email, type: 'person' } },
  );
}

function around(repository: number): Partial<ActivityBase> {
  return {
    organization: 'example',
    vcs: { provider: { name: 'github' }, repository: { name: `example/repository${repository}` } },
  };
}

function made<Kind extends ActivityKind>(
  index: number,
  at: number,
  kind: Kind,
  detail: ActivityDetails[Kind],
  fields: Partial<ActivityBase>,
): Activity {
  const base: ActivityBase = {
    id: contentId('bench', index),
    source: 'bench',
    received_at: at,
    observed_at: at,
    native_type: kind,
    ...fields,
  };
  // The union's discriminant and its detail belong together by the parameter.
  return { ...base, kind, detail } as unknown as Activity;
}

/** xorshift32, for numbers in [0, 1). https://www.jstatsoft.org/article/view/v008i14 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
