// Which files are definitions, and of what.
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../services/collector/definitions/read.ts';

describe('a path', () => {
  it.each([
    ['.github/workflows/ci.yml', 'github'],
    ['.github/workflows/release.yaml', 'github'],
    ['.gitea/workflows/ci.yml', 'github'],
    ['action.yml', 'github'],
    ['.github/actions/setup/action.yaml', 'github'],
    ['.gitlab-ci.yml', 'gitlab'],
    ['ci/build.gitlab-ci.yml', 'gitlab'],
    ['.gitlab/ci/jobs/test.yml', 'gitlab'],
    ['Jenkinsfile', 'jenkins'],
    ['ci/Jenkinsfile.release', 'jenkins'],
    ['jobs/app/config.xml', 'jenkins'],
    ['.circleci/config.yml', 'circleci'],
  ])('%s is of %s', (path, system) => {
    expect(readDefinition(path, '')).toMatchObject({ system, path });
  });

  it.each([
    'src/main.ts',
    'docs/.github/workflows/ci.yml',
    '.github/workflows/sub/ci.yml',
    '.github/dependabot.yml',
    'transaction.yml',
  ])('%s is none', (path) => {
    expect(readDefinition(path, 'on: push\n')).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  it('is told with the line where it ends, and the rest is used', () => {
    const definition = readDefinition(
      '.github/workflows/ci.yml',
      'on: push\njobs:\n  a:\n    steps:\n      - run: env\n    bad: "open\n',
    );
    expect(definition?.problems).toMatchObject([{ line: 7 }]);
    expect(definition?.scripts).toMatchObject([{ signs: [{ kind: 'env-dump' }] }]);
  });
});
