// Cases of exfiltration-service-contacted.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);
const JOB = {
  source: 'tetragon',
  vcs: { repository: { name: 'example/app' } },
  cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
};

function asked(at: number, name: string, executable = '/usr/bin/node') {
  return activityAt(at, 'dns', { name }, { ...JOB, process: { executable } });
}

const daily = Array.from({ length: 30 }, (_, day) => asked(AT - (31 - day) * DAY, `t${day}.ngrok-free.app`));

export const cases: readonly DetectorCase[] = [
  {
    name: 'curl sends something to a request catcher',
    kind: 'hit',
    history: [],
    activity: asked(AT, 'webhook.site', '/usr/bin/curl'),
    expected: 'high',
  },
  {
    name: 'A package looks up a name whose lookup is the message',
    kind: 'hit',
    history: daily,
    activity: asked(AT, 'c0ffee.oastify.com'),
    expected: 'medium',
  },
  {
    name: 'A build log shows an upload to a file drop',
    kind: 'hit',
    history: [],
    activity: activityAt(
      AT,
      'step',
      {
        name: 'Run upload',
        ordinal: 2,
        first_line: 5,
        last_line: 9,
        hosts: [{ name: 'transfer.sh', line: 6, contacted: true }],
      },
      { ...JOB, source: 'github.job-log' },
    ),
    expected: 'low',
  },
  {
    name: 'A job that opens a tunnel every day',
    kind: 'near-miss',
    history: daily,
    activity: asked(AT, 'another.ngrok-free.app'),
    expected: null,
  },
  {
    name: 'A name that only ends alike',
    kind: 'near-miss',
    history: [],
    activity: asked(AT, 'notwebhook.site'),
    expected: null,
  },
  {
    name: 'The first lookup of a new job',
    kind: 'cold-start',
    history: [],
    activity: asked(AT, 'a.trycloudflare.com'),
    expected: 'medium',
  },
  {
    name: 'A lookup of nothing',
    kind: 'malformed',
    history: [],
    activity: asked(AT, ''),
    expected: null,
  },
];
