// Look-alikes that are names and numbers: of builds, versions, files, tests, machines and packages.
import type { Random } from '../../../sample/random.ts';
import { camel, capitalized, draw, type Family, hex, letters, snake, time, uuid, version, word } from './draw.ts';

const SUFFIX = 'bcdfghjklmnpqrstvwxz2456789';
const DIGITS = '0123456789';

function identifier(random: Random): string {
  const id = uuid(random);
  return random.pick([
    `Request ID: ${id}`,
    `"id": "${id}",`,
    `correlation-id=${id} status=200`,
    `x-request-id: ${id}`,
    `Runner ${id} picked up job ${random.int(1000, 99_999)}`,
    `/tmp/${id}/output.xml`,
    `prefix-${id}-suffix`,
    `{${id.toUpperCase()}}`,
    `traceparent: 00-${hex(random, 32)}-${hex(random, 16)}-01`,
  ]);
}

function build(random: Random): string {
  const run = random.int(1_000_000_000, 29_999_999_999);
  return random.pick([
    `GITHUB_RUN_ID: ${run}`,
    `https://ci.example.com/${word(random)}/actions/runs/${run}/job/${run + 17}`,
    `Build #${random.int(1, 9000)} (${draw(random, DIGITS, 14)})`,
    `BUILD_TAG=jenkins-${word(random)}-${random.int(1, 900)}`,
    `Job ${run} finished with artifact ${hex(random, 24)}`,
    `Upload ID ${draw(random, DIGITS, 18)}, artifact-digest ${hex(random, 64)}`,
    `travis_fold:start:${word(random)}.${random.int(1, 20)}\r\x1b[0Ktravis_time:start:${hex(random, 8)}`,
    `section_start:${random.int(1_700_000_000, 1_900_000_000)}:prepare_script\r\x1b[0KPreparing`,
    `travis_time:end:${hex(random, 8)}:start=17${draw(random, DIGITS, 17)},finish=17${draw(random, DIGITS, 17)},duration=${draw(random, DIGITS, 9)}`,
  ]);
}

function machine(random: Random): string {
  const name = `${word(random)}-${draw(random, SUFFIX, 10)}-${draw(random, SUFFIX, 5)}`;
  return random.pick([
    `pod/${name} condition met`,
    `runner-${letters(random, 8)}-project-${random.int(1, 99_999)}-concurrent-0`,
    `Instance i-0${hex(random, 16)} in us-east-1a, ami-0${hex(random, 16)}`,
    `arn:aws:iam::${draw(random, DIGITS, 12)}:role/${word(random)}-deploy`,
    `vpc-0${hex(random, 16)} subnet-0${hex(random, 16)} sg-0${hex(random, 16)}`,
    `"Azure Region": "westus3", "VMId": "${uuid(random)}"`,
    `Current runner version: '2.${random.int(300, 400)}.0' on fv-az${random.int(100, 999)}-${random.int(100, 999)}`,
    `https://${draw(random, `${SUFFIX}0`, 13)}.cloudfront.example.com/assets/index.html`,
    `ip-10-0-${random.int(0, 255)}-${random.int(0, 255)}.ec2.internal: ok=${random.int(1, 40)} changed=0`,
  ]);
}

function versionString(random: Random): string {
  const name = word(random);
  return random.pick([
    `${name}@${version(random)} (was ${version(random)})`,
    `v${version(random)}-${random.int(1, 400)}-g${hex(random, 10)}-dirty`,
    `openssl-3.0.${random.int(1, 20)}-1ubuntu${random.int(1, 9)}~22.04.${random.int(1, 9)}+esm1`,
    `Using Python-3.${random.int(8, 14)}.${random.int(0, 9)}-linux-x86_64-cpython-3${random.int(8, 14)}.so`,
    `${name}_${version(random)}_linux_amd64.tar.gz`,
    `clang version 19.1.${random.int(0, 9)} (https://git.example.com/llvm.git ${hex(random, 40)})`,
    `token-${name}: ${version(random)}`,
    `jsonwebtoken ^${version(random)}, passport-jwt ~${version(random)}, keyv ${version(random)}`,
  ]);
}

function path(random: Random): string {
  const deep = Array.from({ length: random.int(3, 7) }, () => word(random)).join('/');
  return random.pick([
    `/home/runner/work/${deep}/secrets/token_store.ts:${random.int(1, 900)}:${random.int(1, 80)}`,
    `~/.npm/_cacache/content-v2/sha512/${hex(random, 2)}/${hex(random, 2)}/${hex(random, 124)}`,
    `C:\\hostedtoolcache\\windows\\${word(random)}\\${version(random)}\\x64\\bin`,
    `at ${camel(random, 2)} (file:///app/node_modules/.pnpm/${word(random)}@${version(random)}_${hex(random, 32)}/index.js:1:${random.int(1, 90_000)})`,
    `target/release/deps/lib${snake(random, 2)}-${hex(random, 16)}.rlib`,
    `/usr/lib/jvm/${word(random)}/lib/security/cacerts`,
    `writing dist/assets/${word(random)}-${draw(random, `${SUFFIX}${SUFFIX.toUpperCase()}_-`, 8)}.js`,
    `git@git.example.com:${word(random)}/${word(random)}.git`,
    `ssh://git@git.example.com:22/${deep}.git`,
    `key=/etc/ssl/private/${word(random)}.key cert=/etc/ssl/certs/${word(random)}.pem`,
    `https://example.com/${deep}?page=${random.int(1, 90)}&sort=updated_at&utm_source=${word(random)}`,
  ]);
}

function test(random: Random): string {
  const name = camel(random, 4);
  return random.pick([
    `ok ${random.int(1, 900)} - ${name} rejects an expired token (${random.int(1, 900)} ms)`,
    `=== RUN   Test${capitalized(name)}/password_is_too_short`,
    `PASSED tests/${snake(random, 3)}.py::Test${capitalized(word(random))}::test_token_${snake(random, 2)}[${hex(random, 4)}-True]`,
    `[INFO] Running com.example.${word(random)}.${capitalized(name)}PasswordResetTest`,
    `  ✓ ${word(random)} > token refresh > asks again when the secret has been rotated`,
    `test auth::tests::${snake(random, 5)}_with_invalid_api_key ... ok`,
    `Test Case '-[${capitalized(name)}Tests test${capitalized(camel(random, 3))}]' passed (0.0${random.int(10, 99)} seconds).`,
    `${time(random)} --- PASS: Test_${name}_Secret (0.0${random.int(1, 9)}s)`,
  ]);
}

function tree(random: Random): string {
  const line = (indent: string) => `${indent}${word(random)}@${version(random)}`;
  const artifact = () => `com.${word(random)}:${word(random)}-${word(random)}:${version(random)}`;
  return random.pick([
    ['├─┬ ', '│ ├── ', '│ └─┬ ', '│   └── '].map(line).join('\n'),
    `+--- ${artifact()} -> ${version(random)} (*)\n|    \\--- ${artifact()}`,
    `[INFO] |  +- ${artifact()}:jar:compile`,
    `${word(random)} v${version(random)} (/build/${word(random)})\n└── ${word(random)}-macros v${version(random)} (proc-macro)`,
    `Downloading ${word(random)}-${version(random)}-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl (${random.int(1, 90)} kB)`,
    `added ${random.int(1, 900)} packages, and audited ${random.int(900, 2000)} packages in ${random.int(1, 40)}s`,
  ]);
}

export const names: readonly Family[] = [
  { name: 'UUID', make: identifier },
  { name: 'build id', make: build },
  { name: 'machine', make: machine },
  { name: 'version', make: versionString },
  { name: 'path', make: path },
  { name: 'test name', make: test },
  { name: 'dependency tree', make: tree },
];
