// Travis CI: folds and timed commands (https://github.com/travis-ci/travis-build, lib/travis/build/bash/travis_fold.bash,
// travis_time_start.bash, travis_cmd.bash).
import type { LineReader, Reading } from '../dialect.ts';
import { createMarkers } from '../landmark.ts';
import { type Line, plain } from '../line.ts';

// Bounded, as it is not held to the end of a line: a line may be one marker after the other.
// biome-ignore lint/suspicious/noControlCharactersInRegex: a marker ends with the sequence that clears its line
const MARKER = /travis_(fold|time):(start|end):([^\s\u001B:]{1,200})[^\s\u001B]{0,300}\r?(?:\u001B\[0K)?/y;
const EXITED = /^The command ".*" (?:exited with|failed and exited with) (\d{1,3})\b/;
const ENDINGS = ['Done. Your build exited with', 'Your build has been stopped.'];
/** Of a step that is named by its command. */
export const LONGEST_NAME = 200;

/** A fold is a step; a command between folds is one too. */
export function folds({ log, steps, setup }: Reading): LineReader {
  const readMarkers = createMarkers(log, 'travis_', MARKER);
  let open: string | undefined;
  /** A command between folds is timed: the one it shows is the step, whatever it prints. */
  let timed: 'no' | 'starts' | 'runs' = 'no';
  let seen = false;

  function mark(line: Line, [, kind, edge, name = '']: RegExpExecArray): void {
    seen = true;
    if (kind === 'time') {
      timed = edge === 'start' ? 'starts' : 'no';
      if (edge === 'end' && open === undefined) steps.end(line.number);
    } else if (edge === 'start') {
      if (open === undefined) steps.begin(name, line);
      open ??= name;
    } else if (open === name) {
      open = undefined;
      steps.end(line.number);
    }
  }

  /** `shown`: nothing, not even a colour, stands before it that Travis did not put there. */
  function readText(line: Line, shown: boolean): void {
    if (timed === 'runs') return;
    if (shown && log.startsWith('$ export ', line.from)) {
      const variable = /^(\w+)=/.exec(plain(log, line.from + '$ export '.length, line.to))?.[1];
      if (variable !== undefined) setup.variable(variable);
      // Not a command of the step.
      line.from += '$ '.length;
      if (open === undefined) steps.end(line.number - 1);
    } else if (shown && log.startsWith('$ ', line.from)) {
      const text = plain(log, line.from + 2, line.to);
      if (open !== undefined) return;
      steps.begin(text.slice(0, LONGEST_NAME), line, text);
      // It writes nothing: what follows is not its doing.
      if (/^cd \S+$/.test(text)) steps.end(line.number);
      if (timed === 'starts') timed = 'runs';
    } else if (open === undefined && log.startsWith('The command "', line.from)) {
      const code = EXITED.exec(plain(log, line.from, line.to))?.[1];
      if (code !== undefined && steps.last) steps.last.result ??= code === '0' ? 'success' : 'failure';
      if (code !== undefined) steps.end(line.number - 1);
    } else if (ENDINGS.some((words) => log.startsWith(words, line.from))) steps.end(line.number - 1);
  }

  return (line) => {
    let behind = line.start;
    readMarkers(line, (match) => {
      mark(line, match);
      behind = match.index + match[0].length;
    });
    if (seen) readText(line, line.from === behind);
  };
}
