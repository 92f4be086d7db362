// GitLab's tokens: https://docs.gitlab.com/security/tokens/#token-prefixes
import type { Pattern } from '../pattern.ts';
import { BASE64URL, HEX, prefixed } from './make.ts';

const SOURCE = 'https://docs.gitlab.com/security/tokens/#token-prefixes';

// Bodies may be followed by `.`-joined routing data (routable tokens), hence the dot.
function token(id: string, title: string, prefix: string, secret: RegExp, length = 20, alphabet = BASE64URL): Pattern {
  return prefixed({ id, title, source: SOURCE, prefix, secret, alphabet, length });
}

export const gitlab: readonly Pattern[] = [
  token('gitlab-personal-token', 'GitLab personal, project or group access token', 'glpat-', /glpat-[\w.-]{20,}/),
  token('gitlab-deploy-token', 'GitLab deploy token', 'gldt-', /gldt-[\w.-]{20,}/),
  token('gitlab-runner-token', 'GitLab runner authentication token', 'glrt-', /glrt-[\w.-]{20,}/),
  token('gitlab-runner-created-token', 'GitLab runner token made by registration', 'glrtr-', /glrtr-[\w.-]{20,}/),
  token('gitlab-job-token', 'GitLab CI/CD job token', 'glcbt-', /glcbt-[\w.-]{20,}/),
  token('gitlab-trigger-token', 'GitLab pipeline trigger token', 'glptt-', /glptt-[\w.-]{20,}/, 40, HEX),
  token('gitlab-scim-token', 'GitLab SCIM OAuth token', 'glsoat-', /glsoat-[\w.-]{20,}/),
  token('gitlab-feed-token', 'GitLab feed token', 'glft-', /glft-[\w.-]{20,}/),
  token('gitlab-agent-token', 'GitLab agent for Kubernetes token', 'glagent-', /glagent-[\w.-]{40,}/, 50),
  token('gitlab-mail-token', 'GitLab incoming mail token', 'glimt-', /glimt-[\w.-]{20,}/, 25),
  token('gitlab-oauth-secret', 'GitLab OAuth application secret', 'gloas-', /gloas-[\w.-]{40,}/, 64),
  token('gitlab-feature-flag-token', 'GitLab feature flag client token', 'glffct-', /glffct-[\w.-]{20,}/),
  token('gitlab-workspace-token', 'GitLab workspace token', 'glwt-', /glwt-[\w.-]{20,}/),
  token('gitlab-registration-token', 'GitLab runner registration token', 'GR1348941', /GR1348941[\w-]{20,}/),
];
