// Cases of buildbot.inventory: what Buildbot is set to, and what it was before.
import type { SourceCase } from '../../source-case.ts';

const WORKER = 'https://docs.buildbot.net/latest/developer/raml/worker.html';
const BUILDER = 'https://docs.buildbot.net/latest/developer/raml/builder.html';
const SCHEDULER = 'https://docs.buildbot.net/latest/developer/raml/scheduler.html';
const worker = { kind: 'runner', what: 'worker', name: 'worker-3' };
const state = { paused: false, graceful: false, connected: true, builders: ['1'], version: '4.3.0' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A worker is paused',
    reference: WORKER,
    record: {
      body: {
        ...worker,
        change: 'changed',
        revision: 1,
        before: state,
        after: { ...state, paused: true, reason: 'quarantine' },
      },
    },
    drafts: [
      {
        kind: 'runner',
        native_type: 'runner.changed',
        cicd: { worker: { name: 'worker-3' } },
        detail: { action: 'worker.changed', version: '4.3.0' },
      },
    ],
  },
  {
    name: 'A worker runs another version',
    reference: WORKER,
    record: {
      body: { ...worker, change: 'changed', revision: 2, before: state, after: { ...state, version: '4.3.1' } },
    },
    drafts: [{ kind: 'runner', detail: { action: 'worker.changed', version: '4.3.1', previous_version: '4.3.0' } }],
  },
  {
    name: 'A worker that nobody knew connects',
    reference: WORKER,
    record: { body: { ...worker, name: 'worker-9', change: 'added', revision: 3, after: state } },
    drafts: [
      {
        kind: 'runner',
        native_type: 'runner.added',
        cicd: { worker: { name: 'worker-9' } },
        detail: { action: 'worker.added' },
      },
    ],
  },
  {
    name: 'A builder is no longer configured',
    reference: BUILDER,
    record: {
      body: {
        kind: 'setting',
        what: 'builder',
        change: 'changed',
        name: 'shop-linux',
        revision: 1,
        before: { configured: true, tags: [] },
        after: { configured: false, tags: [] },
      },
    },
    drafts: [
      {
        kind: 'setting',
        native_type: 'setting.changed',
        detail: { action: 'builder.changed', name: 'shop-linux: configured', from: 'true', to: 'false' },
      },
    ],
  },
  {
    name: 'A scheduler appears',
    reference: SCHEDULER,
    record: {
      body: {
        kind: 'setting',
        what: 'scheduler',
        change: 'added',
        name: 'nightly',
        revision: 1,
        after: { configured: true, enabled: true },
      },
    },
    drafts: [{ kind: 'setting', detail: { action: 'scheduler.added', name: 'nightly' } }],
  },
];
