// Records as StepSecurity's documentation shows them, and what they become.
import type { SourceCase } from '../../source-case.ts';
import { agentCases } from './harden-runner/agent.cases.ts';

const SAMPLES = 'https://docs.stepsecurity.io/admin-console/integrations/sample-detection-events';
const WEBHOOK = 'https://docs.stepsecurity.io/admin-console/integrations/webhook-integration';

const run = {
  owner: 'harbor',
  repo: 'shop',
  workflow_id: 'harbor-shop-.github-workflows-ci.yml',
  workflow_path: '.github/workflows/ci.yml',
  run_id: '16450863125',
  job_id: '46495445268',
  job: 'build',
  timestamp: '1773142200',
  html_url: 'https://app.stepsecurity.io/github/harbor/shop/actions/runs/16450863125?run_attempt=1',
};

export const cases: readonly SourceCase[] = [
  {
    name: 'an action is pinned to a commit that is not of its repository',
    reference: SAMPLES,
    record: {
      body: {
        ...run,
        id: 'Action-Uses-Imposter-Commit',
        name: 'GitHub Action Uses Imposter Commit',
        repo: 'harbor/shop',
        detection: 'Action-Uses-Imposter-Commit-other/action-c5327f7d9d31e29e58e788cb3c2727f773b3d0c4',
        id_timestamp: 'Action-Uses-Imposter-Commit-1773142200',
        imposter_commit: {
          action: 'other/action',
          tag: 'main',
          sha: 'c5327f7d9d31e29e58e788cb3c2727f773b3d0c4',
          timestamp: '1773142200',
        },
      },
    },
    drafts: [
      {
        kind: 'alert',
        native_type: 'Action-Uses-Imposter-Commit',
        detail: {
          action: 'raised',
          tool: 'harden-runner',
          rule: 'Action-Uses-Imposter-Commit',
          title: 'GitHub Action Uses Imposter Commit',
        },
        observed_at: 1773142200000,
        organization: 'harbor',
        vcs: { provider: { name: 'github' }, repository: { name: 'harbor/shop' } },
        cicd: {
          pipeline: {
            definition: '.github/workflows/ci.yml',
            run: { id: '16450863125' },
            task: { name: 'build', run: { id: '46495445268' } },
          },
        },
      },
    ],
  },
  {
    name: 'two detections of one run in one delivery: a domain was blocked, another was called',
    reference: WEBHOOK,
    record: {
      body: {
        ...run,
        data: [
          {
            id: 'Domain-Blocked',
            name: 'Outbound call blocked',
            detection: 'Domain-Blocked-drop.example',
            endpoint: 'drop.example:443',
            tool: {
              name: 'curl',
              sha256: 'e3b0',
              parent: { name: 'bash', sha256: 'a1', parent: { name: 'Runner.Worker' } },
            },
          },
          {
            id: 'New-Outbound-Network-Call',
            name: 'Anomalous outbound call',
            detection: 'New-Outbound-Network-Call-paste.example',
            endpoint: 'paste.example:443',
            direct_ip_address: '',
            timestamp: '1773142260',
          },
        ],
      },
    },
    drafts: [
      { kind: 'alert', detail: { rule: 'Domain-Blocked' } },
      {
        kind: 'connection',
        detail: { host: 'drop.example', port: 443, direction: 'egress', verdict: 'blocked' },
        process: { executable: 'curl', ancestors: [{ executable: 'bash' }, { executable: 'Runner.Worker' }] },
        cicd: { pipeline: { run: { id: '16450863125' } } },
      },
      { kind: 'alert', detail: { rule: 'New-Outbound-Network-Call' } },
      {
        kind: 'connection',
        detail: { host: 'paste.example', port: 443, verdict: 'allowed' },
        observed_at: 1773142260000,
        vcs: { repository: { name: 'harbor/shop' } },
      },
    ],
  },
  {
    name: 'a request is seen inside of its encryption',
    reference: 'https://docs.stepsecurity.io/github-actions/harden-runner/detections',
    record: {
      body: {
        ...run,
        id: 'HTTPS-Outbound-Network-Call',
        host: 'api.github.com',
        method: 'POST',
        path: '/repos/other/project/actions/runners/registration-token',
      },
    },
    drafts: [
      { kind: 'alert' },
      {
        kind: 'connection',
        detail: {
          host: 'api.github.com',
          path: '/repos/other/project/actions/runners/registration-token',
          verdict: 'allowed',
        },
      },
    ],
  },
  {
    name: 'the memory of the runner’s worker is read, in a job that is locked down',
    reference: SAMPLES,
    record: {
      body: { ...run, id: 'Runner-Worker-Memory-Read', is_lockdown: true, severity: 'HIGH', tool: { name: 'python3' } },
    },
    drafts: [
      { kind: 'alert', detail: { level: 'HIGH' } },
      {
        kind: 'memory',
        detail: { action: 'read', target: { executable: 'Runner.Worker' } },
        process: { executable: 'python3' },
      },
    ],
  },
  {
    name: 'a file of the checkout is overwritten during the build',
    reference: SAMPLES,
    record: {
      body: { ...run, id: 'Source-Code-Overwritten', file: 'app.js', file_path: '/home/runner/work/shop/shop/app.js' },
    },
    drafts: [
      { kind: 'alert', detail: { location: { path: '/home/runner/work/shop/shop/app.js' } } },
      { kind: 'file', detail: { action: 'write', path: '/home/runner/work/shop/shop/app.js' } },
    ],
  },
  {
    name: 'the agent is tampered with',
    reference: 'https://docs.stepsecurity.io/github-actions/harden-runner/detections',
    record: { body: { ...run, id: 'Agent-Tampered', name: 'Agent tampered' } },
    drafts: [{ kind: 'alert', detail: { action: 'blind', rule: 'Agent-Tampered' } }],
  },
  {
    name: 'news of an attack on a package',
    reference: SAMPLES,
    record: {
      body: {
        id: '78540701-3106-4eaa-9408-8902e87bd27d',
        event_id: '78540701-3106-4eaa-9408-8902e87bd27d',
        type: 'Threat-Intelligence',
        incident_start_time: '2026-03-09T22:41:00Z',
        title: 'Packages compromised',
        ecosystem: 'npm',
        severity: 'HIGH',
        is_active: 'true',
        incident_url: 'https://app.stepsecurity.io/github/harbor/threat-center/incidents/78540701',
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: { rule: 'Threat-Intelligence', title: 'Packages compromised', level: 'HIGH' },
        observed_at: Date.parse('2026-03-09T22:41:00Z'),
      },
    ],
  },
  {
    name: 'something that is not public yet, with fields of the wrong type beside it',
    reference: WEBHOOK,
    record: {
      body: {
        data: [
          { type: 'Insights', network: [] },
          { ...run, id: 'Domain-Blocked', endpoint: 443 },
        ],
      },
    },
    drafts: [
      { kind: 'other', detail: { type: 'Insights' } },
      { kind: 'alert', detail: { rule: 'Domain-Blocked' } },
    ],
    notes: ['endpoint: expected text, found a number'],
  },
  ...agentCases,
];
