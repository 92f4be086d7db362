// Cases of jenkins.console, after the documentation of Pipeline and of the plug-ins that write there.
import type { SourceCase } from '../../source-case.ts';

const PIPELINE = 'https://www.jenkins.io/doc/book/pipeline/syntax/';
const FREESTYLE = 'https://www.jenkins.io/doc/book/using/working-with-projects/';
const CREDENTIALS = 'https://plugins.jenkins.io/credentials-binding/';
const TIMES = 'https://plugins.jenkins.io/timestamper/';
const LIBRARIES = 'https://www.jenkins.io/doc/book/pipeline/shared-libraries/';

const SHA = '7f3ea7c015a5c24e6f091cda05cf5eab4e77eda9';
const place = { repository: 'acme/shop', run_id: '42', job: 'release' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A declarative pipeline with two stages, one of them skipped',
    reference: PIPELINE,
    record: {
      ...place,
      body: [
        'Started by user Ada Example',
        'Obtained Jenkinsfile from git https://git.example.com/acme/shop.git',
        '[Pipeline] Start of Pipeline',
        '[Pipeline] node',
        'Running on agent-3 in /var/jenkins/workspace/release',
        '[Pipeline] {',
        '[Pipeline] stage',
        '[Pipeline] { (Build)',
        '[Pipeline] sh',
        '+ mvn -B package',
        '[INFO] Downloading from central: https://repo.maven.apache.org/maven2/org/slf4j/slf4j-api/2.0.9/slf4j-api-2.0.9.jar',
        '[Pipeline] }',
        '[Pipeline] // stage',
        '[Pipeline] stage',
        '[Pipeline] { (Deploy)',
        'Stage "Deploy" skipped due to when conditional',
        '[Pipeline] }',
        '[Pipeline] // stage',
        '[Pipeline] }',
        '[Pipeline] // node',
        '[Pipeline] End of Pipeline',
        'Finished: SUCCESS',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        actor: { name: 'Ada Example', type: 'unknown' },
        cicd: {
          pipeline: { definition: 'Jenkinsfile', run: { id: '42', trigger: 'manual' } },
          worker: { name: 'agent-3' },
        },
      },
      { kind: 'step', detail: { name: 'before the first step', hosts: [{ name: 'git.example.com' }] } },
      {
        kind: 'step',
        detail: {
          name: 'Build',
          first_line: 7,
          last_line: 13,
          command: 'mvn -B package',
          hosts: [{ name: 'repo.maven.apache.org', line: 11, contacted: true }],
          dependencies: [{ type: 'package', name: 'org.slf4j:slf4j-api', resolved: '2.0.9', from: 'maven' }],
        },
      },
      { kind: 'step', detail: { name: 'Deploy', first_line: 14, last_line: 18, result: 'skip' } },
    ],
  },
  {
    name: 'A freestyle job that another job started',
    reference: FREESTYLE,
    record: {
      ...place,
      body: [
        'Started by upstream project "nightly" build number 7',
        'Building remotely on agent-3 (linux docker) in workspace /home/jenkins/workspace/release',
        'Cloning repository git@git.example.com:acme/shop.git',
        ' > git init /home/jenkins/workspace/release # timeout=10',
        `Checking out Revision ${SHA} (refs/remotes/origin/main)`,
        '[release] $ /bin/sh -xe /tmp/jenkins1287460677995182433.sh',
        '+ make dist',
        '[release] $ ant publish',
        'BUILD FAILED',
        "Build step 'Invoke Ant' marked build as failure",
        'Archiving artifacts',
        'Finished: FAILURE',
      ].join('\r\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        cicd: {
          pipeline: { run: { id: '42', trigger: 'upstream', parent: { pipeline: 'nightly', id: '7' } } },
          worker: { name: 'agent-3', labels: ['linux', 'docker'] },
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'before the first step',
          first_line: 1,
          last_line: 5,
          hosts: [{ name: 'git.example.com', contacted: true }],
          dependencies: [
            {
              type: 'repository',
              name: 'git@git.example.com:acme/shop.git',
              requested: 'refs/remotes/origin/main',
              resolved: SHA,
              from: 'git.example.com',
            },
          ],
        },
      },
      { kind: 'step', detail: { name: 'shell', first_line: 6, last_line: 7, command: 'make dist' } },
      { kind: 'step', detail: { name: 'ant publish', first_line: 8, last_line: 9, result: 'failure' } },
    ],
  },
  {
    name: 'Secrets are bound to variables, and hidden where they show',
    reference: CREDENTIALS,
    record: {
      ...place,
      body: [
        '[Pipeline] withCredentials',
        'Masking supported pattern matches of $DEPLOY_KEY or $DEPLOY_USER',
        '[Pipeline] {',
        '[Pipeline] sh',
        '+ ./deploy.sh --user **** --key ****',
        '[Pipeline] }',
        '[Pipeline] // withCredentials',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', detail: { variables: ['DEPLOY_KEY', 'DEPLOY_USER'] } },
      { kind: 'step', detail: { name: 'sh', first_line: 4, last_line: 5, masked: 2 } },
    ],
  },
  {
    name: 'Times stand before the lines, and branches run at once',
    reference: TIMES,
    record: {
      ...place,
      body: [
        '[2026-03-04T09:53:58.833Z] [Pipeline] stage',
        '[2026-03-04T09:53:58.834Z] [Pipeline] { (Test)',
        '[2026-03-04T09:53:58.835Z] [Pipeline] parallel',
        '[2026-03-04T09:53:58.836Z] [Pipeline] { (Branch: linux)',
        '[2026-03-04T09:53:58.837Z] [Pipeline] stage',
        '[2026-03-04T09:53:58.838Z] [Pipeline] { (linux)',
        '09:53:59  + wget http://files.example.org/a.bin',
        '[2026-03-04T09:54:00.000Z] [Pipeline] // stage',
        '[2026-03-04T09:54:00.001Z] [Pipeline] // parallel',
        '[2026-03-04T09:54:00.002Z] [Pipeline] // stage',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'step',
        detail: {
          name: 'Test',
          first_line: 1,
          last_line: 10,
          hosts: [{ name: 'files.example.org', line: 7, contacted: true }],
        },
      },
    ],
  },
  {
    name: 'A shared library is loaded, and a console note was not taken out',
    reference: LIBRARIES,
    record: {
      ...place,
      body: [
        'Started by timer',
        'Loading library tools@v2',
        `Found match: refs/tags/v2 revision ${SHA}`,
        '\u001b[8mha:////4AAA=\u001b[0m[Pipeline] stage (Ship)',
        '+ ./ship.sh',
        'ERROR: script returned exit code 2',
        'Finished: FAILURE',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        cicd: { pipeline: { run: { trigger: 'schedule' } } },
        detail: { dependencies: [{ type: 'include', name: 'tools', requested: 'v2', resolved: SHA }] },
      },
      { kind: 'step', detail: { name: 'Ship', first_line: 4, last_line: 6, result: 'failure' } },
    ],
  },
  {
    name: 'A freestyle job builds an image: its instructions are the steps',
    reference: 'https://docs.docker.com/reference/cli/docker/buildx/build/#progress',
    record: {
      ...place,
      body: [
        '#4 [internal] load build context',
        '#4 DONE 0.1s',
        '#5 [1/2] FROM docker.io/library/alpine:3.20',
        '#6 [2/2] RUN apk add curl',
        '#6 0.311 (1/1) Installing curl (8.11.0-r2)',
        '#6 DONE 1.0s',
        'Finished: SUCCESS',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: '[internal] load build context', result: 'success' } },
      {
        kind: 'step',
        detail: {
          name: 'FROM docker.io/library/alpine:3.20',
          dependencies: [{ type: 'image', name: 'docker.io/library/alpine', requested: '3.20', from: 'docker.io' }],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'RUN apk add curl',
          command: 'apk add curl',
          result: 'success',
          dependencies: [{ type: 'package', name: 'curl', resolved: '8.11.0-r2', from: 'apk' }],
        },
      },
    ],
  },
];
