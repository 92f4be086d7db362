// Records as Tetragon's documentation shows them, on runners, and what they become.
import type { SourceCase } from '../../source-case.ts';

const shell = {
  exec_id: 'YXJjOjE6Nw==',
  pid: 7,
  uid: 1001,
  cwd: '/home/runner',
  binary: '/usr/bin/bash',
  flags: 'execve clone',
};
const python = {
  exec_id: 'YXJjOjI6OQ==',
  pid: 9,
  uid: 0,
  cwd: '/home/runner/work/shop/shop',
  binary: '/usr/bin/python3',
  arguments: 'dump.py',
  flags: 'execve clone',
  parent_exec_id: 'YXJjOjE6Nw==',
};

export const cases: readonly SourceCase[] = [
  {
    name: 'a program starts in the pod of a runner that Actions Runner Controller made for one organization',
    reference: 'https://tetragon.io/docs/concepts/events/',
    record: {
      body: {
        process_exec: {
          process: {
            ...python,
            pod: {
              namespace: 'arc-runners',
              name: 'arc-shop-x7k2p-runner-9qwzt',
              container: {
                id: 'containerd://551e161c47d8ff0eb665438a7bcd5b4e3ef5a297282b40a92b7c77d6bd168eb3',
                name: 'runner',
                image: {
                  id: 'ghcr.io/actions/actions-runner@sha256:8e86',
                  name: 'ghcr.io/actions/actions-runner:latest',
                },
                start_time: '2026-03-10T11:21:41Z',
                pid: 49,
              },
              pod_labels: {
                'actions.github.com/organization': 'harbor',
                'actions.github.com/scale-set-name': 'arc-shop',
                'app.kubernetes.io/component': 'runner',
              },
              workload: 'arc-shop-x7k2p-runner-9qwzt',
            },
            docker: '551e161c47d8ff0eb665438a7bcd5b4',
          },
          parent: shell,
          ancestors: [
            { exec_id: 'YXJjOjA6NQ==', pid: 5, binary: '/home/runner/bin/Runner.Worker', arguments: 'spawnclient 1 2' },
          ],
        },
        node_name: 'gke-ci-pool-1-9s95',
        time: '2026-03-10T11:23:57.700326678Z',
      },
    },
    drafts: [
      {
        kind: 'process',
        native_type: 'process_exec',
        detail: { action: 'start' },
        observed_at: Date.parse('2026-03-10T11:23:57.700Z'),
        organization: 'harbor',
        vcs: { repository: { name: 'harbor/shop' } },
        cicd: { worker: { name: 'arc-shop-x7k2p-runner-9qwzt', labels: ['arc-shop'] } },
        process: {
          executable: '/usr/bin/python3',
          command_line: '/usr/bin/python3 dump.py',
          pid: 9,
          entity_id: 'YXJjOjI6OQ==',
          working_directory: '/home/runner/work/shop/shop',
          user: '0',
          ancestors: [
            { executable: '/usr/bin/bash', pid: 7 },
            {
              executable: '/home/runner/bin/Runner.Worker',
              command_line: '/home/runner/bin/Runner.Worker spawnclient 1 2',
            },
          ],
        },
        host: {
          name: 'gke-ci-pool-1-9s95',
          pod: { name: 'arc-shop-x7k2p-runner-9qwzt', namespace: 'arc-runners' },
          container: {
            id: '551e161c47d8ff0eb665438a7bcd5b4e3ef5a297282b40a92b7c77d6bd168eb3',
            name: 'runner',
            image: 'ghcr.io/actions/actions-runner:latest',
          },
        },
      },
    ],
  },
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
    name: 'a shared library is loaded',
    reference: 'https://tetragon.io/docs/reference/grpc-api/#processloader',
    record: {
      body: {
        process_loader: { process: python, path: '/tmp/libhook.so', buildid: '1IRs2O' },
        node_name: 'agent-1',
        time: '2026-03-10T11:24:06Z',
      },
    },
    drafts: [{ kind: 'file', detail: { action: 'read', path: '/tmp/libhook.so' } }],
  },
  {
    name: 'the sensor drops events of a busy cgroup, and of all',
    reference: 'https://tetragon.io/docs/concepts/cgroup-rate/',
    record: {
      body: {
        process_throttle: { type: 'THROTTLE_START', cgroup: 'session-429.scope' },
        node_name: 'agent-1',
        time: '2026-03-10T11:24:07Z',
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: { action: 'blind', rule: 'cgroup rate', title: 'Events of session-429.scope are not told for now' },
        cicd: { worker: { name: 'agent-1' } },
      },
    ],
  },
  {
    name: 'more events than the export may carry',
    reference: 'https://tetragon.io/docs/reference/grpc-api/#ratelimitinfo',
    record: {
      body: {
        rate_limit_info: { number_of_dropped_process_events: '812' },
        node_name: 'agent-1',
        time: '2026-03-10T11:25:00Z',
      },
    },
    drafts: [{ kind: 'alert', detail: { action: 'blind', title: '812 events were dropped' } }],
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
  {
    name: 'fields of the wrong type',
    reference: 'https://tetragon.io/docs/reference/grpc-api/#process',
    record: {
      body: {
        process_exec: { process: { ...python, pid: '9', arguments: ['dump.py'], pod: 'none' }, parent: [] },
        node_name: 'agent-1',
        time: '{{ .Time }}',
      },
    },
    drafts: [{ kind: 'process', process: { executable: '/usr/bin/python3', user: '0' }, host: { name: 'agent-1' } }],
    notes: [
      'time: expected a time, found text',
      'parent: expected an object, found a list',
      'arguments: expected text, found a list',
      'pid: expected a number, found text',
      'pod: expected an object, found text',
    ],
  },
];
