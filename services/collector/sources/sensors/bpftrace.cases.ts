// Lines as bpftrace printed them for deploy/sensors/bpftrace/pipewarden.bt on a Linux machine, and what they become.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://github.com/bpftrace/bpftrace/blob/master/man/adoc/bpftrace.adoc';
const head =
  '"time":"2026-03-10T11:07:05.290469Z","host":"ci-runner-3","pid":2609,"ppid":2608,"uid":1001,"cgroup":4243';

export const cases: readonly SourceCase[] = [
  {
    name: 'a program starts, with its arguments as they lie in its memory',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"process",${head},"pcomm":"bash","path":"/usr/bin/curl","args":"curl\\x00-sS\\x00-m\\x002\\x00http://caf\\xc3\\xa9.example/a b\\x00"}\n`,
      },
    },
    drafts: [
      {
        kind: 'process',
        native_type: 'process',
        detail: { action: 'start' },
        observed_at: Date.parse('2026-03-10T11:07:05.290Z'),
        process: {
          executable: '/usr/bin/curl',
          command_line: 'curl -sS -m 2 http://café.example/a b',
          pid: 2609,
          user: '1001',
          ancestors: [{ executable: 'bash', pid: 2608 }],
        },
        host: { name: 'ci-runner-3', cgroup: '4243' },
        cicd: { worker: { name: 'ci-runner-3' } },
      },
    ],
  },
  {
    name: 'a program whose file is named so as to feign another type, another host and another process',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"process",${head},"pcomm":"a"b\\c","path":"/tmp/x","type":"exit","host":"other","pid":1,"y":"","args":"x\\x00"}\n`,
      },
    },
    drafts: [
      {
        kind: 'process',
        detail: { action: 'start' },
        process: {
          executable: '/tmp/x","type":"exit","host":"other","pid":1,"y":"',
          pid: 2609,
          ancestors: [{ executable: 'a"b\\c' }],
        },
        host: { name: 'ci-runner-3' },
      },
    ],
  },
  {
    name: 'arguments that are longer than what the sensor keeps: the last word could be half a secret',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"process",${head},"pcomm":"sh","path":"/bin/sh","args":"sh\\x00-c\\x00curl -H Token:abc"}\n`,
      },
    },
    drafts: [{ kind: 'process', process: { command_line: 'sh -c curl -H …' } }],
  },
  {
    name: 'a name in a message to port 53',
    reference: 'https://www.rfc-editor.org/rfc/rfc1035#section-3.1',
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"query",${head},"pcomm":"bash","comm":"python3","question":"\\x06Mirror\\x04shop\\x07example\\x00\\x00\\x01\\x00\\x01"}\n`,
      },
    },
    drafts: [{ kind: 'dns', detail: { name: 'mirror.shop.example' }, process: { executable: 'python3' } }],
  },
  {
    name: 'a name that is cut off says so',
    reference: 'https://www.rfc-editor.org/rfc/rfc1035#section-3.1',
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"query",${head},"pcomm":"sh","comm":"dig","question":"0${'a'.repeat(48)}\\x20${'b'.repeat(9)}"}`,
      },
    },
    drafts: [{ kind: 'dns', detail: { name: `${'a'.repeat(48)}.${'b'.repeat(9)}…` } }],
  },
  {
    name: 'a name that a program asks its C library for, as a line of its own',
    reference,
    record: {
      body: {
        v: 1,
        type: 'dns',
        time: '2026-03-10T11:07:05Z',
        host: 'ci-runner-3',
        pid: 7,
        ppid: 5,
        uid: 0,
        comm: 'git',
        name: 'code.example',
      },
    },
    drafts: [{ kind: 'dns', detail: { name: 'code.example' }, process: { executable: 'git', user: '0' } }],
  },
  {
    name: 'a connection, and a datagram without one',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"connect",${head},"transport":"udp","address":"2001:db8::50","port":443,"pcomm":"bash","comm":"curl"}\n`,
      },
    },
    drafts: [
      { kind: 'connection', detail: { address: '2001:db8::50', port: 443, transport: 'udp', direction: 'egress' } },
    ],
  },
  {
    name: 'a file of the system is opened for writing',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"open",${head},"flags":524865,"pcomm":"bash","comm":"tee","path":"/etc/ld.so.preload"}\n`,
      },
    },
    drafts: [{ kind: 'file', detail: { action: 'write', path: '/etc/ld.so.preload' } }],
  },
  {
    name: 'a file name in UTF-8, as bpftrace 0.17 escapes it, and one that is none',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"open",${head},"flags":577,"pcomm":"sh","comm":"sh","path":"/srv/.aws/caf\uffffffc3\uffffffa9\uffffffff"}\n`,
      },
    },
    drafts: [{ kind: 'file', detail: { action: 'write', path: '/srv/.aws/café\ufffd' } }],
  },
  {
    name: 'another process’s memory is opened as a file',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"open",${head},"flags":524288,"pcomm":"bash","comm":"python3","path":"/proc/1873/mem"}\n`,
      },
    },
    drafts: [{ kind: 'memory', detail: { action: 'read', target: { pid: 1873 } } }],
  },
  {
    name: 'a debugger attaches',
    reference,
    record: {
      body: {
        type: 'printf',
        data: `{"v":1,"type":"memory",${head},"action":"trace","target":1873,"pcomm":"bash","comm":"gdb"}\n`,
      },
    },
    drafts: [{ kind: 'memory', detail: { action: 'trace', target: { pid: 1873 } }, process: { executable: 'gdb' } }],
  },
  {
    name: 'the sensor is alive',
    reference,
    record: {
      body: {
        type: 'printf',
        data: '{"v":1,"type":"alive","time":"2026-03-10T11:08:05.290469Z","host":"ci-runner-3"}\n',
      },
    },
    drafts: [{ kind: 'tick', native_type: 'alive', cicd: { worker: { name: 'ci-runner-3' } } }],
  },
  {
    name: 'the sensor lost events',
    reference,
    record: { body: { type: 'lost_events', data: { events: 812 } } },
    drafts: [{ kind: 'alert', detail: { action: 'blind', tool: 'bpftrace', title: '812 events were lost' } }],
  },
  {
    name: 'the sensor is stopped',
    reference,
    record: {
      body: {
        type: 'printf',
        data: '{"v":1,"type":"stop","time":"2026-03-10T11:09:05.290469Z","host":"ci-runner-3"}\n',
      },
    },
    drafts: [{ kind: 'alert', detail: { action: 'blind', rule: 'stop' }, host: { name: 'ci-runner-3' } }],
  },
  {
    name: 'what bpftrace says of itself, and a field of the wrong type',
    reference,
    record: { body: { type: 'attached_probes', data: { probes: 17 }, host: 7 } },
    drafts: [{ kind: 'other', detail: { type: 'attached_probes' } }],
    notes: ['host: expected text, found a number'],
  },
];
