// Subjects of the tokens that pipelines sign in to clouds with, in the forms of each system's documentation.
import { describe, expect, test } from 'vitest';
import { isPipelineIssuer, subjectOrigin } from '../../services/collector/token-subject.ts';

const head = (name: string, type: 'branch' | 'tag') => ({ ref: { head: { name, type } } });

describe('a subject tells where it is from', () => {
  test.each([
    [
      'repo:acme/shop:ref:refs/heads/feature/a',
      { vcs: { repository: { name: 'acme/shop' }, ...head('feature/a', 'branch') } },
    ],
    ['repo:acme/shop:ref:refs/tags/v1', { vcs: head('v1', 'tag') }],
    ['repo:acme/shop:environment:production', { vcs: { repository: { name: 'acme/shop' } } }],
    ['repo:acme/shop:pull_request', { vcs: { repository: { name: 'acme/shop' } } }],
    [
      'repo:acme@123456/shop@456789:ref:refs/heads/main',
      { vcs: { repository: { name: 'acme/shop' }, ...head('main', 'branch') } },
    ],
    [
      'project_path:group/sub/app:ref_type:tag:ref:v1',
      { vcs: { repository: { name: 'group/sub/app' }, ...head('v1', 'tag') } },
    ],
    [
      'org/o-1/project/p-1/user/u-1/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main',
      { vcs: { repository: { name: 'acme/shop' }, ...head('main', 'branch') } },
    ],
    [
      'organization:acme:pipeline:release:ref:refs/heads/main:commit:9f3182061f1e2cca4702c368cbc039b7dc9d4485:step:build',
      { cicd: { pipeline: { name: 'release' } }, vcs: head('main', 'branch') },
    ],
  ])('%s', (subject, origin) => {
    expect(subjectOrigin(subject)).toMatchObject(origin);
  });
});

test.each([undefined, '', 'mara', 'org/o-1/project/p-1/user/u-1', 'repo:', 'job_workflow_ref:acme/shop/x.yml@main'])(
  '%s tells nothing',
  (subject) => {
    expect(subjectOrigin(subject)).toEqual({});
  },
);

test('pipelines are told from other issuers by their host', () => {
  expect(isPipelineIssuer('arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com')).toBe(true);
  expect(isPipelineIssuer('arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/o-1')).toBe(true);
  expect(isPipelineIssuer('https://gitlab.com')).toBe(true);
  expect(isPipelineIssuer('arn:aws:iam::123456789012:oidc-provider/gitlab.com.attacker.example')).toBe(false);
  expect(isPipelineIssuer('accounts.google.com')).toBe(false);
  expect(isPipelineIssuer(undefined)).toBe(false);
});
