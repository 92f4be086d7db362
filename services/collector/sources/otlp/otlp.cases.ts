// Runs and tasks, with attributes of the conventions for CI/CD; what is done inside stands in `signals/`.
import type { SourceCase } from '../../source-case.ts';
import { ENDED, pipeline, sha, span, traces } from './signals/example.ts';
import { insideCases } from './signals/inside.cases.ts';

const PROTOCOL = 'https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding';
const SPANS = 'https://opentelemetry.io/docs/specs/semconv/cicd/cicd-spans/';
const RECEIVER = 'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/githubreceiver';

export const cases: readonly SourceCase[] = [
  {
    name: 'a pipeline has run',
    reference: SPANS,
    record: {
      body: traces(
        pipeline,
        span('RUN Build and Test', 2, { 'cicd.pipeline.result': 'success', 'cicd.pipeline.action.name': 'RUN' }),
      ),
    },
    drafts: [
      {
        kind: 'run',
        native_type: 'RUN Build and Test',
        natural_id: '5b8efff798038103d269b633813fc60c eee19b7ec3c1b174',
        observed_at: ENDED,
        vcs: {
          provider: { name: 'github' },
          repository: { name: 'acme/shop' },
          ref: { head: { name: 'main', revision: sha, type: 'branch' } },
        },
        cicd: {
          pipeline: {
            name: 'Build and Test',
            run: {
              id: '120912',
              url: 'https://github.com/acme/shop/actions/runs/120912',
              state: 'finished',
              result: 'success',
            },
          },
        },
        detail: { action: 'finished', seconds: 90.5 },
      },
    ],
  },
  {
    name: 'a task has failed, on a worker; what it did inside is told by spans of the same resource',
    reference: SPANS,
    record: {
      body: traces(
        { ...pipeline, 'cicd.worker.id': '7', 'cicd.worker.name': 'agent-abc' },
        span('go-test', 1, {
          'cicd.pipeline.task.name': 'go-test',
          'cicd.pipeline.task.run.id': '12097',
          'cicd.pipeline.task.run.result': 'failure',
          'cicd.pipeline.task.run.url.full': 'https://github.com/acme/shop/actions/runs/120912/job/12097',
          'error.type': '1',
        }),
        span('compile', 1, {}, { spanId: 'EEE19B7EC3C1B175' }),
        span('compile', 1, {}, { spanId: 'EEE19B7EC3C1B176' }),
      ),
    },
    drafts: [
      {
        kind: 'job',
        cicd: {
          pipeline: { run: { id: '120912' }, task: { name: 'go-test', run: { id: '12097', result: 'failure' } } },
          worker: { id: '7', name: 'agent-abc' },
        },
        detail: { action: 'finished', seconds: 90.5 },
      },
      { kind: 'other', cicd: { pipeline: { run: { id: '120912' } } }, detail: { type: 'compile' } },
    ],
  },
  {
    name: 'a job as the Collector’s receiver for GitHub tells it: all in the resource, its steps below',
    reference: RECEIVER,
    record: {
      body: traces(
        {
          'vcs.repository.name': 'shop',
          'vcs.provider.name': 'github',
          'vcs.ref.head': 'main',
          'vcs.ref.type': 'branch',
          'vcs.ref.head.revision': sha,
          'cicd.pipeline.worker.id': 7,
          'cicd.pipeline.worker.name': 'GitHub Actions 7',
          'cicd.pipeline.task.run.sender.login': 'mara',
          'cicd.pipeline.task.run.url.full': 'https://github.com/acme/shop/actions/runs/120912/job/12097',
          'cicd.pipeline.task.run.id': 12097,
          'cicd.pipeline.run.task.status': 'success',
        },
        span('build', 1, {}),
        span('queue-build', 1, { 'cicd.pipeline.run.queue.duration': 5 }, { spanId: 'EEE19B7EC3C1B175' }),
      ),
    },
    drafts: [
      {
        kind: 'job',
        actor: { name: 'mara' },
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'main', revision: sha, type: 'branch' } } },
        cicd: {
          pipeline: { run: { id: '120912' }, task: { name: 'build', run: { id: '12097', result: 'success' } } },
          worker: { id: '7', name: 'GitHub Actions 7' },
        },
        detail: { action: 'finished' },
      },
      { kind: 'other', detail: { type: 'queue-build' } },
    ],
  },
  {
    name: 'a run whose repository is named without its owner, with a result of its own',
    reference: SPANS,
    record: {
      body: traces(
        { 'cicd.pipeline.name': 'nightly', 'cicd.pipeline.run.id': 'a-7', 'vcs.repository.name': 'shop' },
        span('RUN', 2, { 'cicd.pipeline.result': 'unstable' }),
      ),
    },
    drafts: [
      {
        kind: 'run',
        cicd: { pipeline: { name: 'nightly', run: { id: 'a-7', state: 'finished' } } },
        detail: { action: 'finished', conclusion: 'unstable' },
      },
    ],
  },
  {
    name: 'fields of another type, numbers as numbers, a time that is none',
    reference: PROTOCOL,
    record: {
      body: {
        resourceSpans: [
          { resource: { attributes: 'none' }, scopeSpans: { spans: [] } },
          {
            scopeSpans: [
              {
                spans: [
                  {
                    name: 7,
                    kind: 3,
                    startTimeUnixNano: 0,
                    endTimeUnixNano: 1772359290500000000,
                    attributes: [{ key: 1 }],
                  },
                ],
              },
            ],
          },
        ],
      },
    },
    drafts: [{ kind: 'other', native_type: 'span', observed_at: ENDED, detail: { type: 'span' } }],
    notes: [
      'scopeSpans: expected a list, found an object',
      'attributes: expected an object, found a list',
      'name: expected text, found a number',
    ],
  },
  ...insideCases,
];
