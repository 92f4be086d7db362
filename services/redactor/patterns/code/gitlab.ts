// GitLab's tokens: https://docs.gitlab.com/security/tokens/#token-prefixes
import type { Pattern } from '../../pattern.ts';
import { BASE64URL, classOf, HEX, prefixed } from '../make/token.ts';

const SOURCE = 'https://docs.gitlab.com/security/tokens/#token-prefixes';

/** Routable tokens say in their tail where they belong: https://docs.gitlab.com/development/cells/routing_service/ */
const ROUTABLE = String.raw`[\w-]{27,300}\.[0-9a-z]{2}(?:\.[0-9a-z]{2})?[0-9a-z]{7}`;
const END = String.raw`(?![\w-])`;

/** `length`: of a body of one length; without it, 20 characters or more, as these grew over the years. */
function token(id: string, title: string, prefix: string, length?: number, alphabet = BASE64URL): Pattern {
  const body = length === undefined ? String.raw`[\w.-]+` : `(?:${classOf(alphabet)}{${length}}|${ROUTABLE})${END}`;
  return prefixed({
    id,
    provider: 'GitLab',
    title: `GitLab ${title}`,
    source: SOURCE,
    prefix,
    secret: new RegExp(prefix + body),
    shortest: prefix.length + 20,
    alphabet,
    length: length ?? 20,
  });
}

export const gitlab: readonly Pattern[] = [
  token('gitlab-personal-token', 'personal, project or group access token', 'glpat-'),
  token('gitlab-deploy-token', 'deploy token', 'gldt-'),
  token('gitlab-runner-token', 'runner authentication token', 'glrt-'),
  token('gitlab-runner-created-token', 'runner token made by registration', 'glrtr-'),
  token('gitlab-job-token', 'CI/CD job token', 'glcbt-'),
  token('gitlab-trigger-token', 'pipeline trigger token', 'glptt-', 40, HEX),
  token('gitlab-scim-token', 'SCIM OAuth token', 'glsoat-', 20),
  token('gitlab-feed-token', 'feed token', 'glft-'),
  token('gitlab-agent-token', 'agent for Kubernetes token', 'glagent-', 50),
  token('gitlab-mail-token', 'incoming mail token', 'glimt-', 25),
  token('gitlab-oauth-secret', 'OAuth application secret', 'gloas-', 64),
  token('gitlab-feature-flag-token', 'feature flag client token', 'glffct-', 20),
  token('gitlab-workspace-token', 'workspace token', 'glwt-', 20),
  token('gitlab-registration-token', 'runner registration token', 'GR1348941', 20),
];
