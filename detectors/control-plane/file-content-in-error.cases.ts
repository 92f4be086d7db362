// Cases of file-content-in-error.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';

const AT = Date.UTC(2026, 2, 7, 1, 44, 35);
const fields = { source: 'jenkins.console', cicd: { pipeline: { run: { id: '0' }, task: { name: 'controller' } } } };

function log(...lines: readonly string[]) {
  return activityAt(AT, 'log', { first_line: 1, lines, last: true }, fields);
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A line of the password file is too many arguments',
    kind: 'hit',
    history: [],
    activity: log(
      'INFO hudson.util.Retrier: done',
      'SEVERE hudson.cli: ERROR: Too many arguments: bin:x:2:2:bin:/bin:/sbin/nologin',
    ),
    expected: 'high',
  },
  {
    name: 'A variable of the environment is no agent',
    kind: 'hit',
    history: [],
    activity: log('ERROR: No such agent "JENKINS_HOME=/var/jenkins_home" exists.'),
    expected: 'high',
  },
  {
    name: 'Somebody mistypes a command',
    kind: 'near-miss',
    history: [],
    activity: log(
      'ERROR: No such command lst-jobs. Available commands are above.',
      'ERROR: Too many arguments: app main',
    ),
    expected: null,
  },
  {
    name: 'A build prints the password file of its image',
    kind: 'near-miss',
    history: [],
    activity: log('+ cat /etc/passwd', 'root:x:0:0:root:/root:/bin/bash'),
    expected: null,
  },
  {
    name: 'The first log of a controller',
    kind: 'cold-start',
    history: [],
    activity: log('Jenkins is fully up and running'),
    expected: null,
  },
  {
    name: 'No lines',
    kind: 'malformed',
    history: [],
    activity: log(),
    expected: null,
  },
];
