// Every expression that reads logs takes linear time: a log is as long as whoever writes it likes.
import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

const FILES = [
  'services/collector/log/**/*.ts',
  'services/collector/sources/*/{job-log,console}.ts',
  'services/collector/sources/*/{job-log,console}/*.ts',
];
/** A literal, where an expression may stand; its classes may hold slashes. */
const LITERAL =
  /(?<=[=(,:[!&|?\s])\/(?![*/\s])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)(?=[.,;)\]\s])/g;

const expressions = new Map(
  globSync(FILES).flatMap((file) => {
    const code = readFileSync(file, 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
    return [...code.matchAll(LITERAL)].map(
      ([, source = '', flags = '']) => [`/${source}/${flags}`, { source, flags }] as const,
    );
  }),
);

test('the expressions are found', () => {
  expect(expressions.size).toBeGreaterThan(100);
  for (const { source, flags } of expressions.values()) expect(() => new RegExp(source, flags)).not.toThrow();
});

describe('every expression takes linear time', () => {
  let backend: string | undefined;
  beforeAll(() => {
    backend = process.env.RECHECK_BACKEND;
    process.env.RECHECK_BACKEND = 'pure';
  });
  afterAll(() => {
    if (backend === undefined) delete process.env.RECHECK_BACKEND;
    else process.env.RECHECK_BACKEND = backend;
  });

  it.each([...expressions])(
    '%s',
    async (_name, { source, flags }) => {
      const { checkSync } = await import('recheck');
      expect(checkSync(source, flags, { timeout: 60_000 }).status).toBe('safe');
    },
    70_000,
  );
});
