// Cases of jenkins.inventory: what Jenkins is set to, and what it was before.
import type { SourceCase } from '../../source-case.ts';

const API = 'https://www.jenkins.io/doc/book/using/remote-access-api/';
const COMPUTER = 'https://javadoc.jenkins.io/hudson/model/Computer.html';
const PLUGIN = 'https://javadoc.jenkins.io/hudson/PluginWrapper.html';

export const cases: readonly SourceCase[] = [
  {
    name: 'Security is switched off',
    reference: API,
    record: {
      body: {
        kind: 'protection',
        what: 'security',
        change: 'changed',
        name: 'security',
        revision: 1,
        before: { security: true, crumbs: true },
        after: { security: false, crumbs: true },
      },
    },
    drafts: [
      {
        kind: 'protection',
        native_type: 'protection.changed',
        detail: { change: 'removed', what: 'security: security', target: 'security' },
      },
    ],
  },
  {
    name: 'A node is taken out of service',
    reference: COMPUTER,
    record: {
      body: {
        kind: 'runner',
        what: 'node',
        change: 'changed',
        name: 'builder-3',
        revision: 2,
        before: { paused: false, executors: 2, labels: ['linux'] },
        after: { paused: true, reason: 'quarantine', executors: 2, labels: ['linux'] },
      },
    },
    drafts: [
      {
        kind: 'runner',
        native_type: 'runner.changed',
        cicd: { worker: { name: 'builder-3', labels: ['linux'] } },
        detail: { action: 'node.changed' },
      },
    ],
  },
  {
    name: 'A node appears',
    reference: COMPUTER,
    record: {
      body: {
        kind: 'runner',
        what: 'node',
        change: 'added',
        name: 'builder-9',
        revision: 3,
        after: { paused: false, executors: 8, labels: [] },
      },
    },
    drafts: [{ kind: 'runner', native_type: 'runner.added', detail: { action: 'node.added' } }],
  },
  {
    name: 'A plugin is installed',
    reference: PLUGIN,
    record: {
      body: {
        kind: 'plugin',
        what: 'plugin',
        change: 'added',
        name: 'script-realm',
        revision: 1,
        after: { version: '1.5', enabled: true },
      },
    },
    drafts: [
      { kind: 'integration', native_type: 'plugin.added', detail: { action: 'plugin.added', name: 'script-realm' } },
    ],
  },
  {
    name: 'A plugin has another version',
    reference: PLUGIN,
    record: {
      body: {
        kind: 'plugin',
        what: 'plugin',
        change: 'changed',
        name: 'git',
        revision: 2,
        before: { version: '5.2.1', enabled: true },
        after: { version: '5.2.2', enabled: true },
      },
    },
    drafts: [{ kind: 'integration', detail: { action: 'plugin.changed', name: 'git' } }],
  },
];
