// Finding a text that may stand anywhere in any line, without looking into every line.
import { afterColours, type Line } from './line.ts';

export interface Landmark {
  /** The first one at or after `from` and before `to`, else -1. `from` may only grow from call to call. */
  find(from: number, to: number): number;
}

/** The whole log is searched once, at the speed of `indexOf`; a line costs two comparisons. */
export function createLandmark(log: string, sought: string): Landmark {
  let next = -1;
  return {
    find(from, to) {
      if (next < from) {
        const found = log.indexOf(sought, from);
        next = found === -1 ? Number.POSITIVE_INFINITY : found;
      }
      return next < to ? next : -1;
    },
  };
}

/**
 * Markers that a system writes into the middle of lines, several to a line: `tell` is called for each, and the line's own
 * text then begins behind the last. `expression` is sticky; every marker begins with `sought`.
 */
export function createMarkers(log: string, sought: string, expression: RegExp) {
  const landmark = createLandmark(log, sought);
  return (line: Line, tell: (match: RegExpExecArray) => void): void => {
    for (let at = landmark.find(line.start, line.to); at !== -1; at = landmark.find(at + 1, line.to)) {
      expression.lastIndex = at;
      const match = expression.exec(log);
      if (!match) continue;
      const behind = expression.lastIndex;
      tell(match);
      line.from = afterColours(log, behind, line.to);
    }
  };
}
