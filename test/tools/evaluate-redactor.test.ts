// The evaluation counts what a person would: half a secret left is a miss, a judged negative does not count.
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import type { Redactor } from '../../services/redactor/redactor.ts';
import type { Case } from '../../tools/evaluate/redactor/cases.ts';
import { lookAlikes } from '../../tools/evaluate/redactor/look-alikes.ts';
import { judgePositives } from '../../tools/evaluate/redactor/recall.ts';

const SECRET = 'q7Rz2mX9pLw4Tn8K';

/** A redactor that puts markers where it is told. */
function replacing(part: string): Redactor {
  const text: Redactor['text'] = (input) => ({
    value: input.replaceAll(part, '[redacted:made-up:0123456789ab]'),
    redactions: {},
    matches: [{ kind: 'made-up', fingerprint: '0123456789ab', encodings: [], line: 1, column: 1 }],
    encoded: 0,
  });
  return { ...createRedactor({ key: new Uint8Array(32) }), text };
}

function positive(text: string): Case {
  const rest = { source: 'someone/scanner', kind: 'some-key', part: 'development', id: '00' } as const;
  return { ...rest, text, secrets: [SECRET], literal: true, expected: true };
}

describe('a positive', () => {
  const one = positive(`key = ${SECRET}`);

  it('counts when the secret is wholly gone', () => {
    expect(judgePositives([one], replacing(SECRET))).toMatchObject([
      { gone: true, shredded: true, kinds: ['made-up'] },
    ]);
  });

  it('is a miss when it is untouched', () => {
    expect(judgePositives([one], replacing('key'))).toMatchObject([{ gone: false, shredded: false }]);
  });

  it('is told apart when eight characters or more are left', () => {
    expect(judgePositives([one], replacing(SECRET.slice(0, 8)))).toMatchObject([{ gone: true, shredded: false }]);
    expect(judgePositives([one], replacing(SECRET.slice(0, 9)))).toMatchObject([{ gone: true, shredded: true }]);
  });

  it('is not missed for characters that stand elsewhere in the text as well', () => {
    const twice = positive(`${SECRET.slice(0, 8)}: ${SECRET}`);
    expect(judgePositives([twice], replacing(` ${SECRET}`))).toMatchObject([{ gone: true, shredded: true }]);
  });

  it('is left out where the secret does not stand in the text just so', () => {
    expect(judgePositives([{ ...one, literal: false }], replacing(SECRET))).toEqual([]);
  });
});

describe('the look-alikes', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(lookAlikes('one', 3)).toEqual(lookAlikes('one', 3));
    expect(lookAlikes('two', 3)).not.toEqual(lookAlikes('one', 3));
  });

  it('are hundreds, and hardly one is there twice', () => {
    const texts = lookAlikes('one', 40).map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(800);
    expect(new Set(texts).size).toBeGreaterThan(texts.length * 0.8);
  });
});
