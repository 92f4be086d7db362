// Taskcluster: the worker's own lines, `[taskcluster 2025-02-13 21:56:28.303Z] …`, and the phases of a task that writes its
// output through run-task, `[fetches 2025-02-13T21:59:39.094Z] …`
// (https://docs.taskcluster.net/docs/manual/task-execution, https://taskcluster-taskgraph.readthedocs.io).
import type { LineReader, Reading } from '../dialect.ts';
import { type Line, plain } from '../line.ts';

const PREFIX = /\[([a-z][a-z0-9:_-]{0,30}) \d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\] /y;
const BRACKET = '['.charCodeAt(0);
const RESULT = /^(Successful|Unsuccessful) task run with exit code: \d/;

/** Where the text behind such a prefix begins, else `start`. */
export function afterPrefix(log: string, start: number): number {
  if (log.charCodeAt(start) !== BRACKET) return start;
  PREFIX.lastIndex = start;
  return PREFIX.test(log) ? PREFIX.lastIndex : start;
}

/** A phase is a step, from its first line to the next one's. */
export function taskcluster({ log, steps, setup }: Reading): LineReader {
  let seen = false;

  function readWorker(text: string, line: Line): void {
    const [, label = '', value = ''] = /^(Worker ID|Worker Group|Worker Type|Hostname): (\S+)$/.exec(text) ?? [];
    if (label === 'Worker ID') setup.runner.id = value;
    else if (label === 'Worker Group') setup.runner.group = value;
    else if (label === 'Worker Type') setup.runner.labels = [value];
    else if (label === 'Hostname') setup.runner.name = value;
    else if (text === '=== Task Starting ===') steps.begin('task', line);
    else if (text === '=== Task Finished ===') steps.end(line.number);
    else if (text.startsWith('Image ')) {
      const name = /^Image '([^']+)' from /.exec(text)?.[1];
      const digest = /Using image ID (sha256:[0-9a-f]{64})/.exec(text)?.[1];
      if (name !== undefined && digest !== undefined) Object.assign(setup.image, { name, digest });
    } else {
      const [, word] = RESULT.exec(text) ?? [];
      if (word !== undefined && steps.last) steps.last.result ??= word === 'Successful' ? 'success' : 'failure';
    }
  }

  return (line) => {
    if (log.charCodeAt(line.start) !== BRACKET) return;
    PREFIX.lastIndex = line.start;
    const channel = PREFIX.exec(log)?.[1];
    if (channel === undefined) return;
    line.from = PREFIX.lastIndex;
    if (channel === 'taskcluster') {
      seen = true;
      readWorker(plain(log, line.from, line.to), line);
    } else if (seen && steps.last) {
      if (steps.running?.name !== channel) steps.begin(channel, line);
      if (log.startsWith('executing [', line.from) && steps.running) {
        steps.running.command ??= wordsOf(plain(log, line.from, line.to));
      }
    }
  };
}

/** `executing ['a', 'b c']` as a person would type it. */
function wordsOf(text: string): string {
  return text.slice('executing ['.length, -1).replaceAll("', '", ' ').replace(/^'|'$/g, '').slice(0, 500);
}
