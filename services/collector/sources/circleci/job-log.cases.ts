// Cases of circleci.job-log, after the API's step output and what CircleCI's agent writes.
import type { SourceCase } from '../../source-case.ts';

const API = 'https://circleci.com/docs/api/v1/#single-job';
const STEPS = 'https://circleci.com/docs/reference/configuration-reference/#run';
const VARIABLES = 'https://circleci.com/docs/guides/security/env-vars/';
const ORBS = 'https://circleci.com/docs/orbs/use/orb-intro/';
const IMAGES = 'https://circleci.com/docs/guides/execution-managed/using-docker/';

const DIGEST = `sha256:${'5a'.repeat(32)}`;
const place = { repository: 'acme/shop', run_id: 'b1c2', job: 'test' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A job spins up its container and is handed variables',
    reference: VARIABLES,
    record: {
      ...place,
      body: [
        'Build-agent version 1.0.268510-83f2b3cf (2026-02-20T11:32:19+0000)',
        'Starting container cimg/node:22.1',
        '  image cache not found on this host, downloading cimg/node:22.1',
        `  using image cimg/node@${DIGEST}`,
        'Using environment variables from project settings and/or contexts:',
        '  NPM_TOKEN=**REDACTED**',
        '  DEPLOY_KEY=**REDACTED**',
        '',
        'Cloning git repository',
        'HEAD is now at 83f2b3c Fix',
        '#!/bin/bash -eo pipefail',
        'npm ci && npm test',
        'npm http fetch GET 200 https://registry.packages.example.com/left-pad 31ms',
        'CircleCI received exit code 0',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        detail: {
          runner: { version: '1.0.268510-83f2b3cf' },
          image: { name: 'cimg/node:22.1', digest: DIGEST },
          variables: ['NPM_TOKEN', 'DEPLOY_KEY'],
        },
      },
      { kind: 'step', detail: { name: 'Spin up environment', first_line: 1, last_line: 4 } },
      { kind: 'step', detail: { name: 'Preparing environment variables', first_line: 5, last_line: 8, masked: 2 } },
      { kind: 'step', detail: { name: 'Checkout code', first_line: 9, last_line: 10 } },
      {
        kind: 'step',
        detail: {
          name: 'npm ci && npm test',
          command: 'npm ci && npm test',
          first_line: 11,
          last_line: 14,
          result: 'success',
          hosts: [{ name: 'registry.packages.example.com', line: 13, contacted: true }],
        },
      },
    ],
  },
  {
    name: 'The API gives a step’s output as a list of messages, cut anywhere',
    reference: API,
    record: {
      ...place,
      body: [
        { message: '#!/bin/bash -eo pipefail\npip install fla', time: '2026-03-04T09:53:58.000Z', type: 'out' },
        { message: 'sk\r\nCollecting flask\n', time: '2026-03-04T09:53:59.000Z', type: 'out' },
        { message: 'Exited with code exit status 1\n', time: '2026-03-04T09:54:00.000Z', type: 'err' },
      ],
    },
    drafts: [
      {
        kind: 'log',
        detail: {
          lines: [
            '#!/bin/bash -eo pipefail',
            'pip install flask',
            'Collecting flask',
            'Exited with code exit status 1',
          ],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'pip install flask',
          result: 'failure',
          dependencies: [{ type: 'package', name: 'flask', from: 'pip', line: 2 }],
        },
      },
    ],
  },
  {
    name: 'The same as text',
    reference: API,
    record: {
      ...place,
      body: JSON.stringify([
        {
          message: '#!/bin/sh -eo pipefail\ncurl -sSO https://cli.example.org/tool\n',
          time: '2026-03-04T09:53:58.000Z',
        },
      ]),
    },
    drafts: [
      { kind: 'log', detail: { lines: ['#!/bin/sh -eo pipefail', 'curl -sSO https://cli.example.org/tool'] } },
      {
        kind: 'step',
        detail: {
          name: 'curl -sSO https://cli.example.org/tool',
          dependencies: [{ type: 'download', name: 'https://cli.example.org/tool', from: 'cli.example.org' }],
        },
      },
    ],
  },
  {
    name: 'The compiled configuration names the orbs',
    reference: ORBS,
    record: {
      ...place,
      body: [
        "# Orb 'circleci/node@7.0' resolved to 'circleci/node@7.0.3'",
        '#!/bin/bash -eo pipefail',
        'make',
        'all: ok',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        detail: { dependencies: [{ type: 'orb', name: 'circleci/node', requested: '7.0', resolved: '7.0.3' }] },
      },
      { kind: 'step', detail: { name: 'make', first_line: 2, last_line: 4 } },
    ],
  },
  {
    name: 'Two commands follow each other, and a script prints a shebang',
    reference: STEPS,
    record: {
      ...place,
      body: [
        '#!/bin/bash -eo pipefail',
        'cat run.sh',
        '#!/bin/sh',
        'echo hi',
        '#!/bin/bash -eo pipefail',
        './run.sh',
        'hi',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'cat run.sh', first_line: 1, last_line: 4 } },
      { kind: 'step', detail: { name: './run.sh', first_line: 5, last_line: 7 } },
    ],
  },
  {
    name: 'A cache is looked for before the image is known',
    reference: IMAGES,
    record: {
      ...place,
      body: ['No cache is found for key: deps-1', 'Found a cache from build 12 at deps-'].join('\n'),
    },
    drafts: [{ kind: 'log' }, { kind: 'step', detail: { name: 'Restoring cache', first_line: 1, last_line: 2 } }],
  },
];
