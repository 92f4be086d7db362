// Builds in the form of the reporter's page and of the data API's, shortened.
import type { SourceCase } from '../../source-case.ts';

const REPORTER = 'https://docs.buildbot.net/latest/manual/configuration/reporters/http_status.html';
const BUILD = 'https://docs.buildbot.net/latest/developer/raml/build.html';
const PROPERTIES = 'https://docs.buildbot.net/latest/manual/configuration/properties.html';
const STAMP = 'https://docs.buildbot.net/latest/developer/raml/sourcestamp.html';
const revision = 'd6cd1e2bd19e03a81132a23b2025920577f84e37';

function build(more: object, stamp: object = {}): object {
  return {
    buildid: 20,
    number: 7,
    builderid: 80,
    buildrequestid: 12,
    workerid: 13,
    masterid: 92,
    started_at: 1_772_358_000,
    complete: false,
    complete_at: null,
    results: null,
    state_string: 'building',
    url: 'https://buildbot.example/#/builders/80/builds/7',
    builder: { builderid: 80, name: 'shop-linux', description: null, tags: [] },
    buildrequest: { buildrequestid: 12, buildsetid: 98, priority: 0, complete: false },
    buildset: {
      bsid: 98,
      reason: 'The AnyBranchScheduler scheduler named ci triggered this build',
      parent_buildid: null,
      sourcestamps: [
        {
          ssid: 234,
          branch: 'main',
          revision,
          project: 'shop',
          repository: 'https://github.com/acme/shop.git',
          codebase: '',
          created_at: 1_772_357_990,
          patch: null,
          ...stamp,
        },
      ],
    },
    properties: { scheduler: ['ci', 'Scheduler'], workername: ['builder-3', 'Worker'], branch: ['main', 'Build'] },
    ...more,
  };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'a build starts',
    reference: REPORTER,
    record: { body: build({}) },
    drafts: [
      {
        kind: 'run',
        native_type: 'build.started',
        observed_at: 1_772_358_000_000,
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'main', revision } } },
        cicd: {
          pipeline: {
            name: 'shop-linux',
            run: {
              id: '20',
              trigger: 'ci',
              state: 'executing',
              url: 'https://buildbot.example/#/builders/80/builds/7',
            },
          },
          worker: { id: '13', name: 'builder-3' },
        },
        detail: { action: 'started' },
      },
    ],
  },
  {
    name: 'it fails, and its steps are told',
    reference: BUILD,
    record: {
      body: build({
        complete: true,
        complete_at: '2026-03-01 10:00:00+00:00',
        results: 2,
        steps: [
          { stepid: 1, number: 0, name: 'git', results: 0 },
          { stepid: 2, number: 1, name: 'compile', results: 2 },
        ],
      }),
    },
    drafts: [
      {
        kind: 'run',
        observed_at: Date.parse('2026-03-01T10:00:00Z'),
        cicd: { pipeline: { run: { state: 'finished', result: 'failure' } } },
        detail: { action: 'finished' },
      },
      {
        kind: 'job',
        cicd: { pipeline: { task: { name: 'shop-linux', run: { result: 'failure' } } } },
        detail: { action: 'finished', steps: 2 },
      },
    ],
  },
  {
    name: 'somebody forced it',
    reference: PROPERTIES,
    record: {
      body: build({
        properties: {
          scheduler: ['force', 'Scheduler'],
          owner: ['Mara <Mara@example.org>', 'Force Build Form'],
          got_revision: [revision.toUpperCase(), 'Git'],
        },
      }),
    },
    drafts: [
      {
        kind: 'run',
        actor: { name: 'Mara', email: 'mara@example.org', type: 'unknown' },
        vcs: { ref: { head: { revision: revision.toUpperCase() } } },
        cicd: { pipeline: { run: { trigger: 'force' } } },
      },
    ],
  },
  {
    name: 'another build started it, with a patch to try out',
    reference: STAMP,
    record: {
      body: build(
        {
          buildset: {
            parent_buildid: 19,
            sourcestamps: [{ repository: '', branch: null, patch: { patch_author: 'mara' } }],
          },
        },
        {},
      ),
    },
    drafts: [{ kind: 'run', cicd: { pipeline: { run: { parent: { id: '19' } } } } }],
  },
  {
    name: 'it is cancelled; a result and a name that are none',
    reference: 'https://docs.buildbot.net/latest/developer/results.html',
    record: { body: build({ complete: true, complete_at: 1_772_358_060, results: '6', builder: { name: 7 } }) },
    drafts: [{ kind: 'run', observed_at: 1_772_358_060_000, cicd: { pipeline: { run: { state: 'finished' } } } }],
    notes: ['builder.name: expected text, found a number', 'results: expected a number, found text'],
  },
];
