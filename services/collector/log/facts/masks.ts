// Counting the places where the CI system itself had hidden a secret.
import { createLandmark } from '../landmark.ts';

const STAR = 0x2a;
const SPACE = 0x20;

/** Counts the masks of a stretch whose text begins at `from`. Stretches come in order. */
export function createMask(log: string, mask: string): (start: number, from: number, to: number) => number {
  const landmark = createLandmark(log, mask);
  const stars = mask.startsWith('*') && mask.endsWith('*');
  return (start, from, to) => {
    let found = 0;
    for (let at = landmark.find(start, to); at !== -1; at = landmark.find(at + mask.length, to)) {
      const after = at + mask.length;
      if (stars && (log.charCodeAt(at - 1) === STAR || log.charCodeAt(after) === STAR)) {
        // A row of stars is a drawing; go on behind it.
        let end = after;
        while (log.charCodeAt(end) === STAR) end += 1;
        at = end - mask.length;
      } else if (stars && at === from && log.charCodeAt(after) === SPACE) {
        // `*** Error in …`: a headline.
        return 0;
      } else found += 1;
    }
    return found;
  };
}
