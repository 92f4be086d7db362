// docs/threat-model.md leans on files and tests that exist, and says of every attacker what is left.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
const attackers = page.split('\n## ').slice(1);

const CITED = /`(test\/[^`]+\.ts)`((?: "[^"]+")+)/g;

test('every test that is cited exists, under its name', () => {
  const cited = [...page.matchAll(CITED)].flatMap(([, file = '', names = '']) =>
    [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ file, name })),
  );
  expect(cited.length).toBeGreaterThan(50);
  const missing = cited.filter(({ file, name }) => {
    const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
    return !text.includes(`'${name}'`);
  });
  expect(missing).toEqual([]);
});

test('every file that is named exists', () => {
  const named = [...page.matchAll(/`((?:services|playbooks|deploy|test)\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('of every attacker it says which tests hold, row by row, and what is left', () => {
  for (const attacker of attackers) {
    const [, , ...rows] = attacker.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.length, attacker).toBeGreaterThan(0);
    expect(rows.filter((row) => row.match(CITED) === null)).toEqual([]);
    expect(attacker).toContain('\n**Left.** ');
  }
});
