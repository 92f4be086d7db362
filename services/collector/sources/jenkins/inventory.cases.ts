// Cases of jenkins.inventory: what Jenkins is set to, and what it was before.
import type { SourceCase } from '../../source-case.ts';

const API = 'https://www.jenkins.io/doc/book/using/remote-access-api/';
const COMPUTER = 'https://javadoc.jenkins.io/hudson/model/Computer.html';
const PLUGIN = 'https://javadoc.jenkins.io/hudson/PluginWrapper.html';
const EXPORT = 'https://github.com/jenkinsci/configuration-as-code-plugin/blob/master/docs/features/configExport.md';
const STRATEGY = 'globalMatrix.entries[group authenticated].permissions';

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
  {
    name: 'Jenkins says that it is at another address',
    reference: EXPORT,
    record: {
      body: {
        kind: 'setting',
        what: 'configuration',
        change: 'changed',
        name: 'unclassified.location',
        revision: 3,
        before: { adminAddress: 'ops@example.org', url: 'https://jenkins.example.org/' },
        after: { adminAddress: 'ops@example.org', url: 'https://jenkins.example.net/' },
      },
    },
    drafts: [
      {
        kind: 'setting',
        native_type: 'setting.changed',
        detail: {
          action: 'configuration.changed',
          name: 'unclassified.location: url',
          from: 'https://jenkins.example.org/',
          to: 'https://jenkins.example.net/',
        },
      },
    ],
  },
  {
    name: 'All who sign in may administer',
    reference: EXPORT,
    record: {
      body: {
        kind: 'protection',
        what: 'configuration',
        change: 'changed',
        name: 'jenkins.authorizationStrategy',
        revision: 4,
        before: { [STRATEGY]: ['Overall/Read'] },
        after: { [STRATEGY]: ['Overall/Administer', 'Overall/Read'] },
      },
    },
    drafts: [
      {
        kind: 'protection',
        native_type: 'protection.changed',
        detail: { change: 'removed', what: `configuration: ${STRATEGY}`, target: 'jenkins.authorizationStrategy' },
      },
    ],
  },
  {
    name: 'Somebody loses a permission',
    reference: EXPORT,
    record: {
      body: {
        kind: 'protection',
        what: 'configuration',
        change: 'changed',
        name: 'jenkins.authorizationStrategy',
        revision: 5,
        before: { 'globalMatrix.permissions': ['USER:Overall/Administer:mara', 'USER:Overall/Administer:noor'] },
        after: { 'globalMatrix.permissions': ['USER:Overall/Administer:noor'] },
      },
    },
    drafts: [
      {
        kind: 'protection',
        detail: { change: 'changed', what: 'configuration', target: 'jenkins.authorizationStrategy' },
      },
    ],
  },
];
