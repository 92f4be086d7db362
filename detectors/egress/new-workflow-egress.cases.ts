// Cases of new-workflow-egress: a job that fetches packages with node, day after day.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

function contact(
  at: number,
  detail: Extract<Activity, { kind: 'connection' }>['detail'],
  program = 'node',
  repository = 'example/app',
): Activity {
  return activityAt(at, 'connection', detail, {
    source: 'tetragon',
    vcs: { repository: { name: repository } },
    cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
    process: { executable: `/usr/bin/${program}`, command_line: `/usr/bin/${program} step` },
  });
}

function named(at: number, host: string, program?: string, port = 443): Activity {
  return contact(at, { host, address: '192.0.2.20', port, transport: 'tcp', direction: 'egress' }, program);
}

/** Six contacts a day, of three hosts. */
function days(count: number): readonly Activity[] {
  return Array.from({ length: count * 6 }, (_, index) =>
    named(START + index * 4 * HOUR, ['registry.example.org', 'api.example.com', 'cdn.example.net'][index % 3] ?? ''),
  );
}

const LATER = START + 60 * DAY;

export const cases: readonly DetectorCase[] = [
  {
    name: 'curl, which the job never used on the network, goes to a host that nobody knows',
    kind: 'hit',
    history: days(60),
    activity: named(LATER, 'files.collector.example', 'curl'),
    expected: 'medium',
  },
  {
    name: 'A bare public address on a port that the job never used',
    kind: 'hit',
    history: days(60),
    activity: contact(LATER, { address: '203.0.113.94', port: 4444, transport: 'tcp', direction: 'egress' }, 'sh'),
    expected: 'medium',
  },
  {
    name: 'A build log shows that a tool contacted a new host',
    kind: 'hit',
    history: days(60),
    activity: activityAt(
      LATER,
      'step',
      {
        name: 'Run tests',
        ordinal: 3,
        first_line: 10,
        last_line: 20,
        hosts: [{ name: 'files.collector.example', line: 12, contacted: true }],
      },
      {
        source: 'github.job-log',
        vcs: { repository: { name: 'example/app' } },
        cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
      },
    ),
    expected: 'low',
  },
  {
    name: 'The job’s own runtime goes to a new host: a dependency moved',
    kind: 'hit',
    history: days(60),
    activity: named(LATER, 'mirror.example.edu'),
    expected: 'low',
  },
  {
    name: 'Another name of the same party',
    kind: 'near-miss',
    history: days(60),
    activity: named(LATER, 'packages.example.org'),
    expected: null,
  },
  {
    name: 'An address without a name on the port of the web: its name may come late',
    kind: 'near-miss',
    history: days(60),
    activity: contact(LATER, { address: '203.0.113.7', port: 443, transport: 'tcp', direction: 'egress' }),
    expected: null,
  },
  {
    name: 'The machine asks a time server',
    kind: 'near-miss',
    history: days(60),
    activity: contact(LATER, { address: '203.0.113.7', port: 123, transport: 'udp', direction: 'egress' }, 'chronyd'),
    expected: null,
  },
  {
    name: 'A host that a log only names',
    kind: 'near-miss',
    history: days(60),
    activity: activityAt(
      LATER,
      'step',
      { name: 'Docs', ordinal: 1, first_line: 1, last_line: 2, hosts: [{ name: 'docs.example.edu', line: 1 }] },
      {
        vcs: { repository: { name: 'example/app' } },
        cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
      },
    ),
    expected: null,
  },
  {
    name: 'The third contact of a young job',
    kind: 'cold-start',
    history: days(1).slice(0, 2),
    activity: named(START + DAY, 'files.collector.example', 'curl'),
    expected: null,
  },
  {
    name: 'A connection of which nothing is known',
    kind: 'malformed',
    history: days(60),
    activity: contact(LATER, {}),
    expected: null,
  },
];
