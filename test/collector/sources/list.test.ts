// The list of sources and the folder hold the same: one file per feed, named like its id.
import { expect, test } from 'vitest';
import { SOURCES } from '../../../services/collector/sources/index.ts';
import { feedFiles } from '../../helpers/feeds.ts';

test('every feed has its file, and every file is listed', () => {
  expect([...feedFiles().keys()].sort()).toEqual(SOURCES.map(({ id }) => id).sort());
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
