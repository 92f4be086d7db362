// `pipewarden playbooks`: what would be done about which incidents.
import { join } from 'node:path';
import type { Command } from 'commander';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { loadPlaybooks } from '../../playbooks/load.ts';
import type { Incident } from '../core/incident.ts';
import type { Playbook } from '../core/playbook.ts';
import { visible } from '../core/visible.ts';
import { actionsOf, planContainment, planPlaybooks } from '../responder/plan.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { findDocument, findEntry } from './find.ts';
import type { Io } from './io.ts';
import { withStore } from './ports.ts';
import { askingLine, conditionLines } from './render/conditions.ts';
import { table } from './render/table.ts';

/** The playbooks that ship with Pipewarden. */
export const shippedPlaybooks: readonly Playbook[] = loadPlaybooks(join(import.meta.dirname, '../../playbooks'));

export const playbooksCommand: Subcommand = (io) => {
  const command = subcommand('playbooks', 'list the playbooks, show one, plan what they would do about an incident');
  command
    .command('list', { isDefault: true })
    .description('every playbook')
    .action((_options, self: Command) => {
      if (self.optsWithGlobals<CommonOptions>().json) return io.out(`${JSON.stringify(shippedPlaybooks)}\n`);
      const rows = shippedPlaybooks.map(({ id, when, steps, title }) => [
        id,
        `${when.severity} or worse`,
        String(steps.length),
        title,
      ]);
      io.out(table([['ID', 'FOR INCIDENTS', 'STEPS', 'TITLE'], ...rows]));
    });
  command
    .command('show <id>')
    .description('its conditions, its steps, what they need and how they are undone')
    .action((id: string, _options, self: Command) => {
      const playbook = findEntry(shippedPlaybooks, 'playbook', id);
      io.out(self.optsWithGlobals<CommonOptions>().json ? `${JSON.stringify(playbook)}\n` : page(playbook, io));
    });
  command
    .command('plan <incident>')
    .description('what all playbooks that fit an incident would do about it, in order')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      const incident = await withStore(settingsOf(options, io), io.env, (store) =>
        findDocument<Incident>(store, 'incident', 'id', id),
      );
      if (options.json) return io.out(`${JSON.stringify(planPlaybooks(incident, shippedPlaybooks, ACTIONS))}\n`);
      const rows = planContainment(incident, shippedPlaybooks, ACTIONS).map(
        ({ playbook, action, target, approval }) => [
          action.kind,
          action.id,
          visible(target.id),
          askingLine(approval),
          action.reversible ? 'can be undone' : '',
          playbook.id,
        ],
      );
      io.out(
        rows.length === 0
          ? 'No playbook fits it.\n'
          : table([['KIND', 'ACTION', 'TARGET', 'ASKS', '', 'PLAYBOOK'], ...rows], 60),
      );
    });
  return command;
};

function page(playbook: Playbook, io: Io): string {
  const steps = playbook.steps.flatMap(({ action: name, when, approval, after }, index) => [
    `${index + 1}. ${io.style('bold', name)}: ${[askingLine(approval), ...conditionLines(when ?? {})].join('; ')}\n`,
    ...(after.length > 0 ? [`   once each ${after.join(', ')} holds; else it asks\n`] : []),
    ...actionsOf(name, ACTIONS).map(({ action }) => `   ${io.style('dim', action.id.padEnd(34))} ${action.title}\n`),
  ]);
  return [
    `${io.style('bold', playbook.title)} [${playbook.id}, version ${playbook.version}]\n`,
    `${playbook.description.trim()}\n\n`,
    `For an incident: ${conditionLines(playbook.when).join('; ')}.\n\n`,
    ...steps,
    '\nThe steps of all playbooks that fit are taken as one, in the order of containment. What each action needs, and how it is\n',
    'undone: `pipewarden actions show ID`. Dry by default: the exact requests are shown, none is sent.\n',
  ].join('');
}
