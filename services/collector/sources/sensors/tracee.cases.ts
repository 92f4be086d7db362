// Records as Tracee's documentation and tests show them, on runners, and what they become.
import type { SourceCase } from '../../source-case.ts';
import { job, networkCases, newer } from './tracee/network.cases.ts';

export const cases: readonly SourceCase[] = [
  {
    name: 'a program starts, in the newer form as the documentation shows it',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/outputs/event-structure/',
    record: {
      body: {
        timestamp: { seconds: '1773142200', nanos: 123456789 },
        id: 'sched_process_exec',
        name: 'sched_process_exec',
        policies: { matched: ['default-policy'] },
        workload: {
          process: {
            thread: {
              name: 'bash',
              start_time: { seconds: '1773142150' },
              unique_id: 1234567890,
              host_tid: 12345,
              tid: 12345,
            },
            pid: { value: 12345 },
            real_user: { id: { value: 1000 } },
            executable: { path: '/usr/bin/bash' },
            ancestors: [{ unique_id: 9876543210, host_pid: 1234, pid: 1234 }],
          },
        },
        data: [
          { name: 'pathname', str: '/usr/bin/curl' },
          { name: 'argv', str_array: { value: ['curl', '-sSf', 'https://paste.example/x'] } },
          {
            name: 'env',
            str_array: {
              value: ['CI_PIPELINE_ID=812', 'CI_PROJECT_PATH=payments/api', 'CI_JOB_NAME=build', 'CI_JOB_ID=9'],
            },
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'process',
        native_type: 'sched_process_exec',
        detail: { action: 'start' },
        observed_at: 1773142200123,
        process: {
          executable: '/usr/bin/curl',
          command_line: 'curl -sSf https://paste.example/x',
          pid: 12345,
          user: '1000',
          ancestors: [{ pid: 1234 }],
        },
        vcs: { provider: { name: 'gitlab' }, repository: { name: 'payments/api' } },
        cicd: { pipeline: { run: { id: '812' }, task: { name: 'build', run: { id: '9' } } } },
      },
    ],
  },
  {
    name: 'a detector sees the worker’s memory opened, in the newer form as the sensor writes it',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/outputs/event-structure/#threat-detection-events',
    record: {
      body: {
        timestamp: '2026-03-10T11:31:00.123456789Z',
        id: 6023,
        name: 'proc_mem_access',
        policies: { matched: ['ci'] },
        workload: newer,
        threat: {
          description: 'Adversaries may access other processes memory to steal credentials and secrets.',
          mitre: { tactic: { name: 'Credential Access' }, technique: { id: 'T1003.007', name: 'Proc Filesystem' } },
          severity: 3,
          name: 'Process memory access detected',
          properties: { Category: 'credential-access', signatureID: 'TRC-1023' },
        },
        detected_from: {
          id: 1032,
          name: 'security_file_open',
          data: [
            { name: 'pathname', str: '/proc/1873/mem' },
            { name: 'flags', int32: 32768 },
          ],
        },
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: {
          action: 'raised',
          tool: 'tracee',
          rule: 'TRC-1023',
          title: 'Process memory access detected',
          level: 'high',
        },
        cicd: { worker: { name: 'arc-shop-x7k2p-runner-9qwzt' } },
      },
      {
        kind: 'memory',
        detail: { action: 'read', target: { pid: 1873 } },
        observed_at: Date.parse('2026-03-10T11:31:00.123Z'),
        process: {
          executable: '/usr/bin/python3',
          pid: 4741,
          entity_id: '1456331834',
          ancestors: [{ executable: '/usr/bin/bash', pid: 4729 }],
        },
        host: {
          pod: { name: 'arc-shop-x7k2p-runner-9qwzt', namespace: 'arc-runners' },
          container: { name: 'runner', image: 'ghcr.io/actions/actions-runner:latest' },
        },
      },
    ],
  },
  {
    name: 'a signature of the older form, in a container',
    reference: 'https://aquasecurity.github.io/tracee/v0.11/docs/installing/kubernetes/',
    record: {
      body: {
        ...job,
        timestamp: 1773142260900822300,
        processName: 'dpkg',
        executable: { path: '' },
        hostName: 'app-75ff449bcd-',
        containerId: 'ae95a93ce0c2f1b824ac4b205e4d1a3c8f724d663626c1ad23576efec64318de',
        containerImage: 'docker.io/library/ubuntu:latest',
        containerName: 'app',
        podName: 'app-75ff449bcd-hfwnz',
        podNamespace: 'default',
        eventId: '6029',
        eventName: 'New executable dropped',
        argsNum: 1,
        returnValue: 32768,
        args: [{ name: 'path', type: 'const char *', value: '/usr/bin/strace.dpkg-new' }],
        metadata: {
          Version: '1',
          Description: 'An Executable file was dropped in the system during runtime.',
          Tags: null,
          Properties: {
            Category: 'defense-evasion',
            Severity: 2,
            signatureID: 'TRC-1022',
            signatureName: 'New executable dropped',
          },
        },
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: {
          rule: 'TRC-1022',
          title: 'New executable dropped',
          level: 'medium',
          location: { path: '/usr/bin/strace.dpkg-new' },
        },
        observed_at: 1773142260900,
        process: { executable: 'dpkg', pid: 4741, ancestors: [{ pid: 4729 }] },
        host: {
          name: 'app-75ff449bcd-',
          pod: { name: 'app-75ff449bcd-hfwnz' },
          container: { name: 'app' },
          cgroup: '7408',
        },
        cicd: { worker: { name: 'app-75ff449bcd-hfwnz' } },
      },
    ],
  },
  {
    name: 'a file is opened for writing',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/events/builtin/man/lsm/security_file_open/',
    record: {
      body: {
        ...job,
        timestamp: 1773142340000000000,
        eventId: '730',
        eventName: 'security_file_open',
        argsNum: 2,
        returnValue: 0,
        args: [
          { name: 'pathname', type: 'const char*', value: '/etc/ld.so.preload' },
          { name: 'flags', type: 'string', value: 'O_WRONLY|O_CREAT|O_LARGEFILE' },
        ],
      },
    },
    drafts: [{ kind: 'file', detail: { action: 'write', path: '/etc/ld.so.preload' } }],
  },
  {
    name: 'another process’s memory is read by a system call',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/events/builtin/syscalls/',
    record: {
      body: {
        ...job,
        timestamp: 1773142350000000000,
        eventId: '310',
        eventName: 'process_vm_readv',
        argsNum: 2,
        returnValue: 4096,
        args: [
          { name: 'pid', type: 'pid_t', value: 1873 },
          { name: 'local_iov', type: 'const struct iovec*', value: 140722 },
        ],
      },
    },
    drafts: [{ kind: 'memory', detail: { action: 'read', target: { pid: 1873 } } }],
  },
  {
    name: 'a program that could not be started, at a time since the machine’s start',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/events/builtin/syscalls/',
    record: {
      body: {
        ...job,
        timestamp: 42260900822300,
        eventId: '59',
        eventName: 'execve',
        argsNum: 1,
        returnValue: -2,
        args: [{ name: 'pathname', type: 'const char*', value: '/usr/local/bin/none' }],
      },
    },
    drafts: [{ kind: 'other', detail: { type: 'execve' }, process: { executable: '/usr/bin/python3' } }],
  },
  {
    name: 'fields of the wrong type',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/outputs/event-structure/',
    record: {
      body: {
        ...job,
        timestamp: 'soon',
        hostName: 7,
        eventName: 'security_file_open',
        args: { pathname: '/etc/shadow' },
      },
    },
    drafts: [{ kind: 'other', detail: { type: 'security_file_open' }, process: { executable: '/usr/bin/python3' } }],
    notes: [
      'args: expected a list, found an object',
      'timestamp: expected a time, found text',
      'hostName: expected text, found a number',
    ],
  },
  ...networkCases,
];
