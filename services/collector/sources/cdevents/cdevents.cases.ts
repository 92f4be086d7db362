// Events in the form of the specification's pages and of its conformance examples, with names of our own.
import type { SourceCase } from '../../source-case.ts';

const PUBLISHED = 'https://cdevents.dev/docs/continuous-integration/#artifact-published';
const CORE = 'https://cdevents.dev/docs/core/';
const DEPLOYMENT = 'https://cdevents.dev/docs/continuous-deployment/';
const SCM = 'https://cdevents.dev/docs/source-code-version-control/';
const TESTS = 'https://cdevents.dev/docs/testing-events/';
const OPERATIONS = 'https://cdevents.dev/docs/continuous-operations/';
const BINDING = 'https://cdevents.dev/docs/cloudevents-binding/';

const digest = '0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427';

function event(type: string, version: string, subject: object, more: object = {}): object {
  return {
    context: {
      version,
      id: '271069a8-fc18-44f1-b38f-9d70a1695819',
      source: '/event/source/123',
      type: `dev.cdevents.${type}`,
      timestamp: '2026-03-01T14:27:05.315384Z',
    },
    subject: { source: '/event/source/123', ...subject },
    ...more,
  };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'an artifact is published, in a structured CloudEvent, with what the registry knows beyond',
    reference: BINDING,
    record: {
      body: {
        specversion: '1.0',
        id: '271069a8-fc18-44f1-b38f-9d70a1695819',
        source: '/event/source/123',
        type: 'dev.cdevents.artifact.published.0.3.0',
        subject: 'pkg:npm/%40acme/shop@4.2.0',
        time: '2026-03-01T14:27:05.315384Z',
        datacontenttype: 'application/json',
        data: event(
          'artifact.published.0.3.0',
          '0.5.0',
          { id: 'pkg:npm/%40acme/shop@4.2.0', type: 'artifact', content: { user: 'mybot-myapp' } },
          {
            customDataContentType: 'application/json',
            customData: {
              repository: 'acme/shop',
              run: 'https://github.com/acme/shop/actions/runs/17',
              tag: 'v4.2.0',
              ip: '198.51.100.7',
              client: 'npm/10.9.2 node/v22.13.0 linux x64',
            },
          },
        ),
      },
    },
    drafts: [
      {
        kind: 'artifact',
        native_type: 'artifact.published',
        natural_id: '/event/source/123 271069a8-fc18-44f1-b38f-9d70a1695819',
        observed_at: Date.parse('2026-03-01T14:27:05.315Z'),
        actor: { name: 'mybot-myapp', type: 'unknown' },
        client: { address: '198.51.100.7', user_agent: 'npm/10.9.2 node/v22.13.0 linux x64' },
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'v4.2.0', type: 'tag' } } },
        cicd: { pipeline: { run: { id: '17' } } },
        detail: { action: 'published', name: '@acme/shop', version: '4.2.0' },
      },
    ],
  },
  {
    name: 'an image is packaged from a change, version 0.3',
    reference: 'https://cdevents.dev/docs/continuous-integration/#artifact-packaged',
    record: {
      body: event('artifact.packaged.0.1.1', '0.3.0', {
        id: `pkg:oci/myapp@sha256%3A${digest}?repository_url=mycr.io/myapp&tag=v7`,
        type: 'artifact',
        content: { change: { id: '527d4a1aca5e8d0df24813df5ad65d049fc8d312', source: 'my-git.example/an-org/a-repo' } },
      }),
    },
    drafts: [
      {
        kind: 'artifact',
        vcs: {
          repository: { name: 'an-org/a-repo' },
          ref: { head: { revision: '527d4a1aca5e8d0df24813df5ad65d049fc8d312' } },
        },
        detail: {
          action: 'packaged',
          name: 'myapp',
          version: 'v7',
          digest: `sha256:${digest}`,
          location: 'mycr.io/myapp',
        },
      },
    ],
  },
  {
    name: 'a pipeline run ends, version 0.4',
    reference: CORE,
    record: {
      body: event('pipelinerun.finished.0.2.0', '0.4.1', {
        id: 'namespace/pipelinerun-1234',
        type: 'pipelineRun',
        content: {
          pipelineName: 'myPipeline',
          url: 'https://ci.example/pipelinerun-1234',
          outcome: 'failure',
          errors: 'Something went wrong',
        },
      }),
    },
    drafts: [
      {
        kind: 'run',
        cicd: {
          pipeline: {
            name: 'myPipeline',
            run: {
              id: 'namespace/pipelinerun-1234',
              state: 'finished',
              result: 'failure',
              url: 'https://ci.example/pipelinerun-1234',
            },
          },
        },
        detail: { action: 'finished' },
      },
    ],
  },
  {
    name: 'a task starts, as the binary mode of HTTP sends it',
    reference: BINDING,
    record: {
      body: event('taskrun.started.0.3.0', '0.5.0', {
        id: '/namespace/taskrun-123',
        content: {
          taskName: 'build',
          uri: 'https://ci.example/taskrun-123',
          pipelineRun: { id: 'pipelinerun-1234', source: '/tenant1/tekton' },
        },
      }),
    },
    drafts: [
      {
        kind: 'job',
        cicd: {
          pipeline: { run: { id: 'pipelinerun-1234' }, task: { name: 'build', run: { id: '/namespace/taskrun-123' } } },
        },
        detail: { action: 'started' },
      },
    ],
  },
  {
    name: 'a service is rolled back',
    reference: DEPLOYMENT,
    record: {
      body: event('service.rolledback.0.2.0', '0.4.1', {
        id: 'service/myapp',
        content: { environment: { id: 'production' }, artifactId: `pkg:oci/myapp@sha256%3A${digest}` },
      }),
    },
    drafts: [{ kind: 'deployment', detail: { action: 'rolledback', environment: 'production' } }],
  },
  {
    name: 'a change is merged',
    reference: SCM,
    record: {
      body: event('change.merged.0.2.0', '0.4.1', {
        id: '42',
        type: 'change',
        content: { repository: { id: 'an-org/a-repo', source: 'https://my-git.example' } },
      }),
    },
    drafts: [
      {
        kind: 'change',
        vcs: { repository: { name: 'an-org/a-repo' }, change: { id: '42' } },
        detail: { action: 'merged', merged: true },
      },
    ],
  },
  {
    name: 'a branch is made',
    reference: SCM,
    record: {
      body: event('branch.created.0.2.0', '0.4.1', {
        id: 'feature-a',
        content: { repository: { id: 'an-org/a-repo' } },
      }),
    },
    drafts: [
      {
        kind: 'push',
        vcs: { repository: { name: 'an-org/a-repo' }, ref: { head: { name: 'feature-a', type: 'branch' } } },
        detail: { created: true, deleted: false, forced: false, commits: 0 },
      },
    ],
  },
  {
    name: 'a suite of tests fails',
    reference: TESTS,
    record: {
      body: event('testsuiterun.finished.0.2.0', '0.4.1', {
        id: 'myTestSuiteRun123',
        content: {
          outcome: 'failure',
          environment: { id: 'dev' },
          testSuite: { id: '92834723894', name: 'Auth TestSuite' },
        },
      }),
    },
    drafts: [
      {
        kind: 'job',
        cicd: { pipeline: { task: { name: 'Auth TestSuite', run: { id: 'myTestSuiteRun123', result: 'failure' } } } },
        detail: { action: 'finished' },
      },
    ],
  },
  {
    name: 'an incident is detected',
    reference: OPERATIONS,
    record: {
      body: event('incident.detected.0.2.0', '0.4.1', {
        id: 'incident-123',
        content: { description: 'Response time above threshold of 100ms', environment: { id: 'prod1' } },
      }),
    },
    drafts: [
      {
        kind: 'alert',
        detail: {
          action: 'detected',
          tool: '/event/source/123',
          rule: 'incident-123',
          title: 'Response time above threshold of 100ms',
        },
      },
    ],
  },
  {
    name: 'a ticket is closed',
    reference: OPERATIONS,
    record: {
      body: event('ticket.closed.0.2.0', '0.4.1', {
        id: 'ticket-123',
        content: { summary: 'New finding', creator: 'Alice', updatedBy: 'Bob', resolution: 'completed' },
      }),
    },
    drafts: [{ kind: 'discussion', actor: { name: 'Bob' }, detail: { action: 'closed', on: 'issue' } }],
  },
  {
    name: "another vendor's event; a user that is none",
    reference: 'https://github.com/cdevents/spec/blob/main/custom/README.md',
    record: {
      body: {
        context: { id: 'x', source: '/s', type: 'dev.cdeventsx.mytool-resource.created.0.1.0', timestamp: 'soon' },
        subject: { id: 'pkg:resource/name@234fd47e07d1004f0aed9c', content: { user: 'mybot' } },
      },
    },
    drafts: [{ kind: 'other', detail: { type: 'dev.cdeventsx.mytool-resource.created.0.1.0' } }],
    notes: ['context.timestamp: expected a time, found text'],
  },
  {
    name: 'an artifact is downloaded by nobody in particular',
    reference: PUBLISHED,
    record: {
      body: event('artifact.downloaded.0.1.0', '0.4.1', {
        id: 'pkg:golang/mygit.com/myorg/myapp@v1.2',
        content: { user: 7 },
      }),
    },
    drafts: [{ kind: 'artifact', detail: { action: 'downloaded', name: 'mygit.com/myorg/myapp', version: 'v1.2' } }],
    notes: ['user: expected text, found a number'],
  },
];
