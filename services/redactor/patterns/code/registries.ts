// Tokens of package and image hosts besides `packages.ts`.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder } from '../../plausible.ts';
import { mixed } from '../make/mixed.ts';
import { alphanumeric, hex, named } from '../make/named.ts';
import { ALPHANUMERIC, BASE64URL, draw, HEX, LOWER_ALPHANUMERIC, token } from '../make/token.ts';

const JFROG = 'https://jfrog.com/help/r/jfrog-platform-administration-documentation';

/** The same command goes on from `login` to the option. */
const LOGIN = / login(?: [^\0\r\n|;&<>]*)?$/;

export const registries: readonly Pattern[] = [
  token({
    id: 'docker-token',
    provider: 'Docker Hub',
    title: 'personal access token',
    source: 'https://docs.docker.com/security/access-tokens/',
    prefix: 'dckr_pat_',
    alphabet: BASE64URL,
    length: 27,
  }),
  token({
    id: 'docker-organization-token',
    provider: 'Docker Hub',
    title: 'organization access token',
    source: 'https://docs.docker.com/enterprise/security/access-tokens/',
    prefix: 'dckr_oat_',
    alphabet: BASE64URL,
    length: 32,
  }),
  {
    id: 'docker-login-password',
    provider: 'Docker',
    title: 'Password on the command line of docker, podman, buildah, helm or skopeo login',
    source: 'https://docs.docker.com/reference/cli/docker/login/',
    keywords: [' -p', ' --password'],
    before: / (?:-p|--password)[ =]?["']?/,
    secret: /[^\0 \t\r\n"'`$<>|;&\\][^\0 \t\r\n"'`<>|;&\\]*/,
    shortest: 4,
    accepts: (secret, before) => LOGIN.test(before) && !secret.startsWith('-') && !isPlaceholder(secret),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 20);
      return { secret, text: `+ docker login -u ci -p ${secret} registry.example.com` };
    },
  },
  mixed(
    token({
      id: 'crates-io-token',
      provider: 'crates.io',
      title: 'API token',
      source: 'https://doc.rust-lang.org/cargo/reference/publishing.html',
      prefix: 'cio',
      length: 32,
      exact: true,
    }),
  ),
  token({
    id: 'rubygems-key',
    provider: 'RubyGems',
    title: 'API key',
    source: 'https://guides.rubygems.org/api-key-scopes/',
    prefix: 'rubygems_',
    alphabet: HEX,
    length: 48,
  }),
  token({
    id: 'nuget-key',
    provider: 'NuGet',
    title: 'API key',
    source: 'https://learn.microsoft.com/nuget/nuget-org/scoped-api-keys',
    prefix: 'oy2',
    alphabet: LOWER_ALPHANUMERIC,
    length: 43,
    exact: true,
  }),
  token({
    id: 'clojars-token',
    provider: 'Clojars',
    title: 'deploy token',
    source: 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens',
    prefix: 'CLOJARS_',
    alphabet: HEX,
    length: 60,
  }),
  token({
    id: 'packagist-token',
    provider: 'Packagist',
    title: 'API token',
    source: 'https://packagist.com/docs/api-authentication',
    prefix: ['packagist_uut_', 'packagist_ort_', 'packagist_out_'],
    alphabet: HEX,
    length: 60,
  }),
  token({
    id: 'artifactory-key',
    provider: 'JFrog',
    title: 'API key',
    source: `${JFROG}/api-key`,
    prefix: 'AKCp',
    length: 60,
  }),
  token({
    id: 'artifactory-reference-token',
    provider: 'JFrog',
    title: 'reference token',
    source: `${JFROG}/reference-tokens`,
    prefix: 'cmVmdGtu',
    length: 50,
  }),
  named({
    id: 'jfrog-old-key',
    provider: 'JFrog',
    title: 'JFrog API key or identity token without a prefix',
    source: `${JFROG}/api-key`,
    names: ['jfrog', 'artifactory', 'bintray', 'xray'],
    value: alphanumeric(64, 73),
  }),
  named({
    id: 'bintray-key',
    provider: 'JFrog',
    title: 'Bintray API key',
    source: `${JFROG}/api-key`,
    names: ['bintray'],
    value: hex(40),
  }),
  named({
    id: 'cloudsmith-key',
    provider: 'Cloudsmith',
    title: 'Cloudsmith API key',
    source: 'https://help.cloudsmith.io/docs/api-key',
    value: hex(40),
  }),
  named({
    id: 'quay-token',
    provider: 'Quay',
    title: 'Quay OAuth token or robot password',
    source: 'https://docs.projectquay.io/use_quay.html#_using_the_quay_api',
    names: ['quay'],
    value: alphanumeric(40, 64),
  }),
  {
    id: 'gem-server-credential',
    provider: 'Contributed Systems',
    title: 'Gem server credential in Bundler’s configuration',
    source: 'https://github.com/sidekiq/sidekiq/wiki/Build-Support',
    keywords: ['contribsys'],
    before: /contribsys__com["']?[ \t]{0,3}[:=][ \t]{0,3}["']?/i,
    secret: /[0-9a-f]+:[0-9a-f]+/,
    shortest: 17,
    example(random) {
      const secret = `${draw(random, HEX, 8)}:${draw(random, HEX, 8)}`;
      return { secret, text: `BUNDLE_GEMS__CONTRIBSYS__COM=${secret}` };
    },
  },
  token({
    id: 'anaconda-token',
    provider: 'Anaconda',
    title: 'access token',
    source: 'https://www.anaconda.com/docs/tools/anaconda-org/user-guide/work-with-tokens',
    prefix: 'an-',
    alphabet: `${BASE64URL}`,
    length: 36,
    exact: true,
  }),
  named({
    id: 'fury-token',
    provider: 'Gemfury',
    title: 'Gemfury deploy or push token',
    source: 'https://gemfury.com/help/tokens/',
    names: ['gemfury', 'fury'],
    value: alphanumeric(20, 30),
  }),
  named({
    id: 'deno-token',
    provider: 'Deno',
    title: 'Deno Deploy token',
    source: 'https://docs.deno.com/deploy/',
    names: ['deno deploy', 'jsr token'],
    value: alphanumeric(36, 44),
  }),
  token({
    id: 'deno-access-token',
    provider: 'Deno',
    title: 'access token',
    source: 'https://docs.deno.com/deploy/',
    prefix: ['ddp_', 'ddw_', 'ddo_'],
    length: 36,
    exact: true,
  }),
  {
    id: 'netrc-password',
    provider: 'any',
    title: 'Password in a .netrc line',
    source: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
    keywords: ['machine '],
    before: /machine[ \t]+[A-Za-z0-9._-]+[ \t]+login[ \t]+[^\0 \t\r\n]+[ \t]+password[ \t]+/,
    secret: /[^\0 \t\r\n"'`\\]+/,
    shortest: 4,
    accepts: (secret) => !isPlaceholder(secret),
    example: (random) => {
      const secret = draw(random, ALPHANUMERIC, 16);
      return { secret, text: `machine git.example.com login ci password ${secret}` };
    },
  },
  {
    id: 'hex-key',
    provider: 'Hex',
    title: 'Hex API key',
    source: 'https://hex.pm/docs/publish',
    keywords: ['hex_api_key'],
    before: /hex_api_key["']?[ \t]{0,3}[:=][ \t]{0,3}["']?/i,
    secret: /[0-9a-f]+/,
    shortest: 32,
    example: (random) => {
      const secret = draw(random, HEX, 32);
      return { secret, text: `HEX_API_KEY=${secret}` };
    },
  },
];
