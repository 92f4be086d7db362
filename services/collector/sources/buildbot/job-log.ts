// Buildbot's stdio logs: a header before each command, its exit code after it
// (https://docs.buildbot.net/latest/developer/raml/logchunk.html; buildbot_worker/runprocess.py, remotecommand.py).
import type { Dialect, LineReader, Reading } from '../../log/dialect.ts';
import { type Line, nextStart, textOf } from '../../log/line.ts';
import { defineLogSource } from '../../log/source.ts';

const DIRECTORY = ' in dir ';
/** In the database's form every line begins with its stream: `h`eader, std`o`ut, std`e`rr. */
const STREAMS = new Set([...'hoe'].map((character) => character.charCodeAt(0)));
const EXIT = /^program finished with exit code (-?\d{1,10})$/;
const TIMEOUT = /^command timed out: \d/;
const ENVIRONMENT = /^ {2}(\w[\w()]*)=/;

export const buildbot: Dialect = {
  masks: ['<PASSWORD>', 'XXXXXX'],
  open,
};

export const buildbotJobLog = defineLogSource({
  id: 'buildbot.job-log',
  title: 'Buildbot step logs',
  reference: 'https://docs.buildbot.net/latest/developer/raml/logchunk.html',
  dialect: buildbot,
  stamped: false,
});

function open({ log, steps, setup }: Reading): LineReader {
  const streams = log.includes(`\nh${DIRECTORY}`);
  /** What part of a command's header is being read. */
  let header: 'none' | 'top' | 'environment' = 'none';
  let finished = false;

  function begin(line: Line): void {
    const command = textOf(line);
    steps.begin(command.slice(0, 200), line, command.slice(0, 500));
    line.command = true;
    header = 'top';
    finished = false;
  }

  function readHeader(text: string): void {
    if (text === ' environment:') header = 'environment';
    else if (text.startsWith(' using PTY: ')) header = 'none';
    else if (header === 'environment') {
      const variable = ENVIRONMENT.exec(text)?.[1];
      if (variable !== undefined) setup.variable(variable);
    }
  }

  function readText(line: Line, text: string): void {
    const code = EXIT.exec(text)?.[1];
    if (code !== undefined && steps.running) {
      steps.running.result ??= code === '0' ? 'success' : 'failure';
      finished = true;
    } else if (TIMEOUT.test(text) && steps.running) steps.running.result = 'timeout';
    else if (finished) {
      steps.end(text.startsWith('elapsedTime=') ? line.number : line.number - 1);
      finished = false;
    }
    const [, label, value = ''] = /^(Worker name|Builder): (\S.*)$/.exec(text) ?? [];
    if (!steps.last && label === 'Worker name') setup.runner.name = value;
  }

  return (line) => {
    if (streams && STREAMS.has(log.charCodeAt(line.from))) line.from += 1;
    const next = nextStart(line);
    if (next !== -1 && log.startsWith(DIRECTORY, streams ? next + 1 : next)) begin(line);
    else if (header !== 'none') readHeader(textOf(line));
    else if (
      finished ||
      !steps.last ||
      log.startsWith('program finished', line.from) ||
      log.startsWith('command timed out', line.from)
    ) {
      readText(line, textOf(line));
    }
  };
}
