// Every expression that reads logs takes linear time: a log is as long as whoever writes it likes.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { holdLinear } from '../../helpers/linear.ts';

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

holdLinear(expressions);
