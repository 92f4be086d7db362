// Bots and apps told from people.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actorType, botNamed } from '../../../services/core/identity/bots.ts';

describe('no person', () => {
  test.each([
    ['dependabot[bot]', 'github'],
    ['renovate[bot]', undefined],
    ['dependabot', undefined],
    ['renovate', 'gitlab'],
    ['github-actions', 'github'],
    ['web-flow', 'github'],
    ['project_278964_bot_5a0c', 'gitlab'],
    ['project_7_bot', 'gitlab'],
    ['group_12_bot1', 'gitlab'],
    ['service_account_group_9970_a1b2', 'gitlab'],
    ['support-bot1', 'gitlab'],
    ['GitLab Security Policy Bot', 'gitlab'],
    ['SYSTEM', 'jenkins'],
    ['anonymous', 'jenkins'],
    ['Started by timer', 'jenkins'],
    ['Scheduling System', 'circleci'],
    ['Project Collection Build Service (contoso)', 'azure-devops'],
    ['Fabrikam Build Service (contoso)', 'azure-devops'],
    ['codebuild.amazonaws.com', 'aws'],
    ['arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS', 'aws'],
    ['gitea-actions', 'gitea'],
  ])('%s of %s', (name, provider) => {
    expect(actorType({ name }, provider)).toBe('bot');
  });

  test.each([
    '49699333+dependabot[bot]@users.noreply.github.com',
    'noreply@github.com',
    'bot@renovateapp.com',
    'project_5_bot_77@noreply.gitlab.example',
  ])('who commits as %s', (email) => {
    expect(actorType({ name: 'Somebody', email })).toBe('bot');
  });
});

describe('nothing is said of', () => {
  test.each([
    ['abbot', 'github'],
    ['talbot-smith', 'github'],
    ['system', 'github'],
    ['anonymous', 'github'],
    ['timer', 'gitlab'],
    ['project_manager', 'gitlab'],
    ['my-amazonaws.com', 'github'],
    ['amazonaws.com.evil', 'aws'],
    ['web-flow', 'gitlab'],
    ['release-bot', 'github'],
  ])('%s of %s', (name, provider) => {
    expect(actorType({ name }, provider)).toBe('unknown');
  });
});

test('what the record says stands, unless the name is one that no person can have', () => {
  expect(actorType({ name: 'renovate', type: 'person' }, 'github')).toBe('person');
  expect(actorType({ name: 'project_1_bot_x', type: 'person' }, 'gitlab')).toBe('person');
  expect(actorType({ name: 'SYSTEM', type: 'person' }, 'jenkins')).toBe('bot');
  expect(actorType({ name: 'sneaky[bot]', type: 'person' }, 'github')).toBe('bot');
  expect(actorType({ name: 'mara', type: 'bot' }, 'github')).toBe('bot');
});

test('asking again about the answer gives the same', () => {
  const provider = fc.option(fc.constantFrom('github', 'gitlab', 'jenkins', 'aws'), { nil: undefined });
  const type = fc.constantFrom('person' as const, 'bot' as const, 'unknown' as const);
  fc.assert(
    fc.property(fc.string(), provider, type, (name, where, said) => {
      const first = actorType({ name, type: said }, where);
      expect(actorType({ name, type: first }, where)).toBe(first);
    }),
  );
});

test('a hostile name of a megabyte is read in one go', () => {
  for (const unit of ['a', ' build service', '(', 'project_1_bot', '.amazonaws.com', 'gitlab ']) {
    expect(botNamed(unit.repeat(100_000), 'azure-devops')).toBeUndefined();
  }
});
