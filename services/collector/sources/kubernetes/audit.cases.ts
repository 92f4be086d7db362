// Audit events in the form of the API's reference and of the pages on each resource, with names of our own.
import type { SourceCase } from '../../source-case.ts';
import { changeCases } from './audit/changes.cases.ts';
import { deployer, event } from './audit/example.ts';

const EVENT = 'https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event';
const AUDIT = 'https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/';

export const cases: readonly SourceCase[] = [
  {
    name: 'a pipeline’s account reads a secret',
    reference: EVENT,
    record: {
      body: event(
        'get',
        { resource: 'secrets', namespace: 'prod', name: 'database', apiVersion: 'v1' },
        { user: deployer, requestURI: '/api/v1/namespaces/prod/secrets/database' },
      ),
    },
    drafts: [
      {
        kind: 'secret',
        native_type: 'get secrets',
        natural_id: 'bd6fcd9e-1e0f-4d0f-8d6c-4b7c3a9d5f10',
        observed_at: Date.parse('2026-03-01T10:00:00.100Z'),
        actor: {
          name: 'system:serviceaccount:ci:deployer',
          id: '6d1f3a60-8f0e-4b0a-9c39-0f0b2a9c1e11',
          type: 'bot',
        },
        credential: { id: 'jti:7ee52be0-9045-4653-aa5e-0da57b8dccdc', type: 'service account token' },
        client: { address: '198.51.100.7', user_agent: 'kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9' },
        detail: { action: 'get secrets', name: 'prod/database' },
      },
    ],
  },
  {
    name: 'a batch of the webhook: a call that came, what came of it, and a list that was refused',
    reference: AUDIT,
    record: {
      body: {
        kind: 'EventList',
        apiVersion: 'audit.k8s.io/v1',
        metadata: {},
        items: [
          event('list', { resource: 'secrets', apiVersion: 'v1' }, { stage: 'RequestReceived' }),
          event(
            'list',
            { resource: 'secrets', apiVersion: 'v1' },
            {
              requestURI: '/api/v1/secrets?limit=500',
              responseStatus: { metadata: {}, status: 'Failure', reason: 'Forbidden', code: 403 },
            },
          ),
        ],
      },
    },
    drafts: [
      {
        kind: 'request',
        actor: { name: 'mara@example.com', type: 'unknown' },
        detail: { operation: 'list secrets', path: '/api/v1/secrets', status: 403, error: 'Forbidden' },
      },
    ],
  },
  {
    name: 'a call came, and nothing more is known of it yet',
    reference: AUDIT,
    record: { body: event('get', { resource: 'pods', namespace: 'prod' }, { stage: 'RequestReceived' }) },
    drafts: [],
  },
  {
    name: 'a shell is opened in a runner’s pod',
    reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/',
    record: {
      body: event(
        'get',
        { resource: 'pods', subresource: 'exec', namespace: 'arc-runners', name: 'shop-x64-7', apiVersion: 'v1' },
        {
          stage: 'ResponseStarted',
          requestURI:
            '/api/v1/namespaces/arc-runners/pods/shop-x64-7/exec?command=sh&command=-c&command=env&container=runner&stdout=true',
          responseStatus: { metadata: {}, code: 101 },
        },
      ),
    },
    drafts: [
      { kind: 'request', detail: { operation: 'get pods/exec', status: 101 } },
      {
        kind: 'process',
        process: { executable: 'sh', command_line: 'sh -c env' },
        host: { pod: { name: 'shop-x64-7', namespace: 'arc-runners' }, container: { name: 'runner' } },
        cicd: { worker: { name: 'shop-x64-7' } },
        detail: { action: 'start' },
      },
    ],
  },
  {
    name: 'nobody in particular asks for the version',
    reference: EVENT,
    record: {
      body: event('get', undefined, {
        user: { username: 'system:anonymous', groups: ['system:unauthenticated'] },
        requestURI: '/version?timeout=32s',
        userAgent: 'curl/8.5.0',
      }),
    },
    drafts: [{ kind: 'request', detail: { operation: 'GET /version', path: '/version', status: 200 } }],
  },
  {
    name: 'a server that panics, and fields of another type',
    reference: EVENT,
    record: {
      body: event(
        'update',
        { resource: 'configmaps', namespace: 7, name: 'settings' },
        { stage: 'Panic', user: 'mara', sourceIPs: '198.51.100.7', responseStatus: { code: 500 } },
      ),
    },
    drafts: [{ kind: 'request', detail: { operation: 'update configmaps', status: 500, error: 'panic' } }],
    notes: [
      'objectRef.namespace: expected text, found a number',
      'user: expected an object, found text',
      'sourceIPs: expected a list, found text',
    ],
  },
  ...changeCases,
];
