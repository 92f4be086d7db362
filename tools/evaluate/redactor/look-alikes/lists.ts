// Look-alikes that name secrets beside values that are none: lists of variables, messages for people, labels of two words.
import type { Random } from '../../../sample/random.ts';
import { camel, type Family, hex, snake, version, word } from './draw.ts';

/** A name and its value as two fields. */
function fields(random: Random): string {
  const upper = snake(random, 2).toUpperCase();
  return random.pick([
    `- name: ${upper}\n  value: ${word(random)}`,
    `- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: ${word(random)}, key: password}`,
    `- name: DB_PASSWORD\n  value: $(${upper})`,
    `- name: PASSWORD_MIN_LENGTH\n  value: "${random.int(8, 24)}"`,
    `- name: password\n  in: query\n  type: string`,
    `  "name": "TOKEN_URL",\n  "value": "https://login.example.com/${word(random)}"`,
    `{"name":"SECRET_NAME","value":"${word(random)}-credentials"}`,
    `{"name": "API_TOKEN", "value": "\${${upper}}"}, {"name": "REGION", "value": "eu-west-1"}`,
    `{"ParameterKey":"DBPassword","ParameterValue":"****"}`,
    `{"key":"${word(random)}","value":"${hex(random, 40)}"}`,
    `<add key="CacheKeyPrefix" value="${word(random)}" />`,
    `<property name="password.file" value="/run/secrets/${word(random)}" />`,
    `variable "db_password" {\n  type      = string\n  sensitive = true\n}`,
    `variable "api_token" {\n  default = ""\n}`,
    `token:\n  description: ${word(random)}\n  default: \${{ github.token }}`,
  ]);
}

function messages(random: Random): string {
  return random.pick([
    `"password_too_short": "your password has fewer than ${random.int(8, 20)} characters",`,
    `"password_mismatch" = "the two of them are not the same";`,
    `password_help_text = "choose one that nobody else knows"`,
    `password_prompt_again = "please enter it once more"`,
    `passwordPlaceholder="Enter your password"`,
    `secret_question = "what was the name of your first pet"`,
    `token_expired_text = "please log in and try again"`,
    `msgid "password_reset_subject"`,
  ]);
}

function labels(random: Random): string {
  return random.pick([
    `API key: required, secret key: optional`,
    `access key ${snake(random, 3)} is not there any more`,
    `API key ${version(random)} of ${word(random)}`,
    `service account key: ${snake(random, 2)}.json`,
    `public API key rotation for ${camel(random, 3)} in ${word(random)}`,
    `app key: ${camel(random, 4)}`,
    `translation_key=${camel(random, 5)}`,
    `SECRET ${camel(random, 4)} has been rotated, TOKEN ${snake(random, 4)} too`,
    `route key: web${random.int(1, 9)}-${word(random)}-${random.int(20_000_000, 29_999_999)}`,
    `secrets_store: ${word(random)}${random.int(1, 9)}-${word(random)}-${random.int(1_000_000_000, 1_999_999_999)}`,
    `docker build --secret id=${word(random)},src=$HOME/.npmrc .`,
    `RUN --mount=type=secret,id=${word(random)},target=/root/.npmrc npm ci`,
    `keys=${word(random)},${word(random)},${word(random)} tokens=${random.int(1, 900)},${random.int(1, 900)}`,
    `a.withCredentials=!0,a.${camel(random, 2)}("${word(random)}")`,
  ]);
}

export const lists: readonly Family[] = [
  { name: 'name and value', make: fields },
  { name: 'messages', make: messages },
  { name: 'labels', make: labels },
];
