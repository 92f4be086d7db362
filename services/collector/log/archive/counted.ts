// What came of archives, counted.
import type { ArchivedFile } from './archive.ts';
import { type ArchiveOutcome, problemOf } from './problem.ts';

export type CountArchived = (outcome: ArchiveOutcome) => void;

/** Counts a refusal, and throws it on. */
export async function counted<Result>(work: () => Promise<Result>, count: CountArchived): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const problem = problemOf(error);
    if (problem !== undefined) count(problem);
    throw error;
  }
}

/** Its content, counted as read or by why it is not. */
export async function* countedContent(file: ArchivedFile, count: CountArchived): AsyncGenerator<Uint8Array> {
  yield* await counted(() => file.open(), count);
  count('read');
}
