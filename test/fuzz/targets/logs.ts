// Logs of every kind through their source: whatever the text, chunks and steps come out, in bounds and in order.
import assert from 'node:assert/strict';
import { MOST_DEPENDENCIES } from '../../../services/collector/log/dependencies.ts';
import { MOST_HOSTS, MOST_STEPS } from '../../../services/collector/log/steps.ts';
import type { ActivityDraft, Source } from '../../../services/collector/source.ts';
import type { SourceCase } from '../../../services/collector/source-case.ts';
import { cases as azureDevops } from '../../../services/collector/sources/azure-devops/job-log.cases.ts';
import { azureDevopsJobLog } from '../../../services/collector/sources/azure-devops/job-log.ts';
import { cases as bitbucket } from '../../../services/collector/sources/bitbucket/job-log.cases.ts';
import { bitbucketJobLog } from '../../../services/collector/sources/bitbucket/job-log.ts';
import { cases as buildbot } from '../../../services/collector/sources/buildbot/job-log.cases.ts';
import { buildbotJobLog } from '../../../services/collector/sources/buildbot/job-log.ts';
import { cases as buildkite } from '../../../services/collector/sources/buildkite/job-log.cases.ts';
import { buildkiteJobLog } from '../../../services/collector/sources/buildkite/job-log.ts';
import { cases as circleci } from '../../../services/collector/sources/circleci/job-log.cases.ts';
import { circleciJobLog } from '../../../services/collector/sources/circleci/job-log.ts';
import { cases as gitea } from '../../../services/collector/sources/gitea/job-log.cases.ts';
import { giteaJobLog } from '../../../services/collector/sources/gitea/job-log.ts';
import { cases as github } from '../../../services/collector/sources/github/job-log.cases.ts';
import { githubJobLog } from '../../../services/collector/sources/github/job-log.ts';
import { cases as gitlab } from '../../../services/collector/sources/gitlab/job-log.cases.ts';
import { gitlabJobLog } from '../../../services/collector/sources/gitlab/job-log.ts';
import { cases as jenkins } from '../../../services/collector/sources/jenkins/console.cases.ts';
import { jenkinsConsole } from '../../../services/collector/sources/jenkins/console.ts';

const CLEAR = '\r\u001b[0K';
/** Markers of systems without a source of their own, which any log may hold. */
const OTHERS = [
  `travis_fold:start:install${CLEAR}travis_time:start:0a${CLEAR}$ npm ci\ntravis_time:end:0a:start=1,finish=2${CLEAR}travis_fold:end:install${CLEAR}\nThe command "npm ci" exited with 0.`,
  "[taskcluster 2026-03-04 09:53:58.833Z] Worker ID: 7\n[taskcluster 2026-03-04 09:53:59.000Z] === Task Starting ===\n[task 2026-03-04T09:54:00.000Z] executing ['make']\n[taskcluster 2026-03-04 09:54:01.000Z] === Task Finished ===",
  "Step 1/2 : FROM node:22\n ---> 5a5a\nStep 2/2 : RUN npm ci\nThe command '/bin/sh -c npm ci' returned a non-zero code: 1\n#5 [1/2] FROM a\n#6 [2/2] RUN b\n#5 DONE 0.1s",
  '##[section]Starting: Build\n##[section]Finishing: Build\n',
];

function seedsOf(cases: readonly SourceCase[]): string[] {
  return [...cases.map(({ record: { body } }) => (typeof body === 'string' ? body : JSON.stringify(body))), ...OTHERS];
}

export interface Target {
  readonly name: string;
  readonly seeds: readonly string[];
  /** Throws when something is not as it must be. */
  run(input: string): void;
}

function target(source: Source, cases: readonly SourceCase[]): Target {
  return {
    name: source.id,
    seeds: seedsOf(cases),
    run(input) {
      const body = String(source.unpack?.(input) ?? input);
      source.time(input);
      check(source.normalize({ source: source.id, received_at: 0, redactions: {}, body, run_id: '1' }), body);
    },
  };
}

function check(drafts: readonly ActivityDraft[], body: string): void {
  const lines = body.split('\n').length;
  const steps = drafts.flatMap((draft) => (draft.kind === 'step' ? [draft.detail] : []));
  const setups = drafts.filter(({ kind }) => kind === 'setup');
  assert.ok(drafts[0]?.kind === 'log');
  assert.ok(steps.length <= MOST_STEPS && setups.length <= 1);
  for (const [index, step] of steps.entries()) {
    assert.equal(step.ordinal, index + 1);
    assert.ok(step.name !== '' && step.first_line >= 1 && step.first_line <= step.last_line && step.last_line <= lines);
    assert.ok(step.first_line >= (steps[index - 1]?.first_line ?? 1));
    assert.ok((step.hosts?.length ?? 0) <= MOST_HOSTS && (step.dependencies?.length ?? 0) <= MOST_DEPENDENCIES);
    for (const { line } of step.hosts ?? []) assert.ok(line >= step.first_line && line <= step.last_line);
  }
}

export const targets: readonly Target[] = [
  target(azureDevopsJobLog, azureDevops),
  target(bitbucketJobLog, bitbucket),
  target(buildbotJobLog, buildbot),
  target(buildkiteJobLog, buildkite),
  target(circleciJobLog, circleci),
  target(giteaJobLog, gitea),
  target(githubJobLog, github),
  target(gitlabJobLog, gitlab),
  target(jenkinsConsole, jenkins),
];
