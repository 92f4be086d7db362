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

/** With a script of its own, which is in a file or on the command line. */
function scripted(at: number, commandLine: string): Activity {
  return {
    ...named(at, 'mirror.example.edu', 'python3'),
    process: { executable: '/usr/bin/python3', command_line: commandLine },
  };
}

/** By curl, on 443. */
function spelled(at: number, address: string): Activity {
  return {
    ...contact(at, { address, port: 443, transport: 'tcp', direction: 'egress' }, 'curl'),
    process: { executable: '/usr/bin/curl', command_line: `curl -sk https://${address}/in` },
  };
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
    name: 'A shell is connected to a bare public address on a port that the job never used',
    kind: 'hit',
    history: days(60),
    activity: contact(LATER, { address: '203.0.113.94', port: 4444, transport: 'tcp', direction: 'egress' }, 'sh'),
    expected: 'high',
  },
  {
    name: 'A bare public address on a port that the job never used',
    kind: 'hit',
    history: days(60),
    activity: contact(LATER, { address: '203.0.113.94', port: 8000, transport: 'tcp', direction: 'egress' }),
    expected: 'medium',
  },
  {
    name: 'A bare address that the command line spells, though the job uses its port every day',
    kind: 'hit',
    history: days(60),
    activity: spelled(LATER, '203.0.113.94'),
    expected: 'medium',
  },
  {
    name: 'A build log shows that a tool contacted a bare address',
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
        hosts: [{ name: '203.0.113.9', line: 12, contacted: true }],
      },
      {
        source: 'github.job-log',
        vcs: { repository: { name: 'example/app' } },
        cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
      },
    ),
    expected: 'medium',
  },
  {
    name: 'A script from nowhere, in a job that never used its language on the network',
    kind: 'hit',
    history: days(60),
    activity: scripted(LATER, '/usr/bin/python3 -c "import urllib.request as u"'),
    expected: 'medium',
  },
  {
    name: 'A script of the repository',
    kind: 'hit',
    history: days(60),
    activity: scripted(LATER, '/usr/bin/python3 setup.py bdist_wheel'),
    expected: 'low',
  },
  {
    name: 'A name with two letters swapped',
    kind: 'hit',
    history: [
      ...days(60),
      ...Array.from({ length: 40 }, (_, day) => named(START + day * DAY, 'scan.harborsecurity.com')),
    ],
    activity: named(LATER, 'scan.harborsecurtiy.org'),
    expected: 'medium',
  },
  {
    name: 'A name that everybody knows, under an ending that is for sale',
    kind: 'hit',
    history: days(60),
    activity: named(LATER, 'registry.npmjs.help'),
    expected: 'medium',
  },
  {
    name: 'A guard on the runner refused a host that nobody knows',
    kind: 'hit',
    history: days(60),
    activity: contact(LATER, { host: 'collector.example.edu', port: 443, direction: 'egress', verdict: 'blocked' }),
    expected: 'medium',
  },
  {
    name: 'A known party on a port that is no service’s',
    kind: 'hit',
    history: days(60),
    activity: named(LATER, 'api.example.com', 'node', 4444),
    expected: 'low',
  },
  {
    name: 'A service that has a detector of its own',
    kind: 'hit',
    history: days(60),
    activity: named(LATER, 'abc123.webhook.site', 'curl'),
    expected: 'low',
  },
  {
    name: 'Another machine of a farm, by its number',
    kind: 'near-miss',
    history: [
      ...days(60),
      ...Array.from({ length: 60 }, (_, each) => named(START + each * DAY, `mirror${each}.farm${each}.example`)),
    ],
    activity: named(LATER, 'mirror99.farm99.example'),
    expected: null,
  },
  {
    name: 'The metadata service of the cloud, which another detector tells of',
    kind: 'near-miss',
    history: days(60),
    activity: contact(LATER, { address: '169.254.169.254', port: 80, transport: 'tcp', direction: 'egress' }, 'curl'),
    expected: null,
  },
  {
    name: 'The first connection of all goes to a bare address on a port that is no service’s',
    kind: 'cold-start',
    history: [],
    activity: contact(
      START,
      { address: '203.0.113.150', port: 14_444, transport: 'tcp', direction: 'egress' },
      'worker',
    ),
    expected: 'low',
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
