// Network events as Tracee's documentation shows them, on runners, and what they become.
import type { SourceCase } from '../../../source-case.ts';

export const job = {
  processorId: 0,
  processId: 441,
  cgroupId: 7408,
  threadId: 441,
  parentProcessId: 431,
  hostProcessId: 4741,
  hostThreadId: 4741,
  hostParentProcessId: 4729,
  userId: 1001,
  mountNamespace: 4026532733,
  pidNamespace: 4026532734,
  processName: 'python3',
  executable: { path: '/usr/bin/python3' },
  hostName: 'ci-runner-3',
  containerId: '',
  container: {},
  kubernetes: {},
  syscall: '',
  stackAddresses: [0],
  contextFlags: { containerStarted: false, isCompat: false },
  threadEntityId: 3489249124,
  processEntityId: 3999221038,
  parentEntityId: 3069802613,
};

export const newer = {
  process: {
    executable: { path: '/usr/bin/python3' },
    unique_id: 1456331834,
    host_pid: 4741,
    pid: 441,
    real_user: { id: 1001 },
    thread: { name: 'python3', host_tid: 4741, tid: 441, syscall: 'openat' },
    ancestors: [{ executable: { path: '/usr/bin/bash' }, unique_id: 91, host_pid: 4729, pid: 431 }],
  },
  container: {
    id: 'ae95a93ce0c2f1b824ac4b205e4d1a3c8f724d663626c1ad23576efec64318de',
    name: 'runner',
    image: { id: 'sha256:abc', name: 'ghcr.io/actions/actions-runner:latest' },
    started: true,
  },
  k8s: { pod: { name: 'arc-shop-x7k2p-runner-9qwzt', uid: '0f7ad251' }, namespace: { name: 'arc-runners' } },
};

export const networkCases: readonly SourceCase[] = [
  {
    name: 'a name is resolved',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/events/builtin/network-events/',
    record: {
      body: {
        ...job,
        timestamp: 1773142280257384000,
        processName: 'systemd-resolve',
        executable: { path: '' },
        eventId: '2006',
        eventName: 'net_packet_dns',
        argsNum: 5,
        returnValue: 0,
        args: [
          { name: 'src', type: 'const char*', value: '8.8.8.8' },
          { name: 'dst', type: 'const char*', value: '192.168.200.50' },
          { name: 'src_port', type: 'u16', value: 53 },
          { name: 'dst_port', type: 'u16', value: 36031 },
          {
            name: 'proto_dns',
            type: 'trace.ProtoDNS',
            value: {
              ID: 57779,
              QR: 1,
              opCode: 'query',
              questions: [{ name: 'www.shop.example', type: 'A', class: 'IN' }],
              answers: [
                { name: 'www.shop.example', type: 'CNAME', class: 'IN', TTL: 300, IP: '', CNAME: 'edge.example' },
                { name: 'edge.example', type: 'A', class: 'IN', TTL: 60, IP: '198.51.100.53', CNAME: '' },
              ],
            },
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'dns',
        detail: { name: 'www.shop.example', type: 'A', addresses: ['198.51.100.53'] },
        process: { executable: 'systemd-resolve', entity_id: '3999221038' },
        cicd: { worker: { name: 'ci-runner-3' } },
      },
    ],
  },
  {
    name: 'a connection goes out, with the name that was resolved to its address',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/events/builtin/man/misc/net_tcp_connect/',
    record: {
      body: {
        ...job,
        timestamp: 1773142290000000000,
        eventId: '2015',
        eventName: 'net_tcp_connect',
        argsNum: 3,
        returnValue: 0,
        args: [
          { name: 'dst', type: 'const char*', value: '198.51.100.53' },
          { name: 'dst_port', type: 'int', value: 443 },
          { name: 'dst_dns', type: 'const char **', value: ['www.shop.example'] },
        ],
      },
    },
    drafts: [
      {
        kind: 'connection',
        detail: {
          host: 'www.shop.example',
          address: '198.51.100.53',
          port: 443,
          transport: 'tcp',
          direction: 'egress',
        },
      },
    ],
  },
  {
    name: 'a socket is connected over IPv6, by a hook of the kernel',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/events/builtin/man/lsm/security_socket_connect/',
    record: {
      body: {
        timestamp: '2026-03-10T11:32:00Z',
        id: 1036,
        name: 'security_socket_connect',
        workload: newer,
        data: [
          { name: 'sockfd', int32: 5 },
          { name: 'type', str: 'SOCK_STREAM' },
          { name: 'remote_addr', sockaddr: { sa_family: 10, sin6_addr: '2001:db8::50', sin6_port: 443 } },
        ],
      },
    },
    drafts: [
      { kind: 'connection', detail: { address: '2001:db8::50', port: 443, transport: 'tcp', direction: 'egress' } },
    ],
  },
  {
    name: 'a request is read from a packet',
    reference: 'https://aquasecurity.github.io/tracee/latest/docs/events/builtin/man/network/net_packet_http_request/',
    record: {
      body: {
        timestamp: '2026-03-10T11:32:10Z',
        id: 2010,
        name: 'net_packet_http_request',
        workload: newer,
        data: [
          {
            name: 'metadata',
            packet_metadata: {
              src_ip: '10.1.1.4',
              dst_ip: '198.51.100.9',
              src_port: 45112,
              dst_port: 80,
              protocol: 6,
              packet_len: 612,
              direction: 3,
            },
          },
          {
            name: 'http_request',
            http_request: { method: 'POST', protocol: 'HTTP/1.1', host: 'drop.example:80', uri_path: '/u' },
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'connection',
        detail: {
          host: 'drop.example',
          address: '198.51.100.9',
          port: 80,
          direction: 'egress',
          path: '/u',
          bytes: 612,
        },
      },
    ],
  },
];
