// `docker build`: the classic builder's `Step 2/9 : RUN …` and BuildKit's plain progress, `#5 [2/4] RUN …`
// (https://docs.docker.com/reference/cli/docker/buildx/build/#progress).
import type { Result } from '../../../core/details/pipeline.ts';
import type { LineReader, Reading } from '../dialect.ts';
import { startsWith, textOf } from '../line.ts';
import { MOST_STEPS, type Step } from '../steps.ts';
import { LONGEST_NAME } from './folds.ts';

const CLASSIC = /^Step \d{1,4}(?:\/\d{1,4})? ?: (\S.*)$/;
const BUILDKIT = /^#(\d{1,4}) (\S.*)$/;
const ENDS: readonly (readonly [RegExp, Result])[] = [
  [/^DONE\b/, 'success'],
  [/^CACHED\b/, 'skip'],
  [/^ERROR\b/, 'failure'],
  [/^CANCELED\b/, 'cancellation'],
];

/** Every instruction is a step. */
export function docker({ steps }: Reading): LineReader {
  /** BuildKit's, by number: it mixes the output of those that run at once. */
  const numbered = new Map<string, Step>();

  return (line) => {
    const unit = line.log.charCodeAt(line.from);
    if (unit === S && startsWith(line, 'Step ')) {
      const instruction = CLASSIC.exec(textOf(line))?.[1];
      if (instruction !== undefined) steps.begin(instruction.slice(0, LONGEST_NAME), line, commandOf(instruction));
    } else if (unit === S && startsWith(line, 'Successfully built ')) steps.end(line.number - 1);
    else if (unit === T && startsWith(line, 'The command ') && / returned a non-zero code: \d/.test(textOf(line))) {
      steps.end(line.number, 'failure');
    } else if (unit === HASH) {
      const [, number = '', text = ''] = BUILDKIT.exec(textOf(line)) ?? [];
      if (number !== '') readNumbered(number, text);
    }

    function readNumbered(number: string, text: string): void {
      const known = numbered.get(number);
      if (known) {
        steps.resume(known, line.number);
        const [, result] = ENDS.find(([expression]) => expression.test(text)) ?? [];
        if (result !== undefined) steps.end(line.number, result);
      } else if ((text.startsWith('[') || numbered.size > 0) && numbered.size < MOST_STEPS) {
        const instruction = text.replace(/^\[[^\]]{0,60}\d{1,4}\/\d{1,4}\] /, '');
        steps.begin(instruction.slice(0, LONGEST_NAME), line, commandOf(instruction));
        if (steps.running) numbered.set(number, steps.running);
      }
    }
  };
}

const S = 'S'.charCodeAt(0);
const T = 'T'.charCodeAt(0);
const HASH = '#'.charCodeAt(0);

function commandOf(instruction: string): string | undefined {
  return instruction.startsWith('RUN ') ? instruction.slice(4) : undefined;
}
