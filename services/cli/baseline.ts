// `pipewarden baseline`: what has been learned; looked at, compared, forgotten, rolled back, taken elsewhere.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { detectors } from '../../detectors/index.ts';
import { isCurrent } from '../analyzer/entity-stage/profile-text.ts';
import type { AuditEntry } from '../core/audit.ts';
import { systemClock } from '../core/clock.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { contentId } from '../core/json.ts';
import type { ReplaceEntry } from '../core/messages.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import { formatInstant } from '../core/time.ts';
import { visible } from '../core/visible.ts';
import { differenceOf } from './baseline/difference.ts';
import { asOf, type KeptProfile, onlyOne, opened, profilesCalled } from './baseline/profiles.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import type { Io } from './io.ts';
import { withEventLog } from './ports.ts';
import { drawPicture } from './render/picture.ts';
import { table } from './render/table.ts';
import { timeOption } from './replaying.ts';
import { whoAmI } from './who.ts';

interface ToOptions extends CommonOptions {
  readonly to: string;
}

interface ReasonOptions extends CommonOptions {
  readonly reason: string;
}

const TAKES_EFFECT = 'a running Pipewarden takes it up within a second.\n';

export const baselineCommand: Subcommand = (io) => {
  const command = subcommand('baseline', 'what has been learned: show, diff, forget, rollback, export, import');
  command
    .command('show [name]')
    .description('the profiles whose name contains the text; one in full')
    .action(async (name: string | undefined, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      await withLog(options, io, async (log) => {
        const profiles = await profilesCalled(log, name ?? '');
        const [only, ...more] = profiles;
        if (name !== undefined && only && more.length === 0) return showOne(only, options, io);
        showAll(profiles, options, io);
      });
    });
  command
    .command('diff <name>')
    .description('what a profile has learned since a time')
    .requiredOption('--to <time>', 'compare with what it was then (RFC 3339)')
    .action(async (name: string, _options, self: Command) => {
      const options = self.optsWithGlobals<ToOptions>();
      await withLog(options, io, async (log) => {
        const profile = onlyOne(await profilesCalled(log, name), name);
        const then = asOf(profile, timeOption('--to', options.to));
        const [before, after] = [then?.text ?? profile.text, profile.text].map((text) => stateOf(text, profile.name));
        const lines = differenceOf(before ?? null, after ?? null);
        if (options.json) return io.out(`${JSON.stringify(lines)}\n`);
        io.out(lines.length > 0 ? drawPicture({ type: 'delta', lines }) : 'Nothing has changed since.\n');
      });
    });
  command
    .command('forget <name>')
    .description('forget a profile; it is learned anew')
    .requiredOption('--reason <text>', 'why, for the audit trail')
    .action(async (name: string, _options, self: Command) => {
      const options = self.optsWithGlobals<ReasonOptions>();
      await withLog(options, io, async (log) => {
        const profile = onlyOne(await profilesCalled(log, name), name);
        await replace(log, 'baseline.forgotten', [{ ...profile, text: null }], options.reason);
        io.err(`Forgotten: ${visible(profile.name)}; ${TAKES_EFFECT}`);
      });
    });
  command
    .command('rollback <name>')
    .description('put a profile back to what it was before a time; checkpoints are a week apart')
    .requiredOption('--to <time>', 'before what must not have been learned (RFC 3339)')
    .requiredOption('--reason <text>', 'why, for the audit trail')
    .action(async (name: string, _options, self: Command) => {
      const options = self.optsWithGlobals<ToOptions & ReasonOptions>();
      await withLog(options, io, async (log) => {
        const profile = onlyOne(await profilesCalled(log, name), name);
        const at = timeOption('--to', options.to);
        const then = profile.checkpoints.findLast(({ text }) => (opened(text, profile.name, detectors)?.at ?? at) < at);
        if (!then) {
          const problem = `${profile.name} has no checkpoint from before ${options.to}; forget it instead`;
          throw new PipewardenError('USAGE', { problem });
        }
        await replace(log, 'baseline.rolled-back', [{ ...profile, text: then.text }], options.reason);
        const last = opened(then.text, profile.name, detectors)?.at ?? at;
        io.err(`Back to what it was at ${formatInstant(last)}: ${visible(profile.name)}; ${TAKES_EFFECT}`);
      });
    });
  command
    .command('export [name]')
    .description('the profiles whose name contains the text, one JSON object a line')
    .action(async (name: string | undefined, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      await withLog(options, io, async (log) => {
        for (const { name: called, partition, text } of await profilesCalled(log, name ?? '')) {
          io.out(`${JSON.stringify({ name: called, partition, text })}\n`);
        }
      });
    });
  command
    .command('import <file>')
    .description('what `export` wrote, in place of what is there')
    .requiredOption('--reason <text>', 'why, for the audit trail')
    .action(async (file: string, _options, self: Command) => {
      const options = self.optsWithGlobals<ReasonOptions>();
      const profiles = readExport(file);
      await withLog(options, io, async (log) => {
        await replace(log, 'baseline.imported', profiles, options.reason);
        io.err(`${profiles.length} profiles imported; ${TAKES_EFFECT}`);
      });
    });
  return command;
};

function withLog(options: CommonOptions, io: Io, work: (log: EventLog) => Promise<void>): Promise<void> {
  return withEventLog(settingsOf(options, io), io.env, work);
}

function showAll(profiles: readonly KeptProfile[], options: CommonOptions, io: Io): void {
  const facts = profiles.map(({ name, text, checkpoints }) => {
    const read = opened(text, name, detectors);
    return {
      name,
      changed: read?.times ?? 0,
      last: read ? formatInstant(read.at) : null,
      bytes: text.length,
      checkpoints: checkpoints.length,
    };
  });
  if (options.json) {
    io.out(facts.map((each) => `${JSON.stringify(each)}\n`).join(''));
    return;
  }
  const rows = facts.map((each) => [
    visible(each.name),
    String(each.changed),
    each.last?.slice(0, 16) ?? 'unreadable',
    String(each.bytes),
  ]);
  io.out(
    rows.length > 0
      ? table([['PROFILE', 'CHANGED', 'LAST (UTC)', 'BYTES'], ...rows])
      : 'Nothing of that name has been learned.\n',
  );
}

function showOne({ name, text, checkpoints }: KeptProfile, options: CommonOptions, io: Io): void {
  const read = opened(text, name, detectors);
  if (!read) {
    io.out('It cannot be read.\n');
    return;
  }
  const { profile, times, at } = read;
  const facts = { name, changed: times, last: formatInstant(at), state: profile.state, waiting: profile.waiting };
  if (options.json) {
    io.out(`${JSON.stringify(facts)}\n`);
    return;
  }
  const lines = differenceOf(null, profile.state).filter(({ sign }) => sign === '+');
  io.out(
    `${io.style('bold', visible(name))}\n` +
      `changed ${times} times, last ${facts.last}; ${text.length} bytes; ${checkpoints.length} checkpoints\n` +
      `${lines.map(({ text: line }) => `  ${visible(line)}\n`).join('')}`,
  );
  if (profile.waiting.length === 0) return;
  const waiting = profile.waiting.map(([activity, since, observation, by, word]) => [
    formatInstant(since).slice(0, 16),
    word ?? 'on probation',
    visible(by) || '–',
    visible(JSON.stringify(observation)).slice(0, 80),
    activity,
  ]);
  io.out(`\nNot learned yet\n${table([['SINCE (UTC)', 'WHY', 'BY', 'WHAT', 'ACTIVITY'], ...waiting])}`);
}

function stateOf(text: string, name: string) {
  return opened(text, name, detectors)?.profile.state;
}

/** Through the log, as everything that changes a result; with an entry in the audit trail for each. */
async function replace(
  log: EventLog,
  action: string,
  profiles: readonly { readonly name: string; readonly partition: number; readonly text: string | null }[],
  reason: string,
): Promise<void> {
  const time = formatInstant(systemClock.now());
  const actor = whoAmI();
  const decisions = profiles.map(
    ({ name }): AuditEntry => ({
      id: contentId(action, name, time),
      time,
      actor,
      action,
      subject: name,
      outcome: 'success',
      detail: { reason },
    }),
  );
  await log.append(
    'decision',
    decisions.map((entry) => ({ key: entry.subject, value: JSON.stringify(entry) })),
  );
  await log.append(
    'activity',
    profiles.map(({ name, partition, text }) => {
      const entry: ReplaceEntry = { replace: { [name]: text } };
      return { key: name, partition, value: JSON.stringify(entry) };
    }),
  );
}

const exported = z.object({ name: z.string().min(3), partition: z.int().min(0).max(1_000), text: z.string() });

function readExport(file: string): readonly z.output<typeof exported>[] {
  const lines = readLines(file).filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    try {
      const profile = exported.parse(JSON.parse(line));
      if (isCurrent(profile.text) && opened(profile.text, profile.name, detectors)) return profile;
    } catch {
      // Told below, with its place.
    }
    throw new PipewardenError('USAGE', {
      problem: `${file}:${index + 1} is no profile of this version; nothing was imported`,
    });
  });
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `${file}: ${messageOf(error)}` }, error);
  }
}
