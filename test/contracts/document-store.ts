// The contract of the DocumentStore port as tests: one suite that every adapter has to pass.
import { describe, test } from 'vitest';
import type { Clock } from '../../services/core/clock.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import { matching } from './document-store/matching.ts';
import { paging } from './document-store/paging.ts';
import { openStage, type Story } from './document-store/stage.ts';
import { words } from './document-store/words.ts';
import { writing } from './document-store/writing.ts';

/** One store. `start` is called for each test and gives a new, empty one; what is written bears the time of `clock`. */
export interface DocumentStoreServer {
  /** One more client of the same store. The suite closes what it opens. */
  open(): Promise<DocumentStore>;
  stop(): Promise<void>;
}

export function documentStoreContract(name: string, start: (clock: Clock) => Promise<DocumentStoreServer>): void {
  const story: Story = (title, play) => {
    test(title, async ({ onTestFinished }) => {
      const stage = await openStage(start);
      onTestFinished(() => stage.close());
      await play(stage);
    });
  };
  describe(`document store: ${name}`, () => {
    describe('single documents', () => writing(story));
    describe('search and count', () => matching(story));
    describe('words', () => words(story));
    describe('order and pages', () => paging(story));
  });
}
