// CircleCI's step output: plain text, or the API's JSON, a list of `{message, time, type}`
// (https://circleci.com/docs/api/v1/, `output_url` of a step; https://circleci.com/docs/guides/toolkit/ssh-access-jobs/).
import { isObject, type Json, parsedJson } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { instant, list, text } from '../../fields.ts';
import type { Dialect, LineReader, Reading } from '../../log/dialect.ts';
import { type Line, type Place, textOf } from '../../log/line.ts';
import { defineLogSource } from '../../log/source.ts';

const SPIN_UP = 'Spin up environment';
/** What the agent's own steps begin with, and what CircleCI calls them. */
const OWN_STEPS: readonly (readonly [RegExp, string])[] = [
  [/^(?:Build-agent version |Launch-agent version |Starting container \S|Docker Engine Version: )/, SPIN_UP],
  [/^Using (?:build )?environment variables(?: from | *:|:)/, 'Preparing environment variables'],
  [/^(?:Using SSH Config Dir |Cloning git repository$)/, 'Checkout code'],
  [/^(?:No cache is found for key: |Found a cache from build \d)/, 'Restoring cache'],
];
/** The shell's own line, which comes before a command: `#!/bin/bash -eo pipefail`. */
const SHELL = /^#!\s?\/\S{1,100}(?: \S{1,40})* -\w*e/;
const [LONGEST_NAME, LONGEST_COMMAND] = [200, 500];
const EXIT = /^(?:Exited with code exit status |Exited with code |CircleCI received exit code )(\d{1,3})/;
const FIRST = new Set([...'#BLSDUCNFE '].map((character) => character.charCodeAt(0)));

export const circleci: Dialect = { masks: ['**REDACTED**', '****', '********'], open };

export const circleciJobLog = defineLogSource({
  id: 'circleci.job-log',
  title: 'CircleCI step output',
  reference: 'https://circleci.com/docs/api/v1/#single-job',
  dialect: circleci,
  stamped: false,
  // The redactor sees what a person would.
  unpack(body) {
    const entries = entriesOf(body);
    return entries ? joined(entries) : body;
  },
  time: lastEntry,
});

function entriesOf(body: unknown): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body;
  if (typeof body !== 'string' || !body.trimStart().startsWith('[')) return undefined;
  const entries = parsedJson(body);
  return Array.isArray(entries) && entries.some((entry) => isObject(entry) && 'message' in entry) ? entries : undefined;
}

/** A message is a stretch of output, cut anywhere. */
function joined(entries: readonly unknown[]): string {
  return entries.map((entry) => (isObject(entry) && typeof entry.message === 'string' ? entry.message : '')).join('');
}

function lastEntry(body: Json): Instant | undefined {
  const times = list(Array.isArray(body) ? body : undefined).map((entry) => instant(text(entry, 'time')));
  return times.findLast((time) => time !== undefined);
}

function open({ steps, setup }: Reading): LineReader {
  /** Where the shell's line stands, until what is run comes on the next. */
  let shell: Place | undefined;
  /** Names of variables are listed. */
  let listing = false;
  let image: string | undefined;

  function readSpinUp(own: string): void {
    image = /^Starting container (\S+)/.exec(own)?.[1] ?? image;
    const version = /^(?:Build|Launch)-agent version (\S{1,100})/.exec(own)?.[1];
    if (version !== undefined) setup.runner.version = version;
    const [, name, digest] = /^ {2}using image (\S+?)@(sha256:[0-9a-f]{64})/.exec(own) ?? [];
    if (image !== undefined) setup.image.name ??= image;
    if (name !== undefined && digest !== undefined && setup.image.name?.startsWith(name.split('@')[0] ?? name)) {
      setup.image.digest ??= digest;
    }
    const [, orb, requested, resolved] =
      /^# Orb '([^'@]+)@([^']{1,60})' resolved to '[^'@]+@([^']{1,60})'/.exec(own) ?? [];
    if (orb !== undefined) setup.dependencies.add({ type: 'orb', name: orb, requested, resolved });
  }

  function readVariables(own: string): void {
    const variable = /^ {2}(\w+)=/.exec(own)?.[1];
    if (variable !== undefined) setup.variable(variable);
    else if (!own.startsWith('Using ')) listing = false;
  }

  function readStart(line: Line, own: string): void {
    const [, name] = OWN_STEPS.find(([expression]) => expression.test(own)) ?? [];
    if (name === undefined) return;
    if (steps.running?.name !== name) steps.begin(name, line);
    listing = name === 'Preparing environment variables';
  }

  return (line) => {
    const { log, from, to } = line;
    if (shell && from < to) {
      const command = textOf(line);
      steps.begin(command.slice(0, LONGEST_NAME), shell, command.slice(0, LONGEST_COMMAND));
      shell = undefined;
      line.command = true;
    } else if (FIRST.has(log.charCodeAt(from))) readOwn(line, textOf(line));
    else listing &&= from < to;
  };

  function readOwn(line: Line, own: string): void {
    if (SHELL.test(own)) {
      shell = { number: line.number, start: line.start };
      return;
    }
    if (!steps.last || steps.running?.name === SPIN_UP) readSpinUp(own);
    if (listing) readVariables(own);
    readStart(line, own);
    const code = EXIT.exec(own)?.[1];
    if (code !== undefined && steps.running) steps.end(line.number, code === '0' ? 'success' : 'failure');
  }
}
