// Hooks of tracing policies as Tetragon's documentation shows them, on runners, and what they become.
import type { SourceCase } from '../../../source-case.ts';

export const shell = {
  exec_id: 'YXJjOjE6Nw==',
  pid: 7,
  uid: 1001,
  cwd: '/home/runner',
  binary: '/usr/bin/bash',
  flags: 'execve clone',
};
export const python = {
  exec_id: 'YXJjOjI6OQ==',
  pid: 9,
  uid: 0,
  cwd: '/home/runner/work/shop/shop',
  binary: '/usr/bin/python3',
  arguments: 'dump.py',
  flags: 'execve clone',
  parent_exec_id: 'YXJjOjE6Nw==',
};

export const hookCases: readonly SourceCase[] = [
  {
    name: 'a program writes a watched file, in the checkout of a GitLab project',
    reference: 'https://tetragon.io/docs/use-cases/filename-access/',
    record: {
      body: {
        process_kprobe: {
          process: { ...python, cwd: '/builds/payments/api' },
          parent: shell,
          function_name: 'security_file_permission',
          args: [{ file_arg: { path: '/etc/ld.so.preload', permission: '-rw-r--r--' } }, { int_arg: 2 }],
          return: { int_arg: 0 },
          action: 'KPROBE_ACTION_POST',
          policy_name: 'file-monitoring',
        },
        node_name: 'shared-3',
        time: '2026-03-10T11:24:00Z',
      },
    },
    drafts: [
      {
        kind: 'file',
        detail: { action: 'write', path: '/etc/ld.so.preload' },
        vcs: { provider: { name: 'gitlab' }, repository: { name: 'payments/api' } },
        cicd: { worker: { name: 'shared-3' } },
        host: { name: 'shared-3' },
      },
    ],
  },
  {
    name: 'the memory of the runner’s worker is read',
    reference: 'https://tetragon.io/docs/concepts/tracing-policy/hooks/#lsm-bpf',
    record: {
      body: {
        process_lsm: {
          process: python,
          parent: shell,
          function_name: 'file_open',
          args: [{ file_arg: { path: '/proc/1873/mem', permission: '-rw-------' } }],
          action: 'KPROBE_ACTION_POST',
          policy_name: 'worker-memory',
        },
        node_name: 'GitHub Actions 12',
        time: '2026-03-10T11:24:01Z',
      },
    },
    drafts: [
      {
        kind: 'memory',
        detail: { action: 'read', target: { pid: 1873 } },
        process: { pid: 9 },
        cicd: { worker: { name: 'GitHub Actions 12' } },
      },
    ],
  },
  {
    name: 'ptrace writes a word into another process',
    reference: 'https://tetragon.io/docs/concepts/tracing-policy/hooks/#system-calls',
    record: {
      body: {
        process_tracepoint: {
          process: python,
          subsys: 'syscalls',
          event: 'sys_enter_ptrace',
          args: [{ long_arg: '4' }, { long_arg: '1873' }],
        },
        node_name: 'agent-1',
        time: '2026-03-10T11:24:02Z',
      },
    },
    drafts: [{ kind: 'memory', native_type: 'process_tracepoint', detail: { action: 'write', target: { pid: 1873 } } }],
  },
  {
    name: 'a name is looked up through the C library',
    reference: 'https://tetragon.io/docs/concepts/tracing-policy/hooks/#uprobes',
    record: {
      body: {
        process_uprobe: {
          process: python,
          path: '/usr/lib/x86_64-linux-gnu/libc.so.6',
          symbol: 'getaddrinfo',
          policy_name: 'dns-lookups',
          args: [{ string_arg: 'Paste.Example.' }],
        },
        node_name: 'agent-1',
        time: '2026-03-10T11:24:03Z',
      },
    },
    drafts: [{ kind: 'dns', detail: { name: 'paste.example' }, process: { executable: '/usr/bin/python3' } }],
  },
  {
    name: 'a connection is opened, and its program killed for it',
    reference: 'https://tetragon.io/docs/concepts/tracing-policy/selectors/#sigkill-action',
    record: {
      body: {
        process_kprobe: {
          process: { ...python, cwd: '/home/jenkins/workspace/gateway-build@2' },
          function_name: 'tcp_connect',
          args: [
            {
              sock_arg: {
                family: 'AF_INET6',
                type: 'SOCK_STREAM',
                protocol: 'IPPROTO_TCP',
                saddr: '2001:db8::7',
                daddr: '2001:db8::50',
                sport: 40312,
                dport: 443,
                cookie: '18446616211634274432',
                state: 'TCP_SYN_SENT',
              },
            },
          ],
          action: 'KPROBE_ACTION_SIGKILL',
          policy_name: 'connect-only-local',
        },
        node_name: 'agent-1',
        time: '2026-03-10T11:24:04Z',
      },
    },
    drafts: [
      {
        kind: 'connection',
        detail: { address: '2001:db8::50', port: 443, transport: 'tcp', direction: 'egress', verdict: 'blocked' },
        cicd: { pipeline: { name: 'gateway-build' }, worker: { name: 'agent-1' } },
      },
    ],
  },
  {
    name: 'a kernel module is loaded',
    reference: 'https://tetragon.io/docs/use-cases/host-system-changes/linux-kernel-modules/',
    record: {
      body: {
        process_kprobe: {
          process: {
            exec_id: 'OjEzMTg6ODI=',
            pid: 82,
            uid: 0,
            cwd: '/tmp',
            binary: '/usr/sbin/insmod',
            arguments: 'hello.ko',
          },
          parent: {
            exec_id: 'OjEzMTc6ODE=',
            pid: 81,
            uid: 1000,
            cwd: '/tmp',
            binary: '/usr/bin/sudo',
            arguments: 'insmod hello.ko',
          },
          function_name: 'do_init_module',
          args: [{ module_arg: { name: 'hello', tainted: ['TAINT_OUT_OF_TREE_MODULE', 'TAINT_UNSIGNED_MODULE'] } }],
          action: 'KPROBE_ACTION_POST',
        },
        time: '2026-03-10T11:24:05Z',
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: { action: 'raised', tool: 'tetragon', rule: 'do_init_module', title: 'do_init_module hello' },
        process: { executable: '/usr/sbin/insmod', ancestors: [{ executable: '/usr/bin/sudo' }] },
      },
    ],
  },
  {
    name: 'a hook that no kind of activity carries, under a policy whose author gave no words',
    reference: 'https://tetragon.io/docs/use-cases/linux-process-credentials/syscalls-monitoring/',
    record: {
      body: {
        process_kprobe: {
          process: python,
          function_name: '__x64_sys_setuid',
          args: [{ int_arg: 0 }],
          action: 'KPROBE_ACTION_POST',
        },
        node_name: 'agent-1',
        time: '2026-03-10T11:25:01Z',
      },
    },
    drafts: [{ kind: 'other', detail: { type: 'process_kprobe/__x64_sys_setuid' } }],
  },
  {
    name: 'the same, where the policy says what it means',
    reference: 'https://tetragon.io/docs/concepts/tracing-policy/hooks/#message-field',
    record: {
      body: {
        process_kprobe: {
          process: python,
          function_name: '__x64_sys_setuid',
          args: [{ int_arg: 0 }],
          action: 'KPROBE_ACTION_POST',
          policy_name: 'privileges-setuid-root',
          message: 'Privilege elevation',
        },
        node_name: 'agent-1',
        time: '2026-03-10T11:25:02Z',
      },
    },
    drafts: [
      { kind: 'alert', detail: { action: 'raised', rule: 'privileges-setuid-root', title: 'Privilege elevation' } },
    ],
  },
];
