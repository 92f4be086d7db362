// What the cases of Bitbucket Cloud's deliveries have in common. Part of ../webhook.cases.ts.
export const CLOUD = 'https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/';
export const SHA = '709d658dc5b6d6afcd46049c2f332ee3f515a67d';
export const BASE = '1e65c05c1d5171631d92438a13901ca7dae9618c';

export const mona = {
  type: 'user',
  display_name: 'Mona Lisa',
  nickname: 'mona',
  account_id: '557058:d5765ebd-27de-4ce3-b859-a77882cee3ab',
  uuid: '{d301aafa-d676-4ee0-88be-962be7417567}',
};
export const shop = {
  type: 'repository',
  full_name: 'acme/shop',
  name: 'shop',
  uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}',
  is_private: true,
  workspace: { type: 'workspace', slug: 'acme', uuid: '{c040300a-0d62-4b66-9f87-b8f5a0a8f5b0}' },
  mainbranch: { type: 'branch', name: 'main' },
};
export const fork = {
  type: 'repository',
  full_name: 'eve/shop',
  name: 'shop',
  uuid: '{11111111-3421-46c9-9d48-90745f7bfe8e}',
};
export const common = { actor: mona, repository: shop };
