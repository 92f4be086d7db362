// Events in the form of the samples of the documentation's page, shortened.
import type { SourceCase } from '../../source-case.ts';

const EVENTS = 'https://learn.microsoft.com/en-us/azure/devops/service-hooks/events';

function hook(eventType: string, resource: object): { readonly body: object } {
  return {
    body: {
      id: '03c164c2-8912-4d5e-8009-3707d5f83734',
      eventType,
      publisherId: 'tfs',
      message: { text: 'Something happened.' },
      resource,
      resourceVersion: '1.0',
      resourceContainers: {
        account: { id: 'f844ec47-a9db-4511-8281-8b63f4eaf94e', baseUrl: 'https://dev.azure.com/fabrikam/' },
      },
      createdDate: '2026-03-01T10:00:00.1234567Z',
    },
  };
}

const repository = {
  id: '278d5cd2-584d-4b63-824a-2ba458937249',
  name: 'Fabrikam-Git',
  project: { id: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c', name: 'Fabrikam' },
  defaultBranch: 'refs/heads/main',
  remoteUrl: 'https://dev.azure.com/fabrikam/Fabrikam/_git/Fabrikam-Git',
};
const jamal = {
  id: '00067FFED5C7AF52',
  displayName: 'Jamal Hartnett',
  uniqueName: 'Windows Live ID\\Jamal@example.org',
};
const before = 'aad331d8d3b131fa9ae03cf5e53965b51942618a';
const after = '33b55f7cb7e7e245323987634f960cf4a6e6bc74';
const person = { name: 'Jamal Hartnett', email: 'Jamal@example.org', date: '2026-03-01T19:01:00+02:00' };
const pull = {
  repository,
  pullRequestId: 1,
  status: 'active',
  createdBy: jamal,
  title: 'my first pull request',
  sourceRefName: 'refs/heads/mytopic',
  targetRefName: 'refs/heads/main',
  lastMergeSourceCommit: { commitId: after },
  lastMergeTargetCommit: { commitId: before },
};
const pipeline = { id: 11, revision: 1, name: 'TEST-CI', folder: '\\' };

export const cases: readonly SourceCase[] = [
  {
    name: 'a push of one commit',
    reference: `${EVENTS}#git.push`,
    record: hook('git.push', {
      commits: [{ commitId: after, author: person, committer: person, comment: 'Fixed bug' }],
      refUpdates: [{ name: 'refs/heads/main', oldObjectId: before, newObjectId: after }],
      repository,
      pushedBy: jamal,
      pushId: 14,
      date: '2026-03-01T10:00:00Z',
    }),
    drafts: [
      {
        kind: 'push',
        native_type: 'git.push',
        observed_at: Date.parse('2026-03-01T10:00:00.123Z'),
        organization: 'fabrikam',
        actor: { name: 'Jamal@example.org', email: 'jamal@example.org', type: 'unknown' },
        vcs: {
          provider: { name: 'azure-devops' },
          repository: { name: 'Fabrikam/Fabrikam-Git' },
          ref: { head: { name: 'main', type: 'branch', revision: after }, base: { revision: before } },
        },
        detail: { created: false, deleted: false, forced: false, commits: 1, default_branch: true },
      },
      {
        kind: 'commit',
        occurred_at: { at: Date.parse('2026-03-01T17:01:00Z'), offset_minutes: 120 },
        actor: { name: 'Jamal Hartnett', email: 'jamal@example.org' },
        vcs: { ref: { head: { name: 'main', revision: after } } },
        detail: { sha: after, signature: 'unknown' },
      },
    ],
  },
  {
    name: 'a tag is deleted by a build',
    reference: `${EVENTS}#git.push`,
    record: hook('git.push', {
      refUpdates: [{ name: 'refs/tags/v1', oldObjectId: before, newObjectId: '0'.repeat(40) }],
      repository,
      pushedBy: { displayName: 'Fabrikam Build Service (fabrikam)', uniqueName: 'Build\\8c2c26c5-1b2e' },
    }),
    drafts: [
      {
        kind: 'push',
        actor: { name: '8c2c26c5-1b2e', type: 'bot' },
        vcs: { ref: { head: { name: 'v1', type: 'tag' } } },
        detail: { deleted: true, commits: 0, default_branch: false },
      },
    ],
  },
  {
    name: 'a pull request is made from a fork',
    reference: `${EVENTS}#git.pullrequest.created`,
    record: hook('git.pullrequest.created', { ...pull, forkSource: { repository: { id: 'other' } } }),
    drafts: [
      {
        kind: 'change',
        actor: { email: 'jamal@example.org' },
        vcs: {
          change: { id: '1', title: 'my first pull request', state: 'active' },
          ref: { head: { name: 'mytopic', revision: after }, base: { name: 'main', revision: before } },
        },
        detail: { action: 'created', merged: false, from_fork: true },
      },
    ],
  },
  {
    name: 'a pull request is completed',
    reference: `${EVENTS}#git.pullrequest.updated`,
    record: hook('git.pullrequest.updated', {
      ...pull,
      status: 'completed',
      closedBy: { displayName: 'Ana', uniqueName: 'ana@example.org' },
    }),
    drafts: [{ kind: 'change', actor: { email: 'ana@example.org' }, detail: { action: 'updated', merged: true } }],
  },
  {
    name: 'an old build ends',
    reference: `${EVENTS}#build.complete`,
    record: hook('build.complete', {
      id: 2,
      buildNumber: 'ConsumerAddressModule_20150407.1',
      url: 'https://dev.azure.com/fabrikam/_apis/build/Builds/2',
      reason: 'manual',
      status: 'succeeded',
      sourceGetVersion: `LG:refs/heads/main:${after}`,
      definition: { id: 2, name: 'ConsumerAddressModule' },
      queue: { id: 4, name: 'Hosted Build Controller' },
      requests: [{ id: 1, requestedFor: { displayName: 'Normal Paulk', uniqueName: 'paulk@example.org' } }],
    }),
    drafts: [
      {
        kind: 'run',
        actor: { email: 'paulk@example.org' },
        vcs: { ref: { head: { name: 'main', revision: after } } },
        cicd: {
          pipeline: {
            name: 'ConsumerAddressModule',
            run: { id: '2', trigger: 'manual', state: 'finished', result: 'success' },
          },
          worker: { group: 'Hosted Build Controller' },
        },
        detail: { action: 'complete' },
      },
    ],
  },
  {
    name: 'a run succeeds',
    reference: `${EVENTS}#run.statechanged`,
    record: hook('ms.vss-pipelines.run-state-changed-event', {
      run: {
        id: 11,
        pipeline,
        state: 'completed',
        result: 'succeeded',
        _links: { web: { href: 'https://dev.azure.com/fabrikam/_build/results?buildId=11' } },
      },
      pipeline,
    }),
    drafts: [
      {
        kind: 'run',
        cicd: {
          pipeline: {
            name: 'TEST-CI',
            run: { id: '11', result: 'success', url: 'https://dev.azure.com/fabrikam/_build/results?buildId=11' },
          },
        },
        detail: { action: 'completed' },
      },
    ],
  },
  {
    name: 'a job of a run fails',
    reference: `${EVENTS}#run-job-state-changed`,
    record: hook('ms.vss-pipelines.job-state-changed-event', {
      job: { id: 'j-1', name: 'Compile', state: 'completed', result: 'failed' },
      stage: { id: 's-1', name: 'Build', state: 'running' },
      run: { id: 2, pipeline, state: 'inProgress' },
      pipeline,
      repositories: [{ type: 'Git', url: 'https://fabrikam@dev.azure.com/fabrikam/Fabrikam/_git/Fabrikam-Git' }],
    }),
    drafts: [
      {
        kind: 'job',
        vcs: { repository: { name: 'Fabrikam/Fabrikam-Git' } },
        cicd: {
          pipeline: {
            run: { id: '2', state: 'executing' },
            task: { name: 'Compile', run: { id: 'j-1', result: 'failure' } },
          },
        },
        detail: { action: 'completed' },
      },
    ],
  },
  {
    name: 'somebody approves a deployment',
    reference: `${EVENTS}#run.stageapprovalcompleted`,
    record: hook('ms.vss-pipelinechecks-events.approval-completed', {
      approval: {
        id: '0f027b05',
        steps: [{ assignedApprover: jamal, actualApprover: { uniqueName: 'ana@example.org' }, status: 'approved' }],
        status: 'approved',
      },
      pipeline: { name: 'TEST-CI' },
      stageName: 'production',
    }),
    drafts: [
      {
        kind: 'deployment',
        actor: { email: 'ana@example.org' },
        cicd: { pipeline: { name: 'TEST-CI' } },
        detail: { action: 'approval approved', environment: 'production' },
      },
    ],
  },
  {
    name: 'a classic release is deployed',
    reference: `${EVENTS}#ms.vss-release.deployment-completed-event`,
    record: hook('ms.vss-release.deployment-completed-event', {
      environment: { id: 5, name: 'Dev', status: 'succeeded' },
      project: { name: 'Fabrikam' },
    }),
    drafts: [{ kind: 'deployment', detail: { action: 'deployment-completed success', environment: 'Dev' } }],
  },
  {
    name: 'a work item is talk; a reviser that is none',
    reference: `${EVENTS}#workitem.created`,
    record: hook('workitem.created', { id: 5, rev: 1, revisedBy: 7 }),
    drafts: [{ kind: 'discussion', detail: { action: 'created', on: 'issue' } }],
    notes: ['the value: expected an object, found a number'],
  },
];
