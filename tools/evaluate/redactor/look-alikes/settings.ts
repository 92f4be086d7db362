// Look-alikes whose names sound like secrets and whose values are none: environment, test results, settings, headers.
import type { Random } from '../../../sample/random.ts';
import { base64, camel, draw, type Family, hex, letters, snake, uuid, version, word } from './draw.ts';

const DIGITS = '0123456789';
const UPPER_HEX = '0123456789ABCDEF';

function environment(random: Random): string {
  return random.pick([
    `PWD=/home/runner/work/${word(random)}/${word(random)}`,
    `OLDPWD=/builds/${word(random)}/${word(random)}`,
    `PWD=D:\\a\\${word(random)}\\${word(random)}`,
    `SSH_AUTH_SOCK=/tmp/ssh-${letters(random, 6).toUpperCase()}${hex(random, 6)}/agent.${random.int(100, 9000)}`,
    `GPG_KEY=${draw(random, UPPER_HEX, 40)}`,
    `PYTHON_SHA256=${hex(random, 64)}`,
    `INVOCATION_ID=${hex(random, 32)}`,
    `RUNNER_TRACKING_ID=github_${uuid(random)}`,
    `GITHUB_WORKFLOW_SHA=${hex(random, 40)}`,
    `JOURNAL_STREAM=9:${random.int(10_000, 99_999)}`,
    `CI_JOB_TOKEN_SCOPE_ENABLED=true`,
    `SECRET_SCAN_VERSION=${version(random)}`,
    `KEY_VAULT_NAME=${word(random)}-vault`,
    `AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token`,
    `DOCKER_AUTH_CONFIG_PATH=/root/.docker/config.json`,
    `declare -x TOKEN_ENDPOINT="https://login.example.com/oauth2/token"`,
    `VAULT_AUTH_METHOD=kubernetes VAULT_ROLE=${word(random)}`,
  ]);
}

function results(random: Random): string {
  const count = random.int(1, 4000);
  return random.pick([
    `# pass ${count}\n# fail 0`,
    `pass: ${count}, fail: ${random.int(0, 9)}, skip: ${random.int(0, 40)}`,
    `{"pass":${count},"fail":0,"pending":${random.int(0, 9)}}`,
    `Passed! - Failed: 0, Passed: ${count}, Skipped: 0, Total: ${count}, Duration: ${random.int(1, 90)} s`,
    `tokens/s: ${random.int(1, 900)}.${random.int(0, 99)} tokenizer=${word(random)}-bpe-${random.int(1, 9)}k`,
    `keys=${count} misses=${random.int(0, 90)} hit_rate=0.${random.int(10, 99)}`,
    `secrets: ${random.int(0, 9)} found, ${random.int(0, 9)} new; tokens: ${count}`,
    `pass 2 of 3: ${count} functions, ${random.int(1, 90)} passes over ${word(random)}`,
    `auth_test.go:${random.int(1, 900)}: token = "", want non-empty`,
  ]);
}

function settings(random: Random): string {
  return random.pick([
    `<Reference Include="System.Core, Version=4.0.0.0, Culture=neutral, PublicKeyToken=${hex(random, 16)}" />`,
    `Could not load file or assembly '${camel(random, 2)}, Version=${random.int(1, 9)}.0.0.0, PublicKeyToken=${hex(random, 16)}'`,
    `primaryKey: '${snake(random, 1)}_id', sortKey: 'created_at'`,
    `cache-dependency-path: ${word(random)}/package-lock.json`,
    `token_url: https://login.example.com/${word(random)}/oauth2/v2.0/token`,
    `"authorization_endpoint": "https://login.example.com/authorize",`,
    `password_file: /run/secrets/${word(random)}_password`,
    `private_key_path = "~/.ssh/${word(random)}_ed25519"`,
    `secretName: ${word(random)}-tls`,
    `secretKeyRef: {name: ${word(random)}-credentials, key: password}`,
    `secret: inherit`,
    `permissions: {contents: read, id-token: write}`,
    `      password: ${random.pick(['required', 'string', 'true', 'null', '~', 'optional'])}`,
    `auth: ${random.pick(['none', 'false', 'true', 'oidc', 'basic', 'null'])}`,
    `kms_key_id = "arn:aws:kms:eu-west-1:${draw(random, DIGITS, 12)}:key/${uuid(random)}"`,
    `key_id: ${draw(random, DIGITS, 6)}, token_id: ${uuid(random)}`,
    `session_timeout=${random.int(1, 90)}m token_ttl=${random.int(60, 9000)}s password_min_length=${random.int(8, 24)}`,
    `csrf_token_name: ${snake(random, 2)}, token_header: X-${word(random)}-Token`,
    `api_key_hash=sha256:${hex(random, 64)}`,
  ]);
}

function headers(random: Random): string {
  return random.pick([
    `< HTTP/2 401\n< www-authenticate: Bearer realm="https://auth.example.com/token",service="registry.example.com"`,
    `< x-amz-request-id: ${draw(random, UPPER_HEX, 16)}`,
    `< x-amz-id-2: ${base64(random, 48)}`,
    `< cf-ray: ${hex(random, 16)}-FRA`,
    `< x-github-request-id: ${draw(random, UPPER_HEX, 4)}:${draw(random, UPPER_HEX, 6)}:${draw(random, UPPER_HEX, 7)}`,
    `> Accept: application/vnd.docker.distribution.manifest.v2+json`,
    `< content-md5: ${base64(random, 16)}`,
    `< digest: SHA-256=${base64(random, 32)}`,
    `< strict-transport-security: max-age=${random.int(1000, 63_072_000)}; includeSubDomains; preload`,
    `< etag: W/"${hex(random, 6)}-${base64(random, 20).slice(0, 27)}"`,
    `< access-control-allow-headers: Authorization, X-Api-Key, X-CSRF-Token, Content-Type`,
    `< location: https://cdn.example.com/${hex(random, 2)}/${hex(random, 64)}/${word(random)}.tgz`,
  ]);
}

export const settingsLike: readonly Family[] = [
  { name: 'environment', make: environment },
  { name: 'test results', make: results },
  { name: 'settings', make: settings },
  { name: 'headers', make: headers },
];
