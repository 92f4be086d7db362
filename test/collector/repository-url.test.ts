// Which repository an address names.
import { expect, test } from 'vitest';
import { repositoryOf } from '../../services/collector/repository-url.ts';

test.each([
  ['https://github.com/acme/shop.git', 'acme/shop', 'github'],
  ['https://gitlab.com/acme/web/shop', 'acme/web/shop', 'gitlab'],
  ['git@bitbucket.org:acme/shop.git', 'acme/shop', 'bitbucket'],
  ['ssh://git@git.example.org:2222/acme/shop.git', 'acme/shop', undefined],
  ['git.example.org:/srv/shop.git', 'srv/shop', undefined],
])('%s', (address, name, provider) => {
  expect(repositoryOf(address)).toEqual({ repository: { name }, ...(provider && { provider: { name: provider } }) });
});

test.each([[undefined], [''], ['shop'], ['https://github.com/'], ['https://']])('none in %s', (address) => {
  expect(repositoryOf(address)).toBeUndefined();
});
