// What can be done something to, whichever finding came first.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Target } from '../../services/core/action.ts';
import type { Activity } from '../../services/core/activity.ts';
import { targetsOf, unitedTargets } from '../../services/core/targets-of.ts';

const job: Activity = {
  id: 'a',
  source: 'github.webhook',
  received_at: 1,
  observed_at: 1,
  native_type: 'workflow_job',
  kind: 'job',
  detail: { action: 'completed' },
  organization: 'acme',
  actor: { name: 'mara', id: '7', type: 'person' },
  vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'main', type: 'branch' } } },
  cicd: {
    pipeline: {
      name: 'CI',
      definition: '.github/workflows/ci.yml',
      run: { id: '42' },
      task: { name: 'build', run: { id: '99' } },
    },
    worker: { id: '5', name: 'runner-1', group: 'Default', owner_type: 'organization' },
  },
};

test('an activity’s entities come with what it knows of them', () => {
  const common = { system: 'github', organization: 'acme', repository: 'acme/shop' };
  const targets = new Map(targetsOf(job).map((target) => [target.type, target]));
  expect(targets.get('run')).toEqual({
    ...common,
    type: 'run',
    id: 'acme/shop/42',
    branch: 'main',
    definition: '.github/workflows/ci.yml',
  });
  expect(targets.get('job-run')).toMatchObject({ job: '99', job_name: 'build' });
  expect(targets.get('runner')).toEqual({
    ...common,
    type: 'runner',
    id: 'runner-1',
    runner_id: '5',
    runner_group: 'Default',
    runner_level: 'organization',
  });
  expect(targets.get('actor')).toMatchObject({ account: 'mara', account_id: '7' });
});

test('a run’s commit and the number of a credential are known where the record tells them', () => {
  const revision = 'ab'.repeat(20);
  const targets = targetsOf({
    ...job,
    vcs: { ...job.vcs, ref: { head: { name: 'main', revision } } },
    credential: { id: 'SHA256:x', also: ['github:token:7001'] },
  });
  expect(targets.find(({ type }) => type === 'run')).toMatchObject({ revision });
  expect(targets.find(({ type }) => type === 'credential')).toMatchObject({ credential_number: '7001' });
});

test('a role that was signed in by, and what a credential was given, are known where Vault tells them', () => {
  const base = { ...job, source: 'vault.audit', credential: { id: 'hmac-sha256:1', type: 'service' } } as const;
  const role = 'auth/jwt/role/deploy';
  const signedIn = targetsOf({ ...base, kind: 'session', detail: { action: 'login', role } });
  expect(signedIn.find(({ type }) => type === 'actor')).toMatchObject({ system: 'vault', account_id: '7', role });
  const given = targetsOf({ ...base, kind: 'grant', detail: { action: 'read', name: 'database/creds/app' } });
  expect(given.find(({ type }) => type === 'credential')).toMatchObject({ granted: 'database/creds/app' });
});

test('of a runner that is a pod, pod and node are known', () => {
  const place = { name: 'node-1', pod: { name: 'runner-1-workflow', namespace: 'arc-runners' } };
  const runner = (host: Activity['host']) =>
    targetsOf({ ...job, source: 'falco', ...(host && { host }) }).find(({ type }) => type === 'runner');
  expect(runner(place)).toMatchObject({ pod: 'runner-1-workflow', namespace: 'arc-runners', node: 'node-1' });
  expect(runner({ name: 'agent-1' })).not.toHaveProperty('node');
});

test('a commit is a target where a branch was forced to it, or a tag moved', () => {
  const [revision, previous] = ['ab'.repeat(20), 'cd'.repeat(20)];
  const found = (type: 'branch' | 'tag', forced: boolean) =>
    targetsOf({
      ...job,
      kind: 'push',
      detail: { forced, created: false, deleted: false, commits: 1 },
      vcs: { ...job.vcs, ref: { head: { name: 'v1', type, revision }, base: { revision: previous } } },
    }).find((target) => target.type === 'commit');
  expect(found('branch', false)).toBeUndefined();
  expect(found('branch', true)).toMatchObject({ id: revision, branch: 'v1', previous });
  expect(found('tag', false)).toMatchObject({ id: revision, tag: 'v1', previous });
});

test('a sensor’s word names no system, and a pipeline without a definition is no target', () => {
  const { definition: _, ...pipeline } = job.cicd?.pipeline ?? {};
  const seen = targetsOf({ ...job, source: 'tetragon', cicd: { pipeline } });
  expect(seen.every(({ system }) => system === undefined)).toBe(true);
  expect(seen.map(({ type }) => type)).not.toContain('pipeline');
});

test('where a repository is kept, and which of its secrets it is about, are known', () => {
  const { detail: _, kind: _kind, cicd: _cicd, ...base } = job;
  const secret: Activity = { ...base, source: 'circleci.audit', kind: 'secret', detail: { action: 'x', name: 'KEY' } };
  const kept = { ...secret, vcs: { provider: { name: 'github' }, repository: { name: 'acme/shop' } } };
  const repository = targetsOf(kept).find(({ type }) => type === 'repository');
  expect(repository).toMatchObject({ system: 'circleci', provider: 'github', secret: 'KEY' });
});

test('a session of AWS is known with its role and its beginning, and a secret by what keeps it', () => {
  const { vcs: _vcs, cicd: _cicd, detail: _, kind: _kind, ...base } = job;
  const role = 'arn:aws:iam::123456789012:role/Deploy';
  const read = (observed_at: number, name = role) =>
    targetsOf({
      ...base,
      source: 'aws.cloudtrail',
      organization: '123456789012',
      observed_at,
      credential: { id: 'ASIAEXAMPLE', type: 'session key', name, issued: Date.parse('2026-03-01T09:30:00Z') },
      kind: 'secret',
      detail: { action: 'GetSecretValue', name: 'prod/database', store: 'secretsmanager.eu-central-1' },
    });
  const [first, last] = [Date.parse('2026-03-01T10:00:00Z'), Date.parse('2026-03-01T11:00:00Z')];
  const targets = unitedTargets([...read(last), ...read(first)], 9);
  expect(targets.find(({ type }) => type === 'credential')).toMatchObject({
    role,
    issued: '2026-03-01T09:30:00.000Z',
  });
  expect(targets.find(({ type }) => type === 'secret')).toEqual({
    type: 'secret',
    id: '123456789012:secretsmanager.eu-central-1:prod/database',
    system: 'aws',
    organization: '123456789012',
    secret: 'prod/database',
    store: 'secretsmanager.eu-central-1',
    used_at: '2026-03-01T11:00:00.000Z',
  });
  const issuedByUser = read(first, 'arn:aws:iam::123456789012:user/mara').find(({ type }) => type === 'credential');
  expect(issuedByUser).not.toHaveProperty('role');
});

test('of an organization’s own secret the organization tells the name, of a project’s the project alone', () => {
  const { vcs, cicd: _cicd, ...base } = job;
  const secret: Activity = { ...base, kind: 'secret', detail: { action: 'x', name: 'release/KEY' } };
  const found = (activity: Activity) => targetsOf(activity).find(({ type }) => type === 'organization');
  expect(found(secret)).toMatchObject({ id: 'acme', secret: 'release/KEY' });
  expect(found({ ...secret, ...(vcs && { vcs }) })).not.toHaveProperty('secret');
});

test('a token that a runner was registered with tells the runner, other credentials do not', () => {
  const found = (type: string) =>
    targetsOf({ ...job, credential: { id: 'x', type } }).find((target) => target.type === 'credential');
  expect(found('runner registration')).toMatchObject({ runner_id: '5' });
  expect(found('Personal access token (classic)')).not.toHaveProperty('runner_id');
});

test('a job of Jenkins or Buildbot is a target by its path', () => {
  const cicd = { pipeline: { name: 'shop/main', run: { id: '12' } }, worker: { name: 'linux-1' } };
  const targets = targetsOf({ ...job, source: 'jenkins.event', cicd }).map(({ type, id }) => `${type} ${id}`);
  expect(targets).toEqual(expect.arrayContaining(['pipeline shop/main', 'run shop/main#12', 'runner linux-1']));
});

test('united they are the same in any order', () => {
  const fact = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
  const target = fc
    .record({ id: fc.constantFrom('x', 'y'), branch: fact, system: fact, repository: fact, used_at: fact })
    .map((fields): Target => JSON.parse(JSON.stringify({ type: 'run', ...fields })));
  fc.assert(
    fc.property(fc.array(target, { maxLength: 6 }), fc.nat(5), (targets, cut) => {
      const turned = [...targets.slice(cut), ...targets.slice(0, cut)];
      const halves = [...unitedTargets(targets.slice(0, cut), 9), ...unitedTargets(targets.slice(cut), 9)];
      expect(unitedTargets(turned, 9)).toEqual(unitedTargets(targets, 9));
      expect(unitedTargets(halves, 9)).toEqual(unitedTargets(targets, 9));
    }),
  );
});

test('where there are too many, no type crowds another out', () => {
  const commits = Array.from({ length: 500 }, (_, index): Target => ({ type: 'commit', id: `c${index}` }));
  const runs = Array.from({ length: 3 }, (_, index): Target => ({ type: 'run', id: `acme/shop/${index}` }));
  const kept = unitedTargets([...commits, ...runs], 200);
  expect(kept).toHaveLength(200);
  expect(kept.filter(({ type }) => type === 'run')).toEqual(runs);
  expect(unitedTargets([...runs, ...commits.toReversed()], 200)).toEqual(kept);
});
