// Which files define a pipeline, and which only look so.
import { expect, test } from 'vitest';
import { definitionsIn } from '../../services/core/definition-paths.ts';

test.each([
  '.github/workflows/ci.yml',
  '.github/workflows/release.yaml',
  '.github/actions/build/action.yml',
  'action.yml',
  '.gitlab-ci.yml',
  '.gitlab/ci/test/unit.yml',
  'Jenkinsfile',
  'services/api/Jenkinsfile.release',
  '.circleci/config.yml',
  '.gitea/workflows/ci.yml',
  '.forgejo/workflows/ci.yaml',
  '.buildkite/pipeline.yml',
  'build/azure-pipelines.nightly.yml',
  'bitbucket-pipelines.yml',
  '.travis.yml',
  '.woodpecker.yml',
  '.woodpecker/test.yaml',
  '.drone.yml',
])('%s does', (path) => {
  expect(definitionsIn([path, 'src/main.ts'])).toEqual([path]);
});

test.each([
  'docs/.github/workflows/ci.yml',
  '.github/workflows/README.md',
  '.github/workflows/lib/helper.yml',
  '.github/dependabot.yml',
  'src/action.yml',
  'docs/Jenkinsfile.md/page',
  'xJenkinsfile',
  '.circleci/config.yml.bak',
  '.drone.yml.md',
  '',
])('%s does not', (path) => {
  expect(definitionsIn([path])).toEqual([]);
});
