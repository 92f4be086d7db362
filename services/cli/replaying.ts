// Recorded records as activities, for the commands that run them through the detectors: which files, what cannot be read,
// and how far it is.
import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { readGitHistory } from '../collector/git-clone.ts';
import { createUnderstanding } from '../collector/host/understand.ts';
import { type Malformed, readReplay } from '../collector/replay.ts';
import type { SourceRecord } from '../collector/source.ts';
import type { Activity } from '../core/activity.ts';
import { systemClock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import { type Instant, parseTime } from '../core/time.ts';
import { visible } from '../core/visible.ts';
import { silentLog } from '../telemetry/log.ts';
import type { Settings } from './common.ts';
import type { Io } from './io.ts';
import { knowledgeOf } from './knowledge.ts';
import { redactorFor } from './redaction.ts';

/** Problems that are told one by one; the rest is counted. */
const TOLD = 20;
/** Records between two words of progress. */
const STEP = 500;

export interface InputOptions {
  readonly source?: string;
  readonly repository?: string;
  readonly runId?: string;
  readonly job?: string;
}

export interface Counts {
  records: number;
  activities: number;
  problems: number;
  /** Of the problems, by what they are. */
  readonly kinds: Map<string, number>;
}

/** The options that say what the files hold. */
export function withInputOptions(command: Command): Command {
  return command
    .option('--source <name>', 'each line is a native record of this source')
    .option('--repository <owner/name>', 'where a log or a clone belongs')
    .option('--run-id <id>', 'the run of a log')
    .option('--job <name>', 'the job of a log; of an archive, this job alone');
}

/** The activities of the files, in their order; problems go to standard error, and into `counts`. */
export async function* activitiesIn(
  files: readonly string[],
  options: InputOptions,
  settings: Settings,
  counts: Counts,
  io: Io,
): AsyncGenerator<Activity> {
  // The installation's own key: ids come from redacted content, and the same input must have the same ones each time.
  const knowledge = knowledgeOf(settings.configuration, silentLog);
  const understand = createUnderstanding({
    redactor: await redactorFor(settings, io),
    clock: systemClock,
    ...knowledge,
  });
  await knowledge.networks.refresh();
  for (const file of files) {
    for await (const item of open(file, options)) {
      if ('malformed' in item) {
        tell(counts, 'unreadable', `${file}:${item.malformed.line}: ${item.malformed.reason}`, io);
        continue;
      }
      counts.records += 1;
      if (io.errIsTerminal && counts.records % STEP === 0) {
        io.err(`\r\u001B[K${counts.records.toLocaleString('en-US')} records …`);
      }
      const understood = understand(item);
      if ('error' in understood) {
        const { code, message } = understood.error;
        tell(counts, code, `${item.input ?? 'a record'}: ${message}`, io);
        continue;
      }
      counts.activities += understood.activities.length;
      yield* understood.activities;
    }
  }
  if (io.errIsTerminal) io.err('\r\u001B[K');
}

export function noCounts(): Counts {
  return { records: 0, activities: 0, problems: 0, kinds: new Map() };
}

/** `3 unreadable, 1 RECORD_INVALID`; empty when there was no problem. */
export function describeProblems({ kinds }: Counts): string {
  return [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** A time that an option gives. */
export function timeOption(name: string, text: string): Instant {
  const time = parseTime(text);
  if (time) return time.at;
  throw new PipewardenError('USAGE', { problem: `${name} takes a time like 2026-03-01T00:00:00Z, not ${text}` });
}

function open(file: string, options: InputOptions): AsyncIterable<SourceRecord | Malformed> {
  const { source, repository, runId, job } = options;
  if (source === 'git' && file !== '-' && isFolder(file)) {
    return readGitHistory({ path: file, ...(repository === undefined ? {} : { repository }) });
  }
  if (source === 'git' && ADDRESS.test(file)) {
    throw new PipewardenError('USAGE', { problem: '--source git reads a clone on this machine: git clone it first' });
  }
  return readReplay({
    file,
    ...(source === undefined ? {} : { source }),
    ...(repository === undefined ? {} : { repository }),
    ...(runId === undefined ? {} : { runId }),
    ...(job === undefined ? {} : { job }),
  });
}

/** `https://…`; it may hold a password, so it is not told. */
const ADDRESS = /^[a-z][a-z+]*:\/\//i;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function tell(counts: Counts, kind: string, message: string, io: Io): void {
  counts.problems += 1;
  const before = counts.kinds.get(kind) ?? 0;
  counts.kinds.set(kind, before + 1);
  if (before < TOLD) io.err(`${visible(message)}\n`);
  else if (before === TOLD) io.err('more of the same are only counted\n');
}
