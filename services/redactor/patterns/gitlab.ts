// GitLab's tokens: https://docs.gitlab.com/security/tokens/#token-prefixes
import type { Pattern } from '../pattern.ts';
import { BASE64URL, HEX, prefixed } from './make.ts';

const SOURCE = 'https://docs.gitlab.com/security/tokens/#token-prefixes';

// Bodies may be followed by `.`-joined routing data (routable tokens), hence the dot.
function token(id: string, title: string, prefix: string, secret: RegExp, length = 20, alphabet = BASE64URL): Pattern {
  return prefixed({ id, title, source: SOURCE, prefix, secret, shortest: prefix.length + 20, alphabet, length });
}

export const gitlab: readonly Pattern[] = [
  token('gitlab-personal-token', 'GitLab personal, project or group access token', 'glpat-', /glpat-[\w.-]+/),
  token('gitlab-deploy-token', 'GitLab deploy token', 'gldt-', /gldt-[\w.-]+/),
  token('gitlab-runner-token', 'GitLab runner authentication token', 'glrt-', /glrt-[\w.-]+/),
  token('gitlab-runner-created-token', 'GitLab runner token made by registration', 'glrtr-', /glrtr-[\w.-]+/),
  token('gitlab-job-token', 'GitLab CI/CD job token', 'glcbt-', /glcbt-[\w.-]+/),
  token('gitlab-trigger-token', 'GitLab pipeline trigger token', 'glptt-', /glptt-[\w.-]+/, 40, HEX),
  token('gitlab-scim-token', 'GitLab SCIM OAuth token', 'glsoat-', /glsoat-[\w.-]+/),
  token('gitlab-feed-token', 'GitLab feed token', 'glft-', /glft-[\w.-]+/),
  token('gitlab-agent-token', 'GitLab agent for Kubernetes token', 'glagent-', /glagent-[\w.-]+/, 50),
  token('gitlab-mail-token', 'GitLab incoming mail token', 'glimt-', /glimt-[\w.-]+/, 25),
  token('gitlab-oauth-secret', 'GitLab OAuth application secret', 'gloas-', /gloas-[\w.-]+/, 64),
  token('gitlab-feature-flag-token', 'GitLab feature flag client token', 'glffct-', /glffct-[\w.-]+/),
  token('gitlab-workspace-token', 'GitLab workspace token', 'glwt-', /glwt-[\w.-]+/),
  token('gitlab-registration-token', 'GitLab runner registration token', 'GR1348941', /GR1348941[\w-]+/),
];
