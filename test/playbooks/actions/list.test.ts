// The list holds one action for each file that defines one, named after it.
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ACTIONS } from '../../../playbooks/actions/index.ts';

const folder = new URL('../../../playbooks/actions/', import.meta.url);

const systems = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());

test.each(systems.map(({ name }) => name))('of %s', async (system) => {
  const files = await readdir(new URL(system, folder));
  const ids: string[] = [];
  for (const file of files.filter((each) => each.endsWith('.ts'))) {
    const source = await readFile(new URL(`${system}/${file}`, folder), 'utf8');
    const id = `${system}.${file.replace(/\.ts$/, '')}`;
    if (source.includes(`'${id}'`)) ids.push(id);
  }
  const listed = [...ACTIONS.values()].filter((action) => action.system === system);
  expect(listed.map(({ id }) => id).sort()).toEqual(ids.sort());
});
