// The list of sources and the folder hold the same: one file per feed, named like its id.
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SOURCES } from '../../../services/collector/sources/index.ts';

test('every feed has its file, and every file is listed', () => {
  const files = globSync('*/*.ts', { cwd: 'services/collector/sources', exclude: ['**/*.cases.ts'] }).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  const named = SOURCES.map(({ id }) => (id.includes('.') ? id.replace('.', '/') : `${id}/${id}`));
  expect(files.sort()).toEqual(named.sort());
});

test.each(SOURCES.map((source) => [source.id, source] as const))('%s says what it reads', (_id, source) => {
  expect(source.title).not.toBe('');
  expect(source.reference).toMatch(/^https:\/\//);
});

test.each(SOURCES.map((source) => [source.id, source] as const))('%s refuses what is nothing of it', (id, source) => {
  const junk = source.body !== 'json' ? [null, 7, {}] : [null, 7, 'text', [], {}];
  for (const body of junk) {
    expect(() => source.normalize({ source: id, received_at: 0, redactions: {}, body })).toThrow('not a record of');
    expect(source.time(body)).toBeUndefined();
  }
});
