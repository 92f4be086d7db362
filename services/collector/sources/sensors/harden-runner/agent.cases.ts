// Reports of the agent as its source makes them, and what they become.
import type { SourceCase } from '../../../source-case.ts';

const AGENT = 'https://github.com/step-security/agent/blob/main/apiclient.go';

export const agentCases: readonly SourceCase[] = [
  {
    name: 'the agent reports a connection, and one that it dropped',
    reference: AGENT,
    record: {
      repository: 'harbor/shop',
      run_id: '16450863125',
      job: 'build',
      body: [
        {
          ipAddress: '198.51.100.7',
          port: '443',
          domainName: 'registry.example.',
          timestamp: '2026-03-10T11:30:00.123Z',
          tool: { name: 'npm', sha256: 'e3b0', parent: null },
        },
        {
          ipAddress: '203.0.113.9',
          port: '4444(krb524)',
          timestamp: '2026-03-10T11:30:01Z',
          tool: { name: 'Unknown', sha256: 'Unknown', parent: null },
          status: 'Dropped',
        },
      ],
    },
    drafts: [
      {
        kind: 'connection',
        detail: { host: 'registry.example', address: '198.51.100.7', port: 443 },
        process: { executable: 'npm' },
        vcs: { repository: { name: 'harbor/shop' } },
        cicd: { pipeline: { run: { id: '16450863125' }, task: { name: 'build' } } },
        observed_at: Date.parse('2026-03-10T11:30:00.123Z'),
      },
      { kind: 'connection', detail: { address: '203.0.113.9', port: 4444, verdict: 'blocked' } },
    ],
  },
  {
    name: 'the agent reports a name that it let pass, and one that it did not',
    reference: AGENT,
    record: {
      body: [
        { domainName: 'registry.example.', ipAddress: '198.51.100.7', timestamp: '2026-03-10T11:30:00Z' },
        {
          domainName: 'drop.example.',
          ipAddress: '54.185.253.63',
          timestamp: '2026-03-10T11:30:01Z',
          matched_policy: 'global_blocklist',
          reason: 'exfiltration',
        },
      ],
    },
    drafts: [
      { kind: 'dns', detail: { name: 'registry.example', addresses: ['198.51.100.7'] } },
      { kind: 'dns', detail: { name: 'drop.example', verdict: 'blocked' } },
    ],
  },
  {
    name: 'the agent’s own events of a program and of a file',
    reference: 'https://github.com/step-security/agent/blob/main/procmon.go',
    record: {
      body: [
        {
          EventType: 'procmon',
          Exe: '/usr/bin/curl',
          ProcessArguments: ['curl', '-sSf', 'x.example'],
          Pid: '9',
          PPid: '7',
          Euid: '1001',
          Timestamp: '2026-03-10T11:30:00Z',
        },
        {
          EventType: 'filemon',
          Exe: '/usr/bin/tee',
          FileName: 'app.js',
          Path: '/home/runner/work/shop/shop',
          Syscall: 'openat',
          Pid: '10',
          PPid: '7',
        },
      ],
    },
    drafts: [
      {
        kind: 'process',
        detail: { action: 'start' },
        process: {
          executable: '/usr/bin/curl',
          command_line: 'curl -sSf x.example',
          pid: 9,
          user: '1001',
          ancestors: [{ pid: 7 }],
        },
      },
      { kind: 'file', detail: { action: 'write', path: '/home/runner/work/shop/shop/app.js' } },
    ],
  },
];
