// deploy/sensors: what no machine here can run is at least well-formed, and names what there is.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { credentialFile } from '../../../detectors/process/credential-files.ts';
import { SOURCES } from '../../../services/collector/sources/index.ts';
import { read, root } from './files.ts';

const FOLDER = 'deploy/sensors';
const files = readdirSync(join(root, FOLDER), { recursive: true, encoding: 'utf8' }).map((file) => join(FOLDER, file));
const texts = files
  .filter((file) => /\.(?:md|ya?ml)$|file$|sensor$/.test(file))
  .map((file) => ({ file, text: read(file) }));
const runner = read(`${FOLDER}/run-sensor`);

describe('the snippets', () => {
  test('are YAML where they say so', () => {
    const yaml = files.filter((file) => /\.ya?ml$/.test(file));
    expect(yaml.length).toBeGreaterThanOrEqual(5);
    for (const file of yaml) expect(parse(read(file)), file).toBeTypeOf('object');
  });

  test('the action uses the inputs that it declares, and all of them', () => {
    const text = read(`${FOLDER}/github-action/action.yml`);
    const { inputs } = z
      .object({ inputs: z.record(z.string(), z.object({ description: z.string() })) })
      .parse(parse(text));
    const used = [...text.matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name = '']) => name);
    expect(used.toSorted()).toEqual(Object.keys(inputs).sort());
  });

  test('hand over every setting that run-sensor reads, and name it as it does', () => {
    const settings = ['SENSOR', ...new Set(runner.match(/\b(?:PIPEWARDEN_(?:URL|SECRET|RUNNER)|\w+_IMAGE)\b/g))].sort();
    const handed = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/--preserve-env=(\S+)/g)].map(([, list = '']) => [file, list.split(',').toSorted()]),
    );
    expect(handed.length).toBe(4);
    for (const [file, list] of handed) expect(list, `${file}`).toEqual(settings);
  });

  test('name addresses that are received, and files that are there', () => {
    const addresses = texts.flatMap(({ text }) => text.match(/(?<=HOST)\/hooks\/[a-z-]+/g) ?? []);
    expect(addresses.length).toBeGreaterThan(3);
    const known = SOURCES.flatMap(({ push }) => push?.path ?? []);
    for (const address of addresses) expect(known).toContain(address);
    const broken = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, target = '']) => join(dirname(file), target))
        .filter((target) => !existsSync(join(root, target))),
    );
    expect(broken).toEqual([]);
  });
});

describe('pipewarden.bt', () => {
  const program = read(`${FOLDER}/bpftrace/pipewarden.bt`);
  // A line is `$x = ($low ^ NUMBER) | ($high ^ NUMBER); …` with its word in a comment behind it.
  const compared = [...program.matchAll(/\(?\$low \^ 0x(\w+)\)?(?: \| \(.*?\^ 0x(\w+)\))?;.*\/\* (.+) \*\//g)];
  const words = compared.map(([, , , word = '']) => word.replace('\\0', '\0'));

  test('compares with the words that stand beside its numbers', () => {
    expect(compared.length).toBeGreaterThan(40);
    const spelled = compared.map(([, low = '', high = '']) => backwards(low) + backwards(high));
    expect(spelled).toEqual(words);
  });

  test.each([
    '/home/runner/actions-runner/.credentials_rsaparams',
    '/home/runner/actions-runner/.credentials',
    '/home/runner/actions-runner/.runner',
    '/home/runner/work/_temp/_runner_file_commands/set_env_1',
    '/etc/gitlab-runner/config.toml',
    '/var/jenkins_home/secrets/master.key',
    '/var/jenkins_home/users/users.xml',
    '/var/jenkins_home/credentials.xml',
    '/root/.aws/credentials',
    '/root/.config/gcloud/application_default_credentials.json',
    '/root/.azure/msal_token_cache.json',
    '/root/.oci/config',
    '/root/.kube/config',
    '/var/run/secrets/kubernetes.io/serviceaccount/token',
    ...['.netrc', '.npmrc', '.pypirc', '.yarnrc.yml', '.docker/config.json', '.git-credentials'].map(
      (file) => `/root/${file}`,
    ),
    ...['.config/gh/hosts.yml', '.m2/settings.xml', '.gem/credentials', '.cargo/credentials.toml'].map(
      (file) => `/root/${file}`,
    ),
    '/root/.composer/auth.json',
    '/root/.ssh/id_ed25519',
    '/root/.gnupg/private-keys-v1.d/1.key',
    '/etc/shadow',
  ])('tells of %s, which the detectors watch for', (path) => {
    expect(credentialFile(path)).toBeDefined();
    expect(words.some((word) => `${path}\0`.includes(word))).toBe(true);
  });
});

/** A number as it is written becomes the characters that it stands for: the first in the lowest byte. */
function backwards(hex: string): string {
  return Buffer.from(hex, 'hex').reverse().toString('latin1');
}
