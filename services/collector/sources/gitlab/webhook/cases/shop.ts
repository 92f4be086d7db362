// Who and what the cases of GitLab's deliveries are about.

export const HOOKS = 'https://docs.gitlab.com/user/project/integrations/webhook_events/';
export const SYSTEM = 'https://docs.gitlab.com/administration/system_hooks/';

export const sha = 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7';
export const before = '95790bf891e76fee5e1747ab589903a6a1f80f22';

export const project = {
  id: 15,
  name: 'Shop',
  web_url: 'https://gitlab.com/acme/web/shop',
  namespace: 'Web',
  visibility_level: 0,
  path_with_namespace: 'acme/web/shop',
  default_branch: 'main',
  ci_config_path: '',
};
export const mara = { id: 4, name: 'Mara Lind', username: 'mara', email: 'Mara@example.org' };
export const runner = {
  id: 380987,
  description: 'shared-6.runners-manager',
  active: true,
  runner_type: 'instance_type',
  is_shared: true,
  tags: ['linux', 'docker'],
};
export const shop = {
  provider: { name: 'gitlab' },
  repository: { name: 'acme/web/shop', visibility: 'private' as const },
};
