// What is done in a job, and what it logs: requests with attributes of the conventions for HTTP, programs and logs.
import type { SourceCase } from '../../../source-case.ts';
import { attributes, job, line, logs, span, traces } from './example.ts';

const EXAMPLES = 'https://github.com/open-telemetry/opentelemetry-proto/tree/main/examples';
const LOGS = 'https://opentelemetry.io/docs/specs/semconv/cicd/cicd-logs/';
const HTTP = 'https://opentelemetry.io/docs/specs/semconv/http/http-spans/';
const PROGRAMS = 'https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/';

export const insideCases: readonly SourceCase[] = [
  {
    name: 'a program in a job calls a host',
    reference: HTTP,
    record: {
      body: traces(
        { ...job, 'host.name': 'agent-abc', 'process.pid': 4711, 'process.executable.path': '/usr/bin/node' },
        span('GET', 3, {
          'http.request.method': 'GET',
          'server.address': 'Paste.Example',
          'server.port': 443,
          'network.peer.address': '198.51.100.7',
          'network.transport': 'tcp',
          'url.full': 'https://paste.example/raw/7',
        }),
      ),
    },
    drafts: [
      {
        kind: 'connection',
        cicd: { pipeline: { name: 'Build and Test', task: { name: 'go-test', run: { id: '12097' } } } },
        host: { name: 'agent-abc' },
        process: { executable: '/usr/bin/node', pid: 4711 },
        detail: {
          host: 'paste.example',
          address: '198.51.100.7',
          port: 443,
          transport: 'tcp',
          direction: 'egress',
        },
      },
    ],
  },
  {
    name: 'a job runs a program',
    reference: PROGRAMS,
    record: {
      body: traces(
        { ...job, 'host.name': 'agent-abc' },
        span('curl', 3, {
          'process.executable.name': 'curl',
          'process.pid': 4712,
          'process.parent_pid': 4711,
          'process.command_args': ['curl', '-s', 'https://paste.example/raw/7'],
          'process.exit.code': 0,
        }),
      ),
    },
    drafts: [
      {
        kind: 'process',
        process: {
          executable: 'curl',
          command_line: 'curl -s https://paste.example/raw/7',
          pid: 4712,
          ancestors: [{ pid: 4711 }],
        },
        detail: { action: 'start' },
      },
    ],
  },
  {
    name: 'somebody asks the controller of a CI system for something',
    reference: HTTP,
    record: {
      body: traces(
        { 'service.name': 'jenkins', 'cicd.system.component': 'controller' },
        span('POST /scriptText', 2, {
          'http.request.method': 'POST',
          'url.path': '/scriptText',
          'http.response.status_code': 200,
          'client.address': '198.51.100.7',
          'user_agent.original': 'curl/8.5.0',
          'user.name': 'mara',
        }),
      ),
    },
    drafts: [
      {
        kind: 'request',
        actor: { name: 'mara', type: 'unknown' },
        client: { address: '198.51.100.7', user_agent: 'curl/8.5.0' },
        detail: { operation: 'POST /scriptText', method: 'POST', path: '/scriptText', status: 200 },
      },
    ],
  },
  {
    name: 'calls of a service that is no CI system are told once, and of no pipeline',
    reference: EXAMPLES,
    record: {
      body: traces(
        { 'service.name': 'shop' },
        span('GET /cart', 2, { 'http.request.method': 'GET', 'url.path': '/cart' }),
        span('GET /cart', 3, { 'server.address': 'db.example' }, { spanId: 'EEE19B7EC3C1B175' }),
      ),
    },
    drafts: [{ kind: 'other', native_type: 'GET /cart', detail: { type: 'GET /cart' } }],
  },
  {
    name: 'lines of a job’s log',
    reference: LOGS,
    record: {
      body: logs(
        job,
        line({ stringValue: 'go test ./...' }),
        line({ stringValue: 'ok  \tacme/shop\t0.1s' }, { 'log.iostream': 'stdout' }),
      ),
    },
    drafts: [
      {
        kind: 'log',
        observed_at: Date.parse('2026-03-01T10:00:00Z'),
        vcs: { repository: { name: 'acme/shop' } },
        cicd: { pipeline: { run: { id: '120912' }, task: { name: 'go-test', run: { id: '12097' } } } },
        detail: { first_line: 1, lines: ['go test ./...', 'ok  \tacme/shop\t0.1s'], last: false },
      },
    ],
  },
  {
    name: 'log records that belong to no job, or are no text',
    reference: EXAMPLES,
    record: {
      body: logs(
        { 'service.name': 'shop' },
        line({ stringValue: 'Example log record' }),
        line({ stringValue: 'Another' }),
        { ...line({ kvlistValue: { values: attributes({ many: 'values' }) } }), eventName: 'browser.page_view' },
      ),
    },
    drafts: [
      { kind: 'other', native_type: 'log', detail: { type: 'log' } },
      { kind: 'other', detail: { type: 'browser.page_view' } },
    ],
  },
];
