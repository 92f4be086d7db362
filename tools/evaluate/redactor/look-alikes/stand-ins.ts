// Look-alikes that stand in a secret’s place or talk about one: masks, placeholders, references, help, prose.
import type { Random } from '../../../sample/random.ts';
import { type Family, hex, snake, word } from './draw.ts';

const NAMES = ['password', 'token', 'API_KEY', 'client_secret', 'AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN', 'db.password'];

function mask(random: Random): string {
  const name = random.pick(NAMES);
  const stars = random.pick([
    '***',
    '*****',
    '********',
    'xxxx',
    'xxxxxxxxxxxxxxxx',
    'XXXXXXXX',
    '••••••••',
    '[secure]',
  ]);
  return random.pick([
    `${name}: ${stars}`,
    `${name}=${stars}`,
    `export ${name}=${stars}`,
    `  "${name}": "${stars}",`,
    `https://${word(random)}:${stars}@git.example.com/${word(random)}.git`,
    `Authorization: Bearer ${stars}`,
    `AUTHORIZATION: basic ***`,
    `docker login -u ${word(random)} -p ${stars} registry.example.com`,
    `//registry.example.com/:_authToken=${stars}`,
    `${name}=[redacted:generic-secret:${hex(random, 16)}]`,
  ]);
}

function placeholder(random: Random): string {
  const name = random.pick(NAMES);
  const upper = snake(random, 2).toUpperCase();
  return `${name}${random.pick([': ', '=', ' = '])}${random.pick([
    `<${name}>`,
    `<your-${word(random)}-token>`,
    'YOUR_API_KEY',
    'your-token-here',
    'changeme',
    `\${${upper}}`,
    `$${upper}`,
    `%${upper}%`,
    `{{ ${upper.toLowerCase()} }}`,
    `\${{ secrets.${upper} }}`,
    `@${upper}@`,
    `$(${upper})`,
    'null',
    '""',
    'undefined',
    'true',
  ])}`;
}

/** What a vendor’s prefix is followed by in its documentation. */
function shape(random: Random): string {
  const filler = random.pick(['x'.repeat(36), 'X'.repeat(36), '0'.repeat(36), '...', '<token>', '*'.repeat(36)]);
  const prefix = random.pick([
    ['gh', 'p_'],
    ['gl', 'pat-'],
    ['np', 'm_'],
    ['xo', 'xb-'],
    ['sk', '-ant-'],
    ['AK', 'IA'],
    ['pyp', 'i-'],
    ['sk_', 'live_'],
    ['dop_', 'v1_'],
    ['hv', 's.'],
  ]);
  return random.pick(['use a token like ', 'token: ', '--token ']) + prefix.join('') + filler;
}

function help(random: Random): string {
  return random.pick([
    `  --token <token>        access token (default: $${snake(random, 2).toUpperCase()})`,
    `  -p, --password string  password, or read from stdin with --password-stdin`,
    `Usage: ${word(random)} login [--username NAME] [--password-file FILE]`,
    `WARNING! Your password will be stored unencrypted in /home/runner/.docker/config.json.`,
    `error: --api-key is required; see https://docs.example.com/${word(random)}#api-keys`,
    `GITHUB_TOKEN Permissions`,
    `Secret source: Actions`,
    `##[group]GITHUB_TOKEN Permissions\nContents: read\nMetadata: read`,
    `Skipping ${word(random)}: secret ${snake(random, 2).toUpperCase()} is not set`,
    `secret/${word(random)}-credentials created`,
    `token_type=bearer expires_in=${random.int(60, 9000)}`,
    `Enter password: `,
    `password authentication failed for user "${word(random)}"`,
    `The token used in the request has expired or is not valid yet`,
    `Login Succeeded with password-stdin`,
    `Prompt tokens: ${random.int(100, 90_000)}, completion tokens: ${random.int(10, 9000)}, max_tokens=${random.int(1, 9)}000`,
    `remote: Invalid username or token. Password authentication is not supported for Git operations.`,
    `Input required and not supplied: token`,
  ]);
}

export const standIns: readonly Family[] = [
  { name: 'mask', make: mask },
  { name: 'placeholder', make: placeholder },
  { name: 'shape without a body', make: shape },
  { name: 'help and prose', make: help },
];
