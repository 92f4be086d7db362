// Cases of credential-file-read: a controller that reads its configuration, and a job.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function read(at: number, path: string, executable = '/usr/lib/jvm/java-17/bin/java', host = 'controller') {
  return activityAt(
    at,
    'file',
    { action: 'read', path },
    { source: 'tetragon', host: { name: host }, cicd: { worker: { name: host } }, process: { executable } },
  );
}

const days = Array.from({ length: 60 }, (_, index) =>
  read(AT - (61 - index) * DAY, `/var/lib/jenkins/jobs/j${index % 5}/config.xml`),
);

export const cases: readonly DetectorCase[] = [
  {
    name: 'The controller’s program reads its master key, which it did at no time before',
    kind: 'hit',
    history: days,
    activity: read(AT, '/var/lib/jenkins/secrets/master.key'),
    expected: 'high',
  },
  {
    name: 'A script reads a tool’s credentials',
    kind: 'hit',
    history: days,
    activity: read(AT, '/root/.netrc', '/usr/bin/cat'),
    expected: 'low',
  },
  {
    name: 'A script reads what the controller has stored',
    kind: 'hit',
    history: days,
    activity: read(AT, '/var/lib/jenkins/credentials.xml', '/usr/bin/cat'),
    expected: 'high',
  },
  {
    name: 'The controller’s program reads what it has stored, as it does when somebody saves something',
    kind: 'near-miss',
    history: days,
    activity: read(AT, '/var/lib/jenkins/credentials.xml'),
    expected: null,
  },
  {
    name: 'A tool reads its own credentials',
    kind: 'near-miss',
    history: days,
    activity: read(AT, '/root/.npmrc', '/usr/bin/npm'),
    expected: null,
  },
  {
    name: 'A file that holds none',
    kind: 'near-miss',
    history: days,
    activity: read(AT, '/var/lib/jenkins/nodes/agent-1/config.xml'),
    expected: null,
  },
  {
    name: 'The first read that is ever seen of a controller',
    kind: 'cold-start',
    history: [],
    activity: read(AT, '/var/lib/jenkins/secrets/master.key'),
    expected: 'medium',
  },
  {
    name: 'A path of nothing',
    kind: 'malformed',
    history: days,
    activity: read(AT, ''),
    expected: null,
  },
];
