// No pattern may backtrack without bound: each is proven (or, where it looks around, attacked in vain) by recheck.
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATTERNS } from '../../services/redactor/patterns.ts';

/** As the engine tries them: at one place alone, unless the row asks for a search. */
const expressions = new Map(
  PATTERNS.flatMap(({ before, secret, search }) => {
    const sticky = ({ source, flags }: RegExp) => new RegExp(source, `${flags}y`);
    const first = search === 'line' ? (expression: RegExp) => expression : sticky;
    if (!(secret instanceof RegExp)) return [];
    return before ? [first(before), sticky(secret)] : [first(secret)];
  }).map((expression) => [`${expression}`, expression]),
);

function isNative(): boolean {
  try {
    createRequire(import.meta.url).resolve(
      `recheck-${process.platform === 'darwin' ? 'macos' : 'linux'}-x64/package.json`,
    );
    return process.arch === 'x64';
  } catch {
    return false;
  }
}

describe('every expression takes linear time', () => {
  let backend: string | undefined;
  beforeAll(() => {
    backend = process.env.RECHECK_BACKEND;
    // The native one is an optional package, three times as fast; `auto` may start a Java virtual machine.
    process.env.RECHECK_BACKEND = isNative() ? 'native' : 'pure';
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
