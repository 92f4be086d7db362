// How runners of GitHub Actions, and those that follow them (Gitea, Forgejo), head a step: a group `Run …` with the script
// or the action's inputs in it (https://github.com/actions/runner, Handlers/ScriptHandler.cs and Handlers/Handler.cs).
import type { Reading } from './dialect.ts';
import { imageOf } from './facts/images.ts';
import { afterColours, type Line, nextStart, type Place, plain, textOf } from './line.ts';
import { afterStamp } from './stamp.ts';
import { take } from './steps.ts';

export interface Headers {
  /** To be called for every line; true when it belongs to a header. */
  read(line: Line): boolean;
  /** The next header belongs to the step that runs: it was announced in another way. */
  expect(): void;
  /** The next step begins here already: what comes before its header is its own preparation. Undefined: not so. */
  prepare(place: Place | undefined): void;
}

/** How a group begins and ends in the log. */
export interface GroupWords {
  readonly group: string;
  readonly end: string;
}

/** An action with its version, a path in the repository, an image. */
const ACTION = /^(?<name>[\w.-]{1,100}\/[\w.-]+(?:\/[\w./-]+)?)@(?<ref>\S+)$/;
const LOCAL = /^(?:\.{1,2}\/\S*|docker:\/\/\S+)$/;
/** Bright cyan, in which runners show the script. */
const SCRIPT = '\u001b[36;1m';
const LONGEST = 500;

export function createHeaders({ log, steps, setup }: Reading, { group, end }: GroupWords): Headers {
  const run = `${group}Run `;
  let part: 'none' | 'script' | 'with' | 'env' | 'rest' = 'none';
  let expected = false;
  let prepared: Place | undefined;

  /** A script may print a group that is called `Run …` too: a header is known by what follows it. */
  function isHeader(line: Line, title: string): boolean {
    if (ACTION.test(title) || LOCAL.test(title)) return true;
    const start = nextStart(line);
    if (start === -1) return false;
    const next = log.indexOf('\n', start);
    const to = next === -1 ? log.length : next;
    const from = afterStamp(log, start, to);
    if (log.startsWith(SCRIPT, from)) return true;
    const text = plain(log, afterColours(log, from, to), to);
    return text === title || text === end || text === 'with:' || text === 'env:' || text.startsWith('shell: ');
  }

  function begin(line: Line, title: string): void {
    const command = title.slice(0, LONGEST);
    if (expected && steps.running) steps.running.command ??= command;
    else steps.begin(`Run ${title}`, prepared ?? line, command);
    expected = false;
    prepared = undefined;
    const { name, ref } = ACTION.exec(title)?.groups ?? {};
    if (name !== undefined && ref !== undefined) {
      const repository = name.split('/', 2).join('/');
      const resolved = setup.dependencies.resolved('action', repository, ref);
      take(steps.running, {
        type: 'action',
        name,
        requested: ref,
        resolved,
        line: line.number,
      });
    }
    const image = title.startsWith('docker://') ? imageOf(title.slice('docker://'.length)) : undefined;
    if (image) take(steps.running, { ...image, line: line.number });
    part = ACTION.test(title) || LOCAL.test(title) ? 'rest' : 'script';
  }

  function readHeader(line: Line): void {
    const text = textOf(line);
    if (text === end) part = 'none';
    else if (text === 'with:') part = 'with';
    else if (text === 'env:') part = 'env';
    else if (part === 'script' && text.startsWith('shell: ')) part = 'rest';
    else if (part === 'script') line.command = true;
    else if (part === 'env') {
      const variable = /^ {2}(\w+): \*\*\*$/.exec(text)?.[1];
      if (variable !== undefined) setup.variable(variable);
    }
  }

  return {
    read(line) {
      if (part !== 'none') {
        readHeader(line);
        return true;
      }
      if (!log.startsWith(run, line.from)) return false;
      const title = plain(log, line.from + run.length, line.to);
      if (!isHeader(line, title)) return false;
      begin(line, title);
      return true;
    },
    expect() {
      expected = true;
    },
    prepare(place) {
      prepared = place && { number: place.number, start: place.start };
    },
  };
}
