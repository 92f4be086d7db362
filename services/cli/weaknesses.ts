// `pipewarden weaknesses`: what other tools tell of, once each, the most pressing first.
import { type Command, Option } from 'commander';
import { TICKET_CATEGORIES, type TicketCategory } from '../core/details/ticket.ts';
import type { Condition } from '../core/ports/document-store.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { Weakness, WeaknessState } from '../core/weakness.ts';
import { type CommonOptions, limitOf, type Subcommand, settingsOf, subcommand } from './common.ts';
import { findDocument } from './find.ts';
import { withStore } from './ports.ts';
import { shortTime } from './render/finding.ts';
import { table } from './render/table.ts';
import { placeOf, renderWeakness, ticketOf } from './render/weakness.ts';

const STATES = ['open', 'reopened', 'suppressed', 'fixed', 'merged'] as const satisfies readonly WeaknessState[];

interface ListOptions extends CommonOptions {
  readonly state?: WeaknessState;
  readonly repository?: string;
  readonly priority?: Severity;
  readonly ticket?: TicketCategory;
  readonly limit: number;
}

export const weaknessesCommand: Subcommand = (io) => {
  const command = subcommand('weaknesses', 'list what other tools told of, show one');
  command
    .command('list', { isDefault: true })
    .description('those that are open, the most pressing first')
    .addOption(new Option('--state <state>', 'these instead of the open ones').choices(STATES))
    .addOption(new Option('--priority <severity>', 'only of this priority').choices(SEVERITIES))
    .option('--repository <owner/name>', 'only of this repository')
    .addOption(new Option('--ticket <category>', 'only where the ticket stands so').choices(TICKET_CATEGORIES))
    .option('--limit <n>', 'at most so many, up to 1000', limitOf, 50)
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<ListOptions>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const { documents, total } = await store.search<Weakness>('weakness', {
          where: conditionsOf(options),
          sort: { field: 'rank', order: 'desc' },
          limit: options.limit,
        });
        const weaknesses = documents.map(({ body }) => body);
        if (options.json) {
          io.out(weaknesses.map((weakness) => `${JSON.stringify(weakness)}\n`).join(''));
          return;
        }
        const rows = weaknesses.map((weakness) => [
          weakness.priority,
          weakness.state,
          weakness.title,
          placeOf(weakness),
          weakness.tellings.map(({ tool }) => tool).join(', '),
          shortTime(weakness.last_seen),
          ticketOf(weakness),
          weakness.id,
        ]);
        io.out(
          table([['PRIORITY', 'STATE', 'TITLE', 'WHERE', 'TOLD BY', 'LAST SEEN (UTC)', 'TICKET', 'ID'], ...rows], 48),
        );
        if (total > weaknesses.length) io.err(`${total - weaknesses.length} more\n`);
      });
    });
  command
    .command('show <id>')
    .description('who told it, when and where, and why it has its priority')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const weakness = await findDocument<Weakness>(store, 'weakness', 'id', id);
        io.out(options.json ? `${JSON.stringify(weakness)}\n` : renderWeakness(weakness, io));
      });
    });
  return command;
};

function conditionsOf({ state, repository, priority, ticket }: ListOptions): readonly Condition[] {
  return [
    { field: 'state', in: state === undefined ? ['open', 'reopened'] : [state] },
    ...(repository === undefined ? [] : [{ field: 'repository', is: repository }]),
    ...(priority === undefined ? [] : [{ field: 'priority', is: priority }]),
    ...(ticket === undefined ? [] : [{ field: 'ticket.category', is: ticket }]),
  ];
}
