// Jenkins' console output: the markers of Pipeline (https://www.jenkins.io/doc/book/pipeline/, workflow-job's
// NewNodeConsoleNote), the build steps of freestyle jobs, the Timestamper plugin's times.
import type { Result } from '../../../../core/details/pipeline.ts';
import type { Dialect, LineReader, Reading } from '../../../log/dialect.ts';
import { type Line, type Place, startsWith, textOf } from '../../../log/line.ts';
import { afterStamp } from '../../../log/stamp.ts';
import { createSetupReader } from './setup.ts';

const BRACKET = '['.charCodeAt(0);
/** Timestamper: `[2024-05-01T10:00:00.123Z] text`, `10:00:00  text`, `00:00:01.234  text`. */
const CLOCK = /\d{2}:\d{2}:\d{2}(?:\.\d{3})? {1,2}/y;
/** A console note that was not taken out (hudson.console.ConsoleNote): hidden text before the line. */
const [NOTE, NOTE_END] = ['\u001b[8mha:', '\u001b[0m'];
const LONGEST_NOTE = 8_192;

/** Pipeline steps that run something, where no stage is open. */
const LEAVES = new Set('sh bat powershell pwsh checkout git svn build'.split(' '));
const FREESTYLE = /^\[[^\]]+\] \$ (\S.*)/;
/** After these, what follows is no longer the build step's but Jenkins' own, or a publisher's. */
const ENDS =
  /^(?:Finished: |Archiving artifacts|SSH: Connecting from host |Recording test results|Recording fingerprints|Sending e-mails to|Email was triggered for|Build step '.+' (?:marked|changed) build|channel stopped$|Publishing \S.{0,60} (?:reports?|results|Javadoc)\b)/i;
/** Plug-ins that read reports or the console sign their lines; Maven's and Ant's levels look alike. */
const REPORTS = /^\[(?!INFO|WARNING|ERROR|DEBUG)[A-Z]{3,20}\] (?:Collecting|Parsing|Scanning|Computing|Searching) /;
const FIRST = new Set([...'[BFARSETCLOUMPuDGfc '].map((character) => character.charCodeAt(0)));
const LONGEST_NAME = 200;

export const jenkins: Dialect = { masks: ['****', '******', '********'], textStart, open };

function textStart(log: string, start: number, to: number): number {
  let from = start;
  while (log.startsWith(NOTE, from)) {
    const end = log.indexOf(NOTE_END, from);
    if (end === -1 || end > Math.min(to, from + LONGEST_NOTE)) return from;
    from = end + NOTE_END.length;
  }
  if (log.charCodeAt(from) === BRACKET) {
    const close =
      log.charCodeAt(from + 25) === CLOSE ? from + 25 : log.charCodeAt(from + 21) === CLOSE ? from + 21 : -1;
    return close !== -1 && afterStamp(log, from + 1, close) === close ? close + 2 : from;
  }
  CLOCK.lastIndex = from;
  return CLOCK.test(log) ? CLOCK.lastIndex : from;
}

const CLOSE = ']'.charCodeAt(0);

function open(reading: Reading): LineReader {
  const { steps } = reading;
  const readSetup = createSetupReader(reading);
  /** Names of the stages that are open, the outermost first. */
  const stages: string[] = [];
  /** Blocks of branches that are open: those run at once and mix their lines, so what is in them is not divided. */
  let parallel = 0;
  /** Where the last `[Pipeline] stage` stands, until its name comes. */
  let announced: Place | undefined;

  function readPipeline(line: Line, marker: string): void {
    const { number, start } = line;
    const [, named] = /^\{ \((.+)\)$/.exec(marker) ?? [];
    if (marker === 'parallel') parallel += 1;
    else if (marker === '// parallel') parallel -= 1;
    else if (parallel > 0) return;
    else if (named !== undefined && announced) openStage(named, announced);
    else if (marker === '// stage') closeStage(line);
    else if (/^stage \(.+\)$/.test(marker)) steps.begin(marker.slice(7, -1).slice(0, LONGEST_NAME), line);
    else if (marker === 'End of Pipeline') steps.end(number - 1);
    else if (stages.length === 0) readLeaf(line, marker);
    announced = marker === 'stage' ? { number, start } : undefined;
  }

  function openStage(name: string, first: Place): void {
    stages.push(name);
    steps.begin(name.slice(0, LONGEST_NAME), first);
    steps.outside(name);
  }

  function closeStage({ number }: Line): void {
    stages.pop();
    steps.end(number);
    steps.outside(stages.at(-1));
  }

  /** Without stages a step is a step; it ends where the next marker stands. */
  function readLeaf(line: Line, marker: string): void {
    if (steps.running && LEAVES.has(steps.running.name)) steps.end(line.number - 1);
    if (LEAVES.has(marker)) steps.begin(marker, line);
  }

  function readText(line: Line, text: string): void {
    const command = FREESTYLE.exec(text)?.[1];
    if (command !== undefined && stages.length === 0) {
      const shell = /^(?:\S*\/)?(?:sh|bash)(?: -\w+)* \S+\.sh$|^cmd(?:\.exe)? \/c call /.test(command);
      steps.begin(shell ? 'shell' : command.slice(0, LONGEST_NAME), line, shell ? undefined : command);
      return;
    }
    const result = resultOf(text);
    const step = steps.running ?? steps.last;
    if (result !== undefined && step && parallel === 0) step.result ??= result;
    if (stages.length === 0 && (ENDS.test(text) || REPORTS.test(text))) steps.end(line.number - 1);
  }

  return (line) => {
    if (!FIRST.has(line.log.charCodeAt(line.from))) return;
    const text = textOf(line);
    if (startsWith(line, '[Pipeline] ')) readPipeline(line, text.slice('[Pipeline] '.length));
    else {
      readText(line, text);
      readSetup(text, line);
    }
  };
}

function resultOf(text: string): Result | undefined {
  if (/^Stage ".+" skipped due to /.test(text)) return 'skip';
  if (/^ERROR: script returned exit code -?\d/.test(text)) return 'failure';
  if (/^Build step '.+' marked build as failure/.test(text)) return 'failure';
  if (/^Cancelling nested steps due to timeout|^Build timed out/.test(text)) return 'timeout';
  return undefined;
}
