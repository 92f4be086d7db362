// Holding expressions to linear time: each is proven (or, where it looks around, attacked in vain) by recheck.
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** By what a failing test should call them. */
export function holdLinear(expressions: ReadonlyMap<string, Pick<RegExp, 'source' | 'flags'>>): void {
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
        // Steps decide, not the clock: on a busy machine a slow attack would be taken for one that succeeds.
        const untimed = { attackTimeout: null, incubationTimeout: null, seedingTimeout: null };
        expect(checkSync(source, flags, { ...untimed, timeout: 60_000 }).status).toBe('safe');
      },
      70_000,
    );
  });
}

function isNative(): boolean {
  const platform = process.platform === 'darwin' ? 'macos' : 'linux';
  try {
    createRequire(import.meta.url).resolve(`recheck-${platform}-x64/package.json`);
    return process.arch === 'x64';
  } catch {
    return false;
  }
}
