// No pattern may backtrack without bound: each is proven (or, where it looks around, attacked in vain) by recheck.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATTERNS } from '../../services/redactor/patterns.ts';

/** What stands after a `before` is tried at that one place alone, as the sticky flag says. */
const expressions = new Map(
  PATTERNS.flatMap(({ before, secret }) => (before ? [before, new RegExp(secret, `${secret.flags}y`)] : [secret])).map(
    (expression) => [`${expression}`, expression],
  ),
);

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
