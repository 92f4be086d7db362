// What Jenkins' Notification plugin sends, and what it becomes.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://plugins.jenkins.io/notification/';
const commit = 'c6d86dc654b12425e706bcf951adfe5a8627a517';

/** A build of `web/shop`. */
function told(build: Record<string, unknown>) {
  return {
    name: 'shop',
    display_name: 'shop',
    url: 'job/web/job/shop/',
    build: {
      full_url: 'https://jenkins.example.org/job/web/job/shop/18/',
      number: 18,
      queue_id: 7,
      timestamp: Date.parse('2026-03-02T09:00:00Z'),
      url: 'job/web/job/shop/18/',
      log: '',
      ...build,
    },
  };
}

const scm = { url: 'https://github.com/acme/shop.git', branch: 'origin/main', commit };

export const cases: readonly SourceCase[] = [
  {
    name: 'A build starts on the change of one person',
    reference,
    record: { body: told({ phase: 'STARTED', scm: { ...scm, changes: ['src/app.py'], culprits: ['mara'] } }) },
    drafts: [
      {
        kind: 'run',
        native_type: 'STARTED',
        observed_at: Date.parse('2026-03-02T09:00:00Z'),
        actor: { name: 'mara', type: 'unknown' },
        vcs: {
          provider: { name: 'github' },
          repository: { name: 'acme/shop' },
          ref: { head: { name: 'main', revision: commit, type: 'branch' } },
        },
        cicd: {
          pipeline: {
            name: 'web/shop',
            run: { id: '18', state: 'executing', url: 'https://jenkins.example.org/job/web/job/shop/18/' },
          },
        },
        detail: { action: 'started' },
      },
    ],
  },
  {
    name: 'A build ends unstable and leaves an artifact in two places',
    reference,
    record: {
      body: told({
        phase: 'FINALIZED',
        status: 'UNSTABLE',
        scm: { ...scm, changes: [], culprits: ['mara', 'nils'] },
        artifacts: {
          'shop.jar': {
            archive: 'https://jenkins.example.org/job/web/job/shop/18/artifact/shop.jar',
            s3: 'https://s3.example.org/builds/shop.jar',
          },
        },
      }),
    },
    drafts: [
      {
        kind: 'run',
        cicd: { pipeline: { run: { id: '18', state: 'finished', result: 'failure' } } },
        detail: { action: 'finalized' },
      },
      {
        kind: 'artifact',
        natural_id: 'https://jenkins.example.org/job/web/job/shop/18/artifacts/shop.jar',
        detail: {
          action: 'stored',
          name: 'shop.jar',
          location: 'https://jenkins.example.org/job/web/job/shop/18/artifact/shop.jar',
        },
      },
    ],
  },
  {
    name: 'A build has parameters, of which the names are told',
    reference,
    record: {
      body: told({ phase: 'COMPLETED', status: 'ABORTED', scm: {}, parameters: { BRANCH: 'main', REGION: 'eu' } }),
    },
    drafts: [
      { kind: 'run', cicd: { pipeline: { run: { state: 'finalizing', result: 'cancellation' } } } },
      { kind: 'secret', detail: { action: 'parameters', names: ['BRANCH', 'REGION'] } },
    ],
  },
  {
    name: 'A build of a repository that is reached over ssh waits; old versions write the time as text',
    reference,
    record: {
      body: {
        name: 'nightly',
        url: 'job/nightly/',
        build: {
          number: 3,
          phase: 'QUEUED',
          timestamp: '2026-03-02T09:00:00.5+00:00',
          scm: { url: 'ssh://git@git.example.org:2222/scada-ui.git', branch: 'release/1.x', commit },
        },
      },
    },
    drafts: [
      {
        kind: 'run',
        observed_at: Date.parse('2026-03-02T09:00:00.500Z'),
        vcs: { repository: { name: 'scada-ui' }, ref: { head: { name: 'release/1.x' } } },
        cicd: { pipeline: { name: 'nightly', run: { id: '3', state: 'pending' } } },
        detail: { action: 'queued' },
      },
    ],
  },
  {
    name: 'A step notifies by hand, and its number is of the wrong type',
    reference,
    record: { body: told({ phase: 'NONE', number: [18], scm: {} }) },
    drafts: [{ kind: 'run', cicd: { pipeline: { name: 'web/shop' } }, detail: { action: 'none' } }],
    notes: ['number: expected text or a number, found a list'],
  },
];
