import { expect, test } from 'vitest';
import { repositoryName } from '../../services/collector/repository-name.ts';

test.each([
  ['git@github.com:acme/shop.git', 'acme/shop'],
  ['https://github.com/acme/shop', 'acme/shop'],
  ['https://github.com/acme/shop/blob/main/a.ts#L1', 'acme/shop'],
  ['https://github.com/acme/shop/actions/runs/7', 'acme/shop'],
  ['https://api.github.com/repos/acme/shop', 'acme/shop'],
  ['https://gitlab.example/group/sub/app/-/pipelines/5', 'group/sub/app'],
  ['ssh://git@bitbucket.example:7999/proj/shop.git', 'proj/shop'],
  ['https://bitbucket.example/scm/PROJ/shop.git', 'PROJ/shop'],
  ['https://dev.azure.com/acme/My%20Project/_git/shop', 'My Project/shop'],
  ['https://dev.azure.com/acme/_git/shop', 'shop/shop'],
  ['https://acme.visualstudio.com/DefaultCollection/proj/_git/shop', 'proj/shop'],
  ['git@ssh.dev.azure.com:v3/acme/proj/shop', 'proj/shop'],
])('%s is %s', (address, name) => {
  expect(repositoryName(address)).toBe(name);
});

test.each([
  undefined,
  '',
  '/srv/git/shop.git',
  'C:\\code\\shop',
  'file:///a/b',
  'https://example.org/alone',
  '%E0%A4%A',
])('%s names no repository', (address) => {
  expect(repositoryName(address)).toBeUndefined();
});
