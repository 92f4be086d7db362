// Text in chunks of any size: cuts it into whole lines (or windows of a line without end), which give the same result
// wherever the chunks begin.
import { type LineRedactor, WINDOW } from './lines.ts';
import type { RedactionStream } from './redactor.ts';

/** Holds back the last unfinished line up to a window (64 Ki characters), and an open private key. */
export function createStream(redactor: LineRedactor): RedactionStream {
  let held: string[] = [];
  let size = 0;

  function hold(text: string): void {
    held = text === '' ? [] : [text];
    size = text.length;
  }

  return {
    matches: redactor.matches,
    push(chunk) {
      let out = '';
      const lines = chunk.lastIndexOf('\n') + 1;
      if (lines > 0) {
        out = redactor.lines(held.join('') + chunk.slice(0, lines));
        hold(chunk.slice(lines));
      } else {
        held.push(chunk);
        size += chunk.length;
      }
      if (size >= WINDOW) {
        const windows = redactor.windows(held.join(''));
        out += windows.out;
        hold(windows.rest);
      }
      return out;
    },
    end() {
      const out = redactor.lines(held.join('')) + redactor.end();
      hold('');
      return out;
    },
  };
}
