// Cases of azure-devops.job-log, after what the agent writes.
import type { SourceCase } from '../../source-case.ts';

const LOGS = 'https://learn.microsoft.com/en-us/azure/devops/pipelines/troubleshooting/review-logs';
const FORMAT = 'https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands#formatting-commands';
const TASKS = 'https://learn.microsoft.com/en-us/azure/devops/pipelines/process/tasks';
const AGENTS = 'https://learn.microsoft.com/en-us/azure/devops/pipelines/agents/agents';

const START = Date.parse('2026-03-04T09:53:10.833Z');
const RULE = '='.repeat(78);
const place = { repository: 'Fabrikam/Fabrikam-Git', run_id: '2', job: 'Compile' };
const log = (...lines: readonly string[]) =>
  lines.map((line, index) => `2026-03-04T09:53:${10 + index}.8338772Z ${line}\r\n`).join('');
const header = (task: string, version: string) => [
  RULE,
  `Task         : ${task}`,
  'Description  : Run it',
  `Version      : ${version}`,
  'Author       : Microsoft Corporation',
  'Help         : https://docs.example.org/tasks',
  RULE,
];

export const cases: readonly SourceCase[] = [
  {
    name: 'A hosted agent sets a job up and runs a script that fails',
    reference: LOGS,
    record: {
      ...place,
      body: log(
        '##[section]Starting: Compile',
        '##[section]Starting: Initialize job',
        "Agent name: 'Azure Pipelines 3'",
        "Current agent version: '3.236.1'",
        '##[group]Runner Image',
        'Image: ubuntu-22.04',
        'Version: 20240324.2.0',
        '##[endgroup]',
        '##[section]Finishing: Initialize job',
        '##[section]Starting: Install',
        ...header('Command line', '2.212.0'),
        'Generating script.',
        'Script contents:',
        'npm ci',
        '========================== Starting Command Output ===========================',
        'npm http fetch GET 200 https://registry.packages.example.com/left-pad/-/left-pad-1.3.0.tgz 31ms',
        'token=***',
        "##[error]Bash exited with code '1'.",
        '##[section]Finishing: Install',
        '##[section]Finishing: Compile',
      ),
    },
    drafts: [
      {
        kind: 'log',
        observed_at: START,
        vcs: { provider: { name: 'azure-devops' }, repository: { name: 'Fabrikam/Fabrikam-Git' } },
        cicd: { pipeline: { run: { id: '2' }, task: { name: 'Compile' } } },
      },
      {
        kind: 'setup',
        cicd: { worker: { name: 'Azure Pipelines 3', hosted: true } },
        detail: { runner: { version: '3.236.1' }, image: { name: 'ubuntu-22.04', version: '20240324.2.0' } },
      },
      { kind: 'step', observed_at: START + 1_000, detail: { name: 'Initialize job', first_line: 2, last_line: 9 } },
      {
        kind: 'step',
        detail: {
          name: 'Install',
          command: 'npm ci',
          first_line: 10,
          last_line: 25,
          result: 'failure',
          hosts: [{ name: 'docs.example.org' }, { name: 'registry.packages.example.com', contacted: true }],
          dependencies: [
            { type: 'action', name: 'Command line', resolved: '2.212.0' },
            { type: 'package', name: 'left-pad', resolved: '1.3.0', from: 'npm' },
          ],
          masked: 1,
        },
      },
    ],
  },
  {
    name: 'A task shows the commands that it runs; groups are within a step',
    reference: FORMAT,
    record: {
      ...place,
      body: log(
        '##[section]Starting: Tools',
        '##[group]Beginning of a group',
        '##[command]git clone https://code.example.org/acme/tools.git',
        '##[endgroup]',
        '##[error]The process /usr/bin/git failed with exit code 128',
        '##[section]Finishing: Tools',
      ),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'step',
        detail: {
          name: 'Tools',
          first_line: 1,
          last_line: 6,
          result: 'failure',
          hosts: [{ name: 'code.example.org', contacted: true }],
        },
      },
    ],
  },
  {
    name: 'A task without a script, on an agent of one’s own',
    reference: AGENTS,
    record: {
      ...place,
      body: log(
        '##[section]Starting: Initialize job',
        "Agent name: 'build-7'",
        '##[section]Finishing: Initialize job',
        '##[section]Starting: Publish',
        ...header('Publish Pipeline Artifacts', '1.2.0'),
        'done',
        '##[section]Finishing: Publish',
      ),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', cicd: { worker: { name: 'build-7' } } },
      { kind: 'step', detail: { name: 'Initialize job' } },
      {
        kind: 'step',
        detail: { name: 'Publish', dependencies: [{ name: 'Publish Pipeline Artifacts', resolved: '1.2.0' }] },
      },
    ],
  },
  {
    name: 'What a script prints like an agent says nothing of the agent',
    reference: TASKS,
    record: {
      ...place,
      body: log('##[section]Starting: Script', "Agent name: 'somebody-else'", '##[section]Finishing: Script'),
    },
    drafts: [{ kind: 'log' }, { kind: 'step', detail: { name: 'Script', first_line: 1, last_line: 3 } }],
  },
  {
    name: 'A log without sections is one step, where it does something',
    reference: LOGS,
    record: { ...place, body: 'fetching https://files.example.org/a.bin\n' },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'log', hosts: [{ name: 'files.example.org', contacted: true }] } },
    ],
  },
];
