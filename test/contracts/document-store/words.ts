// Contract of the search by words.
import { expect, vi } from 'vitest';
import { type Story, WAIT } from './stage.ts';

export function words(story: Story): void {
  story(
    'by words anywhere in the text, in either case, not by parts of words or names of fields',
    async ({ given, ids }) => {
      await given({
        a: { title: 'Workflow changed', story: [{ text: 'The file .github/workflows/ci.yml now sends secrets' }] },
        b: { title: 'Off-hours commit', story: [{ text: 'Über Nacht' }] },
      });
      expect(await ids({ text: 'WORKFLOW secrets' })).toEqual(['a']);
      expect(await ids({ text: 'github ci' })).toEqual(['a']);
      expect(await ids({ text: 'über' })).toEqual(['b']);
      expect(await ids({ text: 'workflow commit' })).toEqual([]);
      expect(await ids({ text: 'work' })).toEqual([]);
      expect(await ids({ text: 'title' })).toEqual([]);
    },
  );

  story('no text is an operator, and text without a word asks for nothing', async ({ given, ids }) => {
    await given({ a: { title: 'this or that' }, b: { title: 'neither' } });
    expect(await ids({ text: 'this OR neither' })).toEqual([]);
    expect(await ids({ text: 'that NOT this' })).toEqual([]);
    expect(await ids({ text: 'this OR that' })).toEqual(['a']);
    for (const text of ['"this', `this' or 1=1 --`, '(this', 'title:this', 'this*', '^this', 'this NEAR/2 that']) {
      await expect(ids({ text }), text).resolves.not.toContain('b');
    }
    for (const text of ['', '   ', '"', '* - ( " )', '\u0000']) expect(await ids({ text }), text).toEqual(['a', 'b']);
  });

  story(
    'finds a document by its newest words alone, and not at all once it is removed',
    async ({ store, given, seen, ids }) => {
      await given({ a: { title: 'before' } });
      await store.put('finding', 'a', { title: 'after' }, 'any');
      await vi.waitFor(async () => expect(await ids({ text: 'after' })).toEqual(['a']), WAIT);
      expect(await ids({ text: 'before' })).toEqual([]);
      await store.remove('finding', 'a');
      await seen(0);
      expect(await ids({ text: 'after' })).toEqual([]);
    },
  );
}
