// Cases of new-workflow-egress: a release job that talks to one registry and one forge.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const USUAL = [
  'Run npm ci',
  'npm http fetch GET 200 https://registry.packages.example/left-pad 31ms',
  '* Connected to api.forge.example (192.0.2.20) port 443',
];

function log(day: number, lines: readonly string[], fields: { readonly secrets?: number; readonly job?: string } = {}) {
  return activityAt(
    START + day * DAY,
    'log',
    { first_line: 1, lines, last: true },
    {
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { run: { id: String(1000 + day) }, task: { name: fields.job ?? 'release' } } },
      ...(fields.secrets ? { redactions: { 'github-token': fields.secrets } } : {}),
    },
  );
}

function runs(days: number) {
  return Array.from({ length: days * 2 }, (_, index) => log(Math.floor(index / 2), USUAL));
}

const TRANSFER = '* Connected to drop.elsewhere.example (203.0.113.66) port 443';

export const cases: readonly DetectorCase[] = [
  {
    name: 'The job connects to a host it never did, and two secrets stand beside it',
    kind: 'hit',
    history: runs(40),
    activity: log(41, [...USUAL, TRANSFER], { secrets: 2 }),
    expected: 'high',
  },
  {
    name: 'The job connects to a host it never did',
    kind: 'hit',
    history: runs(40),
    activity: log(41, [...USUAL, TRANSFER]),
    expected: 'medium',
  },
  {
    name: 'A new host is only mentioned',
    kind: 'hit',
    history: runs(40),
    activity: log(41, [...USUAL, 'See https://docs.elsewhere.example/guide for help']),
    expected: 'low',
  },
  {
    name: 'A job whose tests print new addresses all the time contacts a host it never did',
    kind: 'hit',
    history: Array.from({ length: 80 }, (_, day) =>
      log(day / 2, [...USUAL, `tested https://site${day}.example/`], { job: 'test' }),
    ),
    activity: log(41, [...USUAL, TRANSFER], { job: 'test' }),
    expected: 'medium',
  },
  {
    name: 'Another machine of a known registrable domain',
    kind: 'near-miss',
    history: runs(40),
    activity: log(41, ['* Connected to eu.packages.example (192.0.2.21) port 443']),
    expected: null,
  },
  {
    name: 'A job that meets new hosts all the time meets another',
    kind: 'near-miss',
    history: Array.from({ length: 80 }, (_, day) =>
      log(day / 2, [`GET https://site${day}.example/`], { job: 'crawl' }),
    ),
    activity: log(41, [TRANSFER], { job: 'crawl' }),
    expected: null,
  },
  {
    name: 'The third day of a job',
    kind: 'cold-start',
    history: runs(3),
    activity: log(3, [TRANSFER]),
    expected: null,
  },
  {
    name: 'Addresses that are none',
    kind: 'malformed',
    history: runs(40),
    activity: log(41, ['http://', 'https://[::1]:8080/ http://localhost:3000 http://..', '* Connected to  () port']),
    expected: null,
  },
];
