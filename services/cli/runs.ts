// `pipewarden runs`: what was or would be done about incidents, what people say of it, and the jobs that nobody tries any more.
import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import { ORDERS, type OrderKind } from '../core/order.ts';
import type { PlaybookRun } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { DeadJob, JobQueue } from '../core/ports/job-queue.ts';
import { readEvidence } from '../responder/evidence.ts';
import { giveOrder } from '../responder/orders.ts';
import { CONTAINMENT } from '../responder/run-queue.ts';
import { type CommonOptions, limitOf, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import { decidersOf } from './deciders.ts';
import { findDocument } from './find.ts';
import type { Io } from './io.ts';
import { withQueue, withStore } from './ports.ts';
import { shortTime } from './render/finding.ts';
import { renderRun } from './render/run.ts';
import { table } from './render/table.ts';

const STATUSES = [
  'pending',
  'running',
  'waiting',
  'done',
  'failed',
] as const satisfies readonly PlaybookRun['status'][];
/** As many dead jobs as are looked through for an id. */
const MOST_DEAD = 10_000;

interface ListOptions extends CommonOptions {
  readonly dead?: true;
  readonly status?: PlaybookRun['status'];
  readonly incident?: string;
  readonly limit: number;
}

export const runsCommand: Subcommand = (io) => {
  const command = subcommand('runs', 'list the playbook runs, show one, agree, refuse, undo, see and retry dead jobs');
  command
    .command('list', { isDefault: true })
    .description('the newest first')
    .option('--dead', 'the jobs that are not tried any more, and why, instead of the runs')
    .addOption(new Option('--status <status>', 'only these').choices(STATUSES))
    .option('--incident <id>', 'only of this incident')
    .option('--limit <n>', 'at most so many, up to 1000', limitOf, 50)
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<ListOptions>();
      const settings = settingsOf(options, io);
      await (options.dead ? listDead(settings, options, io) : listRuns(settings, options, io));
    });
  command
    .command('show <id>')
    .description('its steps, and what was decided')
    .option('--evidence <dir>', 'write what was kept as evidence into this folder, checked against its seals')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions & { readonly evidence?: string }>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const run = await findDocument<PlaybookRun>(store, 'run', 'id', id);
        if (options.evidence !== undefined) return await writeEvidence(store, run, options.evidence, io);
        io.out(options.json ? `${JSON.stringify(run)}\n` : renderRun(run, io));
      });
    });
  command
    .command('retry <id>')
    .description('put a dead job back, by its id or that of its run')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      await withQueue(settingsOf(options, io), io.env, async (queue) => {
        const job = await findDead(queue, id);
        const revived = await queue.revive(CONTAINMENT, job.id);
        if (options.json) return io.out(`${JSON.stringify({ job: job.id, revived })}\n`);
        io.out(revived ? 'It is tried again.\n' : 'Somebody else put it back already.\n');
      });
    });
  for (const kind of ORDERS) command.addCommand(orderCommand(kind, io));
  return command;
};

interface OrderOptions extends CommonOptions {
  readonly reason: string;
  readonly step?: number;
  readonly as?: string;
}

const ORDER_WORDS: Readonly<Record<OrderKind, string>> = {
  approve: 'agree to the steps of a run that wait',
  reject: 'refuse the steps of a run that wait: they are not done',
  undo: 'lead back to the state before, what was done last first',
};

function orderCommand(kind: OrderKind, io: Io): Command {
  return subcommand(kind, ORDER_WORDS[kind])
    .argument('<id>', 'of the run')
    .requiredOption('--reason <text>', 'why; it stands in the audit trail')
    .option('--step <n>', 'this step alone, as `runs show` numbers them', stepOf)
    .option('--as <name>', 'who you are; default: your name on this machine')
    .action(async (id: string, _options, self: Command) => {
      const { reason, step, as, ...options } = self.optsWithGlobals<OrderOptions>();
      const settings = settingsOf(options, io);
      const run = await withStore(settings, io.env, async (store) => {
        const found = await findDocument<PlaybookRun>(store, 'run', 'id', id);
        const order = {
          kind,
          by: as ?? userInfo().username,
          reason,
          channel: 'command',
          ...(step && { step: step - 1 }),
        };
        return await withQueue(settings, io.env, (queue) =>
          giveOrder(
            { store, queue, clock: systemClock, deciders: decidersOf(settings.configuration) },
            found.id,
            order,
          ),
        );
      });
      io.out(options.json ? `${JSON.stringify(run)}\n` : renderRun(run, io));
    });
}

function stepOf(text: string): number {
  const step = Number(text);
  if (!Number.isInteger(step) || step < 1) throw new InvalidArgumentError('A step is a number from 1.');
  return step;
}

/** One file for each piece: `2-jobs.json` is of the second step. Throws NOT_FOUND for what is gone or was changed. */
async function writeEvidence(store: DocumentStore, run: PlaybookRun, folder: string, io: Io): Promise<void> {
  await mkdir(folder, { recursive: true });
  let written = 0;
  for (const [index, { evidence }] of run.steps.entries()) {
    if (!evidence) continue;
    const pieces = await readEvidence(store, run.id, index, evidence);
    if (!pieces) {
      const where = 'this data folder, as it was sealed';
      throw new PipewardenError('NOT_FOUND', { what: 'evidence', id: run.id, where });
    }
    for (const { name, text } of pieces) {
      // Whoever can write to the store can write a name too.
      await writeFile(join(folder, `${index + 1}-${basename(name)}.json`), text, { mode: 0o600 });
    }
    written += pieces.length;
  }
  io.out(written === 0 ? 'No evidence was kept.\n' : `Wrote ${written} pieces into ${folder}.\n`);
}

async function listRuns(settings: Settings, options: ListOptions, io: Io): Promise<void> {
  await withStore(settings, io.env, async (store) => {
    const { documents, total } = await store.search<PlaybookRun>('run', {
      where: [
        ...(options.status ? [{ field: 'status', is: options.status }] : []),
        ...(options.incident ? [{ field: 'incident', is: options.incident }] : []),
      ],
      sort: { field: 'updated', order: 'desc' },
      limit: options.limit,
    });
    const runs = documents.map(({ body }) => body);
    if (options.json) return io.out(runs.map((run) => `${JSON.stringify(run)}\n`).join(''));
    const rows = runs.map(({ id, updated, mode, status, steps, title, incident }) => [
      shortTime(updated),
      mode,
      status,
      String(steps.length),
      title,
      incident.slice(0, 12),
      id,
    ]);
    io.out(table([['UPDATED (UTC)', 'MODE', 'STATUS', 'STEPS', 'PLAYBOOK', 'INCIDENT', 'ID'], ...rows]));
    if (total > runs.length) io.err(`${total - runs.length} more\n`);
  });
}

async function listDead(settings: Settings, { limit, json }: ListOptions, io: Io): Promise<void> {
  const [jobs, total] = await withQueue(settings, io.env, async (queue) => [
    await queue.dead(CONTAINMENT, limit),
    (await queue.counts(CONTAINMENT)).dead,
  ]);
  if (json) return io.out(jobs.map((job) => `${JSON.stringify(job)}\n`).join(''));
  if (jobs.length === 0) return io.out('No job is dead.\n');
  const rows = jobs.map(({ id, data, attempts, error }) => [String(attempts), data.run ?? '', error, id]);
  io.out(table([['TRIES', 'RUN', 'LAST ERROR', 'JOB'], ...rows], 100));
  if (total > jobs.length) io.err(`${total - jobs.length} more\n`);
}

/** By the id of the job or its run, or an unambiguous beginning of eight characters and more. Throws NOT_FOUND. */
async function findDead(queue: JobQueue, id: string): Promise<DeadJob> {
  const jobs = await queue.dead(CONTAINMENT, MOST_DEAD);
  const exact = jobs.find((job) => job.id === id || job.data.run === id);
  if (exact) return exact;
  const [only, another] = id.length < 8 ? [] : jobs.filter((job) => job.id.startsWith(id));
  if (only && !another) return only;
  throw new PipewardenError('NOT_FOUND', { what: 'dead job', id, where: 'this job queue' });
}
