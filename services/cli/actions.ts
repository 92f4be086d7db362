// `pipewarden actions`: what can be done at which system, what it needs, and what one would do to a target now.
import type { Command } from 'commander';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Action, ActionPlan, Target } from '../core/action.ts';
import { ENTITY_TYPES, type EntityType } from '../core/entity.ts';
import { PipewardenError } from '../core/errors.ts';
import { visible } from '../core/visible.ts';
import { look } from '../responder/place.ts';
import { readOnly } from '../responder/read-only.ts';
import { planOf } from '../responder/step.ts';
import { type CommonOptions, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import { findEntry } from './find.ts';
import type { Io } from './io.ts';
import { table } from './render/table.ts';
import { withSecrets } from './secrets.ts';
import { apisOf } from './targets.ts';

const TEST_MS = 30_000;
/** What the system, or the action, says of a target. */
const UNPLANNED = /^(?:API_|TARGET_)/;

interface TestOptions extends CommonOptions {
  readonly target: string;
  readonly fact?: readonly string[];
}

const actions: readonly Action[] = [...ACTIONS.values()];

export const actionsCommand: Subcommand = (io, setExit) => {
  const command = subcommand('actions', 'list what can be done to contain, show one, try what one would do');
  command
    .command('list', { isDefault: true })
    .description('every action')
    .action((_options, self: Command) => {
      if (self.optsWithGlobals<CommonOptions>().json) return io.out(`${JSON.stringify(actions)}\n`);
      const rows = actions.map(({ id, kind, target, reversible, proof }) => [
        id,
        kind,
        target,
        reversible ? 'can be undone' : '',
        proof,
      ]);
      io.out(table([['ID', 'KIND', 'TARGET', '', 'PROOF'], ...rows]));
    });
  command
    .command('show <id>')
    .description('what it needs, and how it is undone')
    .action((id: string, _options, self: Command) => {
      const action = findEntry(actions, 'action', id);
      io.out(self.optsWithGlobals<CommonOptions>().json ? `${JSON.stringify(action)}\n` : page(action, io));
    });
  command
    .command('test <id>')
    .description('look at a target with the configured credential, and show the requests; nothing is sent')
    .requiredOption('--target <type:id>', 'as `incidents show --json` has it: run:acme/shop/42')
    .option('--fact <name=value...>', 'what else is known of the target: repository=acme/shop')
    .addHelpText(
      'after',
      '\nIt ends with 1 where the action could not be planned: a right is missing, or it is no target of it.',
    )
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<TestOptions>();
      const action = findEntry(actions, 'action', id);
      const target = targetOf(action, options);
      const settings = settingsOf(options, io);
      try {
        const plan = await tried(action, target, settings, io);
        io.out(options.json ? `${JSON.stringify(plan)}\n` : planned(plan));
      } catch (error) {
        if (!(error instanceof PipewardenError) || !UNPLANNED.test(error.code)) throw error;
        io.err(`${error.message}\n`);
        setExit(1);
      }
    });
  return command;
};

/** With the state as the system shows it, where there is a credential for it. */
async function tried(action: Action, target: Target, settings: Settings, io: Io): Promise<ActionPlan> {
  return await withSecrets(settings.configuration, io.env, async (secrets) => {
    const api = apisOf(settings.configuration, secrets, io.env).get(action.system);
    const seen = api && (await look(action, target, readOnly(api), AbortSignal.timeout(TEST_MS)));
    return planOf(action, target, seen);
  });
}

/** Throws USAGE. */
function targetOf({ system }: Action, { target, fact = [] }: TestOptions): Target {
  const [type = '', id = ''] = splitAt(target, ':');
  if (!isType(type) || id === '') {
    throw new PipewardenError('USAGE', {
      problem: `--target is TYPE:ID, of one of these types: ${ENTITY_TYPES.join(', ')}`,
    });
  }
  const facts = fact.map((each) => {
    const [name = '', value = ''] = splitAt(each, '=');
    if (name === '' || value === '') throw new PipewardenError('USAGE', { problem: '--fact is NAME=VALUE' });
    return [name, value] as const;
  });
  return { system, ...(type === 'repository' && { repository: id }), ...Object.fromEntries(facts), type, id };
}

function splitAt(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

function isType(text: string): text is EntityType {
  return ENTITY_TYPES.some((type) => type === text);
}

function page(action: Action, io: Io): string {
  const { id, kind, title, target, permissions, reversible, undoing, reference, proof, byName } = action;
  return [
    `${io.style('bold', title)} [${id}]\n`,
    `kind        ${kind}${byName ? ', where a playbook names it by its id' : ''}\n`,
    `target      ${target}\n`,
    `needs       ${permissions.join('; ')}\n`,
    `undone      ${reversible ? 'yes' : 'no'}: ${undoing}\n`,
    `proven by   ${proof}\n`,
    `described   ${reference}\n`,
  ].join('');
}

function planned({ summary, requests, blast_radius, already_done }: ActionPlan): string {
  const lines = [
    visible(summary),
    ...(already_done === undefined ? [] : [`Nothing to do: ${visible(already_done)}`]),
    ...requests.flatMap(({ method, path, body }) => [
      `  ${method} ${visible(path)}`,
      ...(body === undefined ? [] : [`  ${JSON.stringify(body)}`]),
    ]),
    ...blast_radius.map((line) => `  touches: ${visible(line)}`),
    'Nothing was sent.',
  ];
  return `${lines.join('\n')}\n`;
}
