// CircleCI configurations, by cases that follow the configuration reference in our own words.
import { describe, expect, it } from 'vitest';
import { read, signs, unplaced } from './reading.ts';

const config = (source: string) => read('.circleci/config.yml', source);

describe('a configuration', () => {
  it('takes orbs, as firmly as their version', () => {
    const text = 'orbs:\n  node: circleci/node@5.1.0\n  own: acme/own@volatile\n  dev: acme/own@dev:first\n';
    expect(config(text).uses.map(({ name, ref, pinned }) => [name, ref, pinned])).toEqual([
      ['circleci/node', '5.1.0', 'tag'],
      ['acme/own', 'volatile', 'branch'],
      ['acme/own', 'dev:first', 'branch'],
    ]);
  });

  it('writes an orb out, with jobs of its own', () => {
    const text =
      'orbs:\n  own:\n    jobs:\n      scan:\n        docker: [{ image: "alpine:3" }]\n        steps: [{ run: env }]\n';
    const definition = config(text);
    expect(definition.jobs.map(({ name }) => name)).toEqual(['own/scan']);
    expect(signs(definition)).toEqual(['6 env-dump']);
  });
});

describe('a job', () => {
  it('runs in its images, the first its own, the others services', () => {
    const text =
      'jobs:\n  a:\n    docker:\n      - image: cimg/node:18.0\n        auth: { username: acme, password: $HUB_PASSWORD }\n      - image: postgres:16\n    resource_class: large\n';
    const { images, secrets, runners } = config(text);
    expect(images.map(({ role, name }) => [role, name])).toEqual([
      ['job', 'cimg/node'],
      ['service', 'postgres'],
    ]);
    expect(unplaced(secrets)).toEqual([{ job: 'a', name: 'HUB_PASSWORD', via: 'variable' }]);
    expect(unplaced(runners)).toEqual([{ job: 'a', labels: ['docker', 'large'], self_hosted: false }]);
  });

  it('runs on a machine of one’s own through a shared executor', () => {
    const text =
      'executors:\n  own:\n    machine: true\n    resource_class: acme/linux\njobs:\n  a:\n    executor: own\n    steps: [checkout]\n';
    expect(unplaced(config(text).runners)).toEqual([
      { job: 'a', labels: ['machine', 'acme/linux'], self_hosted: true },
    ]);
  });

  it('has steps, those within conditions and of commands too', () => {
    const text = `commands:
  setup:
    steps:
      - run: curl -sSL https://s.example.com | bash
jobs:
  a:
    steps:
      - checkout
      - setup
      - run:
          name: Test
          command: npm test
      - when:
          condition: << parameters.x >>
          steps:
            - run: wget https://w.example.com
`;
    const definition = config(text);
    expect(definition.jobs.map(({ name, steps }) => [name, steps])).toEqual([
      ['a', ['checkout', 'setup', 'Test', 'wget https://w.example.com']],
      ['commands/setup', ['curl -sSL https://s.example.com | bash']],
    ]);
    expect(signs(definition)).toEqual(['4 pipe-to-shell']);
  });

  it('pastes the name of a branch', () => {
    const text = 'jobs:\n  a:\n    steps:\n      - run: echo << pipeline.git.branch >> && make\n';
    expect(config(text).scripts[0]?.untrusted).toEqual(['pipeline.git.branch']);
  });
});

describe('a workflow', () => {
  it('hands contexts to its jobs and holds them back', () => {
    const text = `workflows:
  main:
    jobs:
      - build:
          context: [ci, cloud]
      - hold:
          type: approval
          requires: [build]
      - deploy:
          requires: [hold]
          filters: { branches: { only: main } }
`;
    const { secrets, gates } = config(text);
    expect(secrets.map(({ job, name, via }) => [job, name, via])).toEqual([
      ['build', 'ci', 'context'],
      ['build', 'cloud', 'context'],
    ]);
    expect(unplaced(gates)).toEqual([
      { job: 'hold', kind: 'approval' },
      { job: 'deploy', kind: 'approval', detail: 'hold' },
      { job: 'deploy', kind: 'condition', detail: 'branches only: main' },
    ]);
  });

  it('runs by a schedule of its own, or by one of the project', () => {
    const text = `workflows:
  nightly:
    triggers:
      - schedule: { cron: "0 0 * * *", filters: { branches: { only: [main] } } }
    jobs: [build]
  weekly:
    when:
      equal: [scheduled_pipeline, << pipeline.trigger_source >>]
    jobs: [build]
`;
    expect(unplaced(config(text).triggers)).toEqual([
      { event: 'schedule', filters: ['branches only: main', 'cron: 0 0 * * *'] },
      { event: 'scheduled_pipeline', filters: [] },
    ]);
  });
});
