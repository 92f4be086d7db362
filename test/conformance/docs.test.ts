// What the documentation shows is true: its configuration is valid, its links lead somewhere, its commands exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationSchema } from '../../services/cli/configuration.ts';
import { loadSubcommands } from '../../services/cli/index.ts';
import { processIo } from '../../services/cli/io.ts';
import { parseYaml } from '../../services/core/configuration/parse.ts';

const root = join(import.meta.dirname, '../..');
const pages = ['', 'docs', 'docs/reference'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(root, folder, file), 'utf8') })),
);

/** Fenced blocks of a language, without the indentation of the list they may stand in. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```/gm)]
    .filter(([, , found]) => found === language)
    .map(([, indent = '', , body = '']) => body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

test('every configuration that is shown is valid', () => {
  const shown = pages.flatMap(({ file, text }) => blocks(text, 'yaml').map((yaml) => ({ file, yaml })));
  expect(shown.length).toBeGreaterThan(0);
  for (const { file, yaml } of shown) expect(parseYaml(configurationSchema, yaml, file)).toBeDefined();
});

test('every link to a file leads to one', () => {
  const broken = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
      .map(([, target = '']) => join(dirname(file), target))
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every subcommand that is named exists', async () => {
  const known = new Set((await loadSubcommands()).map((make) => make(processIo(), () => {}).name()));
  const named = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:npx pipewarden|`pipewarden) ([a-z]+)/g)].map(([, name = '']) => `${file}: ${name}`),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((each) => !known.has(each.split(': ')[1] ?? ''))).toEqual([]);
});
