// What is not a secret stays: commit SHAs, digests, integrity hashes, versions, paths, masks, placeholders, code.
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import { lookAlikes } from '../../tools/evaluate/redactor/look-alikes.ts';

const redactor = createRedactor({ key: new Uint8Array(32).fill(7) });
const families = Map.groupBy(lookAlikes('look-alikes', 100), ({ family }) => family);

describe('what only looks like a secret', () => {
  it.each([...families.keys()])('%s: every one stays as it is', (family) => {
    const changed = (families.get(family) ?? []).filter(({ text }) => redactor.text(text).value !== text);
    expect(changed).toEqual([]);
  });

  it('stays in one long log as well, all of it', () => {
    const log = [...families.values()].flat().map(({ text }) => text);
    const stream = redactor.stream();
    const out = [stream.push(Buffer.from(`${log.join('\n')}\n`)), stream.end()];
    expect(stream.drain()).toEqual([]);
    expect(Buffer.concat(out).toString()).toBe(`${log.join('\n')}\n`);
  });
});
