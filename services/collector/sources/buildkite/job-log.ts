// Buildkite's job logs: headings that fold what follows (https://buildkite.com/docs/pipelines/configure/managing-log-output),
// commands behind a `$`, and times in sequences that a terminal ignores
// (https://github.com/buildkite/agent, internal/shell/logger.go, agent/header_times_streamer.go, process/timestamper.go).
import type { Instant } from '../../../core/time.ts';
import type { Dialect, LineReader, Reading } from '../../log/dialect.ts';
import { afterColours, type Line, nextStart, textOf } from '../../log/line.ts';
import { defineLogSource } from '../../log/source.ts';

const HEADING = /^(?:---|\+\+\+|~~~)\s+(\S.*)$/;
/** A difference between two files begins as headings do. */
const FILES = /^(?:---|\+\+\+) (?:[ab]\/|\/dev\/null)/;
const ERROR = /^🚨 Error: /;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence begins and ends with them
const TIME = /\u001B_bk;t=(\d{12,14})\u0007/;
const LONGEST_NAME = 200;

const [MINUS, PLUS, TILDE] = [...'-+~'].map((character) => character.charCodeAt(0));
const SIREN = '🚨'.charCodeAt(0);

export const buildkite: Dialect = { masks: ['[REDACTED]'], open };

export const buildkiteJobLog = defineLogSource({
  id: 'buildkite.job-log',
  title: 'Buildkite job logs',
  reference: 'https://buildkite.com/docs/apis/rest-api/jobs#get-a-jobs-log-output',
  dialect: buildkite,
  stamped: true,
  lineTime: timeOf,
});

/** Milliseconds since 1970: `ESC _bk;t=1745322209921 BEL` before what was written then. */
function timeOf(line: string): Instant | undefined {
  const time = TIME.exec(line)?.[1];
  return time === undefined ? undefined : Number(time);
}

function open({ log, steps }: Reading): LineReader {
  function isFiles(line: Line, text: string): boolean {
    if (!FILES.test(text)) return false;
    if (text.startsWith('+++')) return true;
    const next = nextStart(line);
    return next !== -1 && log.startsWith('+++ ', afterColours(log, next, log.length));
  }

  return (line) => {
    const unit = log.charCodeAt(line.from);
    if (unit === SIREN) {
      if (steps.running && ERROR.test(textOf(line))) steps.running.result ??= 'failure';
      return;
    }
    if (unit !== MINUS && unit !== PLUS && unit !== TILDE) return;
    const text = textOf(line);
    const name = HEADING.exec(text)?.[1];
    if (name !== undefined && !isFiles(line, text)) steps.begin(name.slice(0, LONGEST_NAME), line);
  };
}
