// Cases of metadata-service-contacted.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function called(at: number, address: string, program: string) {
  return activityAt(
    at,
    'connection',
    { address, port: 443, transport: 'tcp', direction: 'egress' },
    {
      source: 'tetragon',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
      process: { executable: `/usr/bin/${program}`, command_line: `/usr/bin/${program} job` },
    },
  );
}

const days = Array.from({ length: 120 }, (_, index) => called(AT - (122 - index) * 6 * HOUR, '203.0.113.8', 'node'));
const SERVICE = '169.254.169.254';

export const cases: readonly DetectorCase[] = [
  {
    name: 'curl asks for the machine’s credentials, in a job that never did',
    kind: 'hit',
    history: days,
    activity: called(AT, SERVICE, 'curl'),
    expected: 'medium',
  },
  {
    name: 'The job’s own runtime asks, as a cloud’s library does where it finds no credentials',
    kind: 'hit',
    history: days,
    activity: called(AT, SERVICE, 'node'),
    expected: 'low',
  },
  {
    name: 'A tool of the cloud that asks every day',
    kind: 'near-miss',
    history: [...days, ...Array.from({ length: 20 }, (_, day) => called(AT - (25 - day) * DAY, SERVICE, 'aws'))],
    activity: called(AT, SERVICE, 'aws'),
    expected: null,
  },
  {
    name: 'The cloud’s agent on its machine',
    kind: 'near-miss',
    history: days,
    activity: called(AT, SERVICE, 'WALinuxAgent'),
    expected: null,
  },
  {
    name: 'The first contact of a new job',
    kind: 'cold-start',
    history: [],
    activity: called(AT, SERVICE, 'curl'),
    expected: 'low',
  },
  {
    name: 'A connection to nowhere',
    kind: 'malformed',
    history: days,
    activity: called(AT, '', 'curl'),
    expected: null,
  },
];
