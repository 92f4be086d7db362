// What the lines of a log say of its steps: hosts, packages, images, masked values. The same for all systems.
import { createLandmark } from '../landmark.ts';
import { afterColours, LINE_LIMIT, type Line, plain } from '../line.ts';
import type { Steps } from '../steps.ts';
import { readCommand } from './commands.ts';
import { urlHost } from './hosts.ts';
import { createMask } from './masks.ts';
import { type Memory, OUTPUTS, type OutputRule } from './outputs.ts';
import { createSink } from './sink.ts';

/** How a shell's trace (`set -x`), a CI system or a plug-in shows a command. */
const PROMPTS = ['+ ', '++ ', '$ ', '[command]', '##[command]', '> git '];
/** Kept of what was run. */
const LONGEST_COMMAND = 500;
/** A tool's own words for a transfer, before the URL. */
const TRANSFER =
  /^(?:\[INFO\] *)?(?:Download(?:ing|ed)?|Fetch(?:ing|ed)?|Upload(?:ing|ed)?|Clon(?:ing|ed)|Pull(?:ing|ed)|Push(?:ing|ed)|Unpacking|Updating|Checking out|Connecting|Get:\d+|Hit:\d+|Ign:\d+|Err:\d+|Get|Hit|Ign|From|npm http fetch|Looking in indexes|--\d{4}-\d\d-\d\d)\b/i;

/** Rules by the first character that their lines have. */
const RULES = new Map<number, readonly OutputRule[]>(
  Object.entries(Object.groupBy(OUTPUTS, ({ begins }) => begins.charCodeAt(0))).map(([unit, rules = []]) => [
    Number(unit),
    rules,
  ]),
);
const STARTS = new Uint8Array(0x10000);
for (const unit of RULES.keys()) STARTS[unit] = 1;
for (const prompt of PROMPTS) STARTS[prompt.charCodeAt(0)] = 1;

const SPACE = 0x20;
const TAB = 0x09;
const BRACKET = 0x5b;
const HASH = 0x23;
const REMOTE = /^git@([\w.-]+)[:/]/;
const BUILDKIT = /#\d{1,4} \d{1,7}\.\d{1,4} /y;

/** Reads the line that is current; to be called once for each, in order. */
export function createFacts(line: Line, steps: Steps, masks: readonly string[]): () => void {
  const { log } = line;
  const sink = createSink(line, steps);
  const urls = createLandmark(log, '://');
  const remotes = createLandmark(log, 'git@');
  const counters = masks.map((mask) => createMask(log, mask));
  const returns = createLandmark(log, '\r');
  const memory: Memory = {};

  function readHosts(start: number, from: number, limit: number, contacts: boolean): void {
    let mark = urls.find(start, limit);
    const remote = remotes.find(start, limit);
    if (mark === -1 && remote === -1) return;
    const contacted = contacts || TRANSFER.test(log.slice(from, Math.min(limit, from + 80)));
    for (; mark !== -1; mark = urls.find(mark + 3, limit)) {
      const host = urlHost(log, mark, limit);
      if (host !== undefined) sink.host(host, contacted);
    }
    const host = remote === -1 ? undefined : REMOTE.exec(log.slice(remote, remote + 260))?.[1];
    if (host !== undefined) sink.host(host, contacted);
  }

  /** True when it is a command that talks to the hosts it names. */
  function readText(text: string): boolean {
    if (line.command) return readCommandLine(text);
    for (const rule of RULES.get(text.charCodeAt(0)) ?? []) {
      if (text.startsWith(rule.begins) && rule.read(text, sink, memory)) return false;
    }
    const prompt = PROMPTS.find((one) => text.startsWith(one));
    return prompt !== undefined && readCommandLine(text.slice(prompt === '> git ' ? 2 : prompt.length));
  }

  function readCommandLine(command: string): boolean {
    sink.command(command.slice(0, LONGEST_COMMAND));
    return readCommand(command, sink);
  }

  function readStretch(start: number, end: number): void {
    const limit = Math.min(end, start + LINE_LIMIT);
    const text = line.from >= start && line.from <= end ? line.from : afterColours(log, start, end);
    for (const count of counters) sink.masked(count(start, text, limit));
    const from = textStart(log, text, limit);
    const known = line.command || STARTS[log.charCodeAt(from)] === 1;
    readHosts(start, from, limit, known && readText(plain(log, from, end)));
  }

  // What a terminal would write over the same line again is looked at as if each were a line.
  return () => {
    let start = line.start;
    for (let cut = returns.find(start, line.to); cut !== -1; cut = returns.find(start, line.to)) {
      readStretch(start, cut);
      start = cut + 1;
    }
    readStretch(start, line.to);
  };
}

/** Behind blanks, Maven's `[INFO]` and the number and time that BuildKit puts before output. */
function textStart(log: string, start: number, limit: number): number {
  let from = start;
  while (from < limit && (log.charCodeAt(from) === SPACE || log.charCodeAt(from) === TAB)) from += 1;
  const unit = log.charCodeAt(from);
  if (unit === BRACKET && log.startsWith('[INFO] ', from)) return from + 7;
  if (unit !== HASH) return from;
  BUILDKIT.lastIndex = from;
  return BUILDKIT.test(log) ? BUILDKIT.lastIndex : from;
}
