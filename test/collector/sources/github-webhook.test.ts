// What the activities of a delivery say: who, where, when, and what of it is only a claim.
import { describe, expect, test } from 'vitest';
import { eventTime } from '../../../services/collector/sources/github/shared/time.ts';
import { githubWebhook } from '../../../services/collector/sources/github/webhook.ts';
import type { Activity } from '../../../services/core/activity.ts';
import type { Json, JsonObject } from '../../../services/core/json.ts';
import { NOW } from '../collecting.ts';
import { push, webhookExamples } from '../deliveries.ts';

function normalize(event: string | undefined, body: object) {
  const record = { source: 'github.webhook', received_at: NOW, redactions: {}, body: body as Json };
  return githubWebhook.normalize(event === undefined ? record : { ...record, event });
}

function example(event: string, action?: string): JsonObject {
  const found = webhookExamples().find(({ name }) => name === event);
  const body = found?.examples.find((one) => action === undefined || one.action === action);
  if (!body) throw new Error(`no example of ${event} ${action}`);
  return body as JsonObject;
}

test('a push tells the ref that moved, and each commit as its text claims it', () => {
  const [moved, commit] = normalize('push', push());
  expect(moved).toMatchObject({
    kind: 'push',
    native_type: 'push',
    organization: 'acme',
    actor: { name: 'mara', type: 'person' },
    observed_at: Date.parse('2026-03-02T09:59:50Z'),
    vcs: {
      repository: { name: 'acme/shop', visibility: 'private' },
      ref: { head: { name: 'main', type: 'branch', revision: '2'.repeat(40) }, base: { revision: '1'.repeat(40) } },
    },
    detail: { forced: false, commits: 1, default_branch: true, paths: { modified: ['.github/workflows/ci.yml'] } },
  });
  expect(commit).toMatchObject({
    kind: 'commit',
    occurred_at: { at: Date.parse('2026-03-02T09:59:30Z'), offset_minutes: 120 },
    actor: { name: 'mara', email: 'mara@acme.example' },
    detail: { author: { name: 'Mara', email: 'mara@acme.example' }, paths: ['src/new.ts', '.github/workflows/ci.yml'] },
  });
  expect(commit?.detail).not.toHaveProperty('parents');
});

test('a deleted tag has no revision, and says so', () => {
  const [moved] = normalize('push', push({ ref: 'refs/tags/v1', after: '0'.repeat(40), deleted: true, commits: [] }));
  expect(moved?.vcs?.ref?.head).toEqual({ name: 'v1', type: 'tag' });
  expect(moved?.detail).toMatchObject({ deleted: true, default_branch: false, commits: 0 });
});

test('what an app does is told from what a person does', () => {
  const bot = { login: 'renovate[bot]', type: 'Bot' };
  expect(normalize('star', push({ action: 'created', sender: bot }))[0]?.actor?.type).toBe('bot');
  const commits = [{ id: '3'.repeat(40), author: { name: 'renovate[bot]', email: 'bot@acme.example' } }];
  expect(normalize('push', push({ commits }))[1]?.actor?.type).toBe('bot');
});

test('a run is told with its attempt, trigger, state, result and definition', () => {
  const body = example('workflow_run', 'completed');
  const told = { ...(body.workflow_run as JsonObject), conclusion: 'timed_out', run_attempt: 3 };
  const [run] = normalize('workflow_run', { ...body, workflow_run: told });
  expect(run).toMatchObject({
    kind: 'run',
    native_type: 'workflow_run.completed',
    observed_at: expect.any(Number),
    cicd: {
      pipeline: {
        name: expect.any(String),
        definition: expect.stringContaining('.github/workflows/'),
        run: { id: expect.any(String), attempt: 3, trigger: expect.any(String), state: 'finished', result: 'timeout' },
      },
    },
    vcs: { ref: { head: { name: expect.any(String), revision: expect.stringMatching(/^[0-9a-f]{40}$/) } } },
  });
});

test('a re-run is the work of the one who asked for it', () => {
  const body = { ...example('workflow_run', 'completed') };
  const run = {
    ...(body.workflow_run as JsonObject),
    triggering_actor: { login: 'eve', type: 'User' },
    run_attempt: 2,
  };
  const [activity] = normalize('workflow_run', { ...body, workflow_run: run });
  expect(activity).toMatchObject({ actor: { name: 'eve' }, cicd: { pipeline: { run: { attempt: 2 } } } });
});

test('a job is told with its run and runner', () => {
  const [job] = normalize('workflow_job', example('workflow_job', 'in_progress'));
  expect(job).toMatchObject({
    kind: 'job',
    cicd: {
      pipeline: {
        run: { id: expect.any(String) },
        task: { name: expect.any(String), run: { id: expect.any(String) } },
      },
      worker: { labels: expect.any(Array) },
    },
  });
});

describe('a guard rail', () => {
  const rule = { name: 'main', admin_enforced: false, pull_request_reviews_enforcement_level: 'off' };

  test.each<[string, string, object, object]>([
    ['that is made', 'created', {}, { change: 'added', what: 'branch protection', target: 'main' }],
    ['that is deleted', 'deleted', {}, { change: 'removed', what: 'branch protection', target: 'main' }],
    [
      'whose reviews are switched off is removed in that part',
      'edited',
      { pull_request_reviews_enforcement_level: { from: 'everyone' } },
      { change: 'removed', what: 'branch protection: pull request reviews enforcement level' },
    ],
    [
      'that gets other checks is changed',
      'edited',
      { required_status_checks: { from: ['ci'] } },
      { change: 'changed' },
    ],
  ])('%s', (_case, action, changes, detail) => {
    const [activity] = normalize('branch_protection_rule', push({ action, rule, changes }));
    expect(activity).toMatchObject({ kind: 'protection', detail });
  });

  test('a ruleset that is only evaluated from now on guards nothing', () => {
    const body = push({
      action: 'edited',
      repository_ruleset: { name: 'releases', enforcement: 'evaluate' },
      changes: { enforcement: { from: 'active' } },
    });
    expect(normalize('repository_ruleset', body)[0]?.detail).toMatchObject({ change: 'removed', target: 'releases' });
  });
});

describe('the time of an event', () => {
  const old = '2020-01-01T00:00:00Z';
  const now = '2026-03-02T10:00:00Z';

  test('is the newest stamp of the object it is about', () => {
    expect(eventTime('issues', 'edited', { issue: { created_at: old, updated_at: now } })).toBe(Date.parse(now));
  });

  test('is not known of an object that is gone: its stamp tells of its last change', () => {
    expect(eventTime('branch_protection_rule', 'deleted', { rule: { updated_at: old } })).toBeUndefined();
  });

  test('is not when the object was made, unless that is the event', () => {
    const body = { key: { created_at: old } };
    expect(eventTime('deploy_key', 'created', body)).toBe(Date.parse(old));
    expect(eventTime('deploy_key', 'verified', body)).toBeUndefined();
  });

  test('is never a date that a commit claims', () => {
    expect(eventTime('release', 'created', { release: { created_at: now } })).toBeUndefined();
  });
});

test('a new event type is kept as what it is called', () => {
  expect(normalize('quantum_merge', push({ action: 'entangled' }))).toMatchObject([
    { kind: 'other', detail: { type: 'quantum_merge.entangled' }, actor: { name: 'mara' } },
  ]);
  expect(normalize('constructor', push())).toMatchObject([{ kind: 'other' }]);
});

test('a delivery without its header is known by its body', () => {
  const kinds = (['push', 'workflow_run', 'pull_request', 'issue_comment', 'branch_protection_rule'] as const).map(
    (event) => normalize(undefined, example(event))[0]?.native_type.split('.')[0],
  );
  expect(kinds).toEqual(['push', 'workflow_run', 'pull_request', 'issue_comment', 'branch_protection_rule']);
});

test('fields of the wrong type are left out, the rest is used', () => {
  const [moved] = normalize(
    'push',
    push({ ref: 7, commits: 'none', repository: { full_name: 'acme/shop' }, sender: [] }),
  );
  const expected: Partial<Activity> = {
    kind: 'push',
    vcs: expect.objectContaining({ repository: { name: 'acme/shop' } }),
  };
  expect(moved).toMatchObject(expected);
});
