// Records as Tetragon's documentation shows them, on runners, and what they become.
import type { SourceCase } from '../../source-case.ts';
import { hookCases, python, shell } from './tetragon/hooks.cases.ts';

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
  ...hookCases,
];
