// Every kind is found wherever a log may hold it, all of it and no more; filler and stumps are not.
import { expect, it } from 'vitest';
import type { Pattern } from '../../../services/redactor/pattern.ts';
import { PATTERNS } from '../../../services/redactor/patterns.ts';
import { randomFrom } from '../../helpers/random.ts';
import { createFinder } from './finding.ts';

/** How a line of a log, a script or a dump goes on around it. */
const SURROUNDINGS: Readonly<Record<string, (text: string) => string>> = {
  'at the start of a line': (text) => text,
  'in quotes': (text) => `"${text}"`,
  'behind a timestamp': (text) => `2026-03-01T10:00:00.0000000Z ${text} `,
  'between escaped line breaks': (text) => `"a=1\\n${text}\\nb=2"`,
  'in a dump of the environment': (text) => `PATH=/bin\0${text}\0HOME=/root`,
};

const SEEDS = [1, 2, 3, 4, 5];

/** What the form itself says. */
function commonPrefix(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = first.length;
  while (!texts.every((text) => text.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length);
}

function fillerOf(row: Pattern): string {
  const { secret, text } = row.example(randomFrom(9));
  const own = commonPrefix(SEEDS.map((seed) => row.example(randomFrom(seed)).secret));
  return text.replace(secret, own + 'x'.repeat(secret.length - own.length));
}

/** Kinds of several lines are put together elsewhere. */
const rows = PATTERNS.filter((row) => !row.example(randomFrom(1)).secret.includes('\n'));

it.each(rows.map((row) => [row.id, row] as const))('%s', (kind, row) => {
  const find = createFinder([row]);
  for (const [where, surround] of Object.entries(SURROUNDINGS)) {
    for (const seed of SEEDS) {
      const { secret, text } = row.example(randomFrom(seed));
      expect(find(surround(text)), where).toContainEqual({ kind, secret });
    }
  }
  expect(find(fillerOf(row)), 'filler').toEqual([]);
  const { secret, text } = row.example(randomFrom(9));
  expect(find(text.replace(secret, secret.slice(0, row.shortest - 1))), 'too short').toEqual([]);
});

it('names each kind once, who issues it, and where its form is described', () => {
  expect(new Set(PATTERNS.map(({ id }) => id)).size).toBe(PATTERNS.length);
  for (const { id, provider, source } of PATTERNS) {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(provider, id).not.toBe('');
    expect(source, id).toMatch(/^https:\/\//);
  }
});
