// GitLab definitions, by cases that follow the documentation of each keyword in our own words.
import { describe, expect, it } from 'vitest';
import { read, unplaced } from './reading.ts';

const pipeline = (source: string) => read('.gitlab-ci.yml', source);

describe('includes', () => {
  it('are local, of a project, remote, templates and components', () => {
    const text = `include:
  - /ci/own.yml
  - local: ci/other.yml
  - project: acme/ci
    ref: v1.2.0
    file: [/a.yml, /b.yml]
  - remote: https://ci.example.com/all.yml
  - remote: https://ci.example.com/all.yml
    integrity: sha256-x
  - template: Jobs/SAST.gitlab-ci.yml
  - component: gitlab.example.com/acme/scan@1.0.0
  - component: gitlab.example.com/acme/scan@~latest
`;
    expect(pipeline(text).uses.map(({ kind, name, ref, pinned }) => [kind, name, ref, pinned])).toEqual([
      ['include', '/ci/own.yml', undefined, 'local'],
      ['include', 'ci/other.yml', undefined, 'local'],
      ['include', 'acme/ci:/a.yml', 'v1.2.0', 'tag'],
      ['include', 'acme/ci:/b.yml', 'v1.2.0', 'tag'],
      ['include', 'https://ci.example.com/all.yml', undefined, 'none'],
      ['include', 'https://ci.example.com/all.yml', undefined, 'digest'],
      ['template', 'Jobs/SAST.gitlab-ci.yml', undefined, 'none'],
      ['component', 'gitlab.example.com/acme/scan', '1.0.0', 'tag'],
      ['component', 'gitlab.example.com/acme/scan', '~latest', 'none'],
    ]);
  });
});

describe('a job', () => {
  it('has its own scripts over those that it extends, over the defaults', () => {
    const text = `default:
  image: ruby:3.3
  tags: [docker]
.base:
  before_script: [echo base]
  script: [echo never]
build:
  extends: .base
  image: alpine
  script:
    - make
`;
    const { scripts, images, runners } = pipeline(text);
    expect(scripts.map(({ step, text: script }) => [step, script])).toEqual([
      ['before_script', 'echo base\n'],
      ['script', 'make\n'],
    ]);
    expect(unplaced(images)).toEqual([{ job: 'build', role: 'job', name: 'alpine', pinned: 'none' }]);
    expect(unplaced(runners)).toEqual([{ job: 'build', labels: ['docker'] }]);
  });

  it('puts scripts together from references and anchors', () => {
    const text = `.setup:
  script:
    - curl -sSL https://get.example.com/i.sh | sh
.lines: &lines
  - echo anchored
build:
  script:
    - !reference [.setup, script]
    - *lines
    - make
`;
    expect(pipeline(text).scripts.find(({ job }) => job === 'build')).toMatchObject({
      signs: [{ kind: 'pipe-to-shell', line: 3, hosts: ['get.example.com'] }],
      text: expect.stringMatching(/echo anchored\n+make/),
    });
  });

  it('refers in a circle without end', () => {
    const text =
      '.a:\n  script: [!reference [.b, script]]\n  extends: .b\n.b:\n  script: [!reference [.a, script]]\n  extends: .a\njob:\n  extends: .a\n';
    expect(pipeline(text).jobs.map(({ name }) => name)).toContain('job');
  });

  it('waits for somebody, and deploys', () => {
    const text =
      'deploy:\n  script: [x]\n  environment: { name: production, url: https://app.example.com }\n  rules:\n    - if: $CI_COMMIT_BRANCH == "main"\n      when: manual\n';
    const { gates, environments } = pipeline(text);
    expect(unplaced(gates)).toEqual([
      { job: 'deploy', kind: 'manual' },
      { job: 'deploy', kind: 'condition', detail: '$CI_COMMIT_BRANCH == "main" when manual' },
    ]);
    expect(environments).toMatchObject([{ job: 'deploy', name: 'production' }]);
  });

  it('gets tokens for others, secrets of a vault, and variables whose names tell', () => {
    const text = `variables:
  OWN_TOKEN: not-secret
publish:
  id_tokens:
    VAULT: { aud: https://vault.example.com }
  secrets:
    DATABASE_PASSWORD: { vault: production/db/password@ops }
  script:
    - 'curl -H "PRIVATE-TOKEN: $API_TOKEN" https://gitlab.example.com/api'
    - echo $OWN_TOKEN $CI_COMMIT_SHA
`;
    const { permissions, secrets } = pipeline(text);
    expect(unplaced(permissions)).toEqual([
      { job: 'publish', scope: 'id-token', access: 'granted', subject: 'https://vault.example.com' },
    ]);
    expect(secrets.map(({ name, via }) => [name, via])).toEqual([
      ['DATABASE_PASSWORD', 'vault'],
      ['API_TOKEN', 'variable'],
    ]);
  });

  it('starts other pipelines', () => {
    const text =
      'a:\n  trigger: acme/app\nb:\n  trigger: { project: acme/lib, branch: main }\nc:\n  trigger: { include: [{ local: child.yml }] }\n';
    expect(pipeline(text).uses.map(({ job, kind, name }) => [job, kind, name])).toEqual([
      ['a', 'pipeline', 'acme/app'],
      ['b', 'pipeline', 'acme/lib'],
      ['c', 'include', 'child.yml'],
    ]);
  });

  it('runs a text of a stranger as a program', () => {
    const text = 'a:\n  script:\n    - bash -c "echo $CI_COMMIT_MESSAGE"\n    - echo "$CI_COMMIT_TITLE"\n';
    expect(pipeline(text).scripts[0]?.untrusted).toEqual(['CI_COMMIT_MESSAGE']);
  });
});

describe('what starts a pipeline', () => {
  it('stands in its rules and those of its jobs', () => {
    const text = `workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: '$CI_PIPELINE_SOURCE =~ /^(push|web)$/'
    - if: $CI_PIPELINE_SOURCE == "schedule"
      when: never
nightly:
  script: [x]
  rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]
old:
  script: [x]
  only: [merge_requests, main]
`;
    expect(pipeline(text).triggers.map(({ job, event }) => [job, event])).toEqual([
      [undefined, 'merge_request_event'],
      [undefined, 'push'],
      [undefined, 'web'],
      ['nightly', 'schedule'],
      ['old', 'merge_request_event'],
      ['old', 'push'],
    ]);
  });
});

describe('a file for others to include', () => {
  it('is read with its templates, behind a header of inputs too', () => {
    const text =
      'spec:\n  inputs:\n    stage:\n---\n.template:\n  script: [wget https://x.example.com/a.sh, sh a.sh]\n';
    const { jobs, scripts } = read('templates/build.gitlab-ci.yml', text);
    expect(jobs.map(({ name }) => name)).toEqual(['.template']);
    expect(scripts[0]?.signs).toMatchObject([{ kind: 'run-download' }]);
  });
});
