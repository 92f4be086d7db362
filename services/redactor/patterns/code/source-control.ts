// Tokens of source-control hosts besides `github.ts` and `gitlab.ts`.
import type { Pattern } from '../../pattern.ts';
import { mixed } from '../make/mixed.ts';
import { alphanumeric, hex, lower, named } from '../make/named.ts';
import { ALPHANUMERIC, BASE64, BASE64URL, draw, HEX, LOWER_ALPHANUMERIC, token } from '../make/token.ts';

const GITEA = 'https://docs.gitea.com/development/api-usage#authentication';
const SOURCEGRAPH = 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token';

export const sourceControl: readonly Pattern[] = [
  token({
    id: 'bitbucket-app-password',
    provider: 'Bitbucket',
    title: 'app password',
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/',
    prefix: 'ATBB',
    length: 32,
    exact: true,
  }),
  token({
    id: 'bitbucket-access-token',
    provider: 'Bitbucket',
    title: 'repository, project or workspace access token',
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/',
    prefix: 'ATCTT3x',
    alphabet: `${BASE64URL}=`,
    length: 150,
  }),
  token({
    id: 'bitbucket-data-center-token',
    provider: 'Bitbucket',
    title: 'Data Center access token',
    source: 'https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html',
    prefix: 'BBDC-',
    alphabet: BASE64,
    length: 40,
  }),
  named({
    id: 'bitbucket-client-secret',
    provider: 'Bitbucket',
    title: 'Bitbucket OAuth consumer secret',
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/',
    value: alphanumeric(32),
  }),
  named({
    id: 'gitea-token',
    provider: 'Gitea',
    title: 'Gitea, Forgejo or Gogs access token',
    source: GITEA,
    names: ['gitea', 'forgejo', 'codeberg', 'gogs_'],
    value: hex(40),
  }),
  named({
    id: 'gitee-token',
    provider: 'Gitee',
    title: 'Gitee access token',
    source: 'https://gitee.com/api/v5/swagger',
    value: hex(32),
  }),
  token({
    id: 'sourcegraph-token',
    provider: 'Sourcegraph',
    title: 'access token',
    source: SOURCEGRAPH,
    // Newer ones name the instance.
    prefix: ['sgp_', 'sgd_'],
    body: {
      source: '(?:[0-9a-fA-F]{16}_)?(?:local_)?[0-9a-fA-F]{40}',
      make: (random) => `local_${draw(random, HEX, 40)}`,
    },
    alphabet: `${HEX}ABCDEF_locl`,
    length: 40,
    exact: true,
  }),
  named({
    id: 'sourcegraph-old-token',
    provider: 'Sourcegraph',
    title: 'Sourcegraph access token without a prefix',
    source: SOURCEGRAPH,
    value: hex(40),
  }),
  token({
    id: 'sourcegraph-license-token',
    provider: 'Sourcegraph',
    title: 'licence token',
    source: SOURCEGRAPH,
    prefix: 'slk_',
    alphabet: HEX,
    length: 64,
  }),
  mixed(
    token({
      id: 'gitpod-token',
      provider: 'Gitpod',
      title: 'personal access token',
      source: 'https://www.gitpod.io/docs/classic/user/configure/user-settings/access-tokens',
      prefix: 'gitpod_pat_',
      alphabet: `${BASE64URL}.`,
      length: 32,
    }),
  ),
  token({
    id: 'phabricator-token',
    provider: 'Phabricator',
    title: 'Conduit API token',
    source: 'https://secure.phabricator.com/book/phabricator/article/conduit/',
    prefix: ['api-', 'cli-'],
    alphabet: LOWER_ALPHANUMERIC,
    length: 28,
    exact: true,
  }),
  named({
    id: 'sourcehut-token',
    provider: 'SourceHut',
    title: 'SourceHut access token',
    source: 'https://man.sr.ht/meta.sr.ht/oauth.md',
    names: ['sourcehut', 'sr.ht', 'srht'],
    value: lower(32),
  }),
  named({
    id: 'helix-ticket',
    provider: 'Perforce',
    title: 'Perforce ticket',
    source: 'https://help.perforce.com/helix-core/server-apps/cmdref/current/Content/CmdRef/p4_login.html',
    names: ['p4passwd', 'p4ticket'],
    value: hex(32),
    label: 'optional',
  }),
  token({
    id: 'deepsource-dsn',
    provider: 'DeepSource',
    title: 'DSN key',
    source: 'https://docs.deepsource.com/docs/developers/api/personal-access-tokens',
    prefix: 'dsp_',
    alphabet: ALPHANUMERIC,
    length: 36,
    exact: true,
  }),
];
