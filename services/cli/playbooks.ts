// `pipewarden playbooks`: what would be done about which incidents.

import { join } from 'node:path';
import type { Command } from 'commander';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { loadPlaybooks } from '../../playbooks/load.ts';
import type { Action } from '../core/action.ts';
import type { Playbook } from '../core/playbook.ts';
import { type CommonOptions, type Subcommand, subcommand } from './common.ts';
import { findEntry } from './find.ts';
import type { Io } from './io.ts';
import { table } from './render/table.ts';

/** The playbooks that ship with Pipewarden. */
export const shippedPlaybooks: readonly Playbook[] = loadPlaybooks(join(import.meta.dirname, '../../playbooks'));

export const playbooksCommand: Subcommand = (io) => {
  const command = subcommand('playbooks', 'list the playbooks, show one');
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
  return command;
};

function page(playbook: Playbook, io: Io): string {
  const { when } = playbook;
  const conditions = [
    `severity ${when.severity} or worse`,
    ...(when.entities.length > 0 ? [`names a ${when.entities.join(' and a ')}`] : []),
    ...(when.detectors.length > 0 ? [`raised by ${when.detectors.join(' or ')}`] : []),
  ];
  const steps = playbook.steps.flatMap(({ action: id, approval }, index) => {
    const action: Action | undefined = ACTIONS.get(id);
    if (!action) return [];
    return [
      `${index + 1}. ${io.style('bold', action.title)} [${action.id}]\n`,
      `   ${approval ? `asks ${approval.people === 1 ? 'one person' : 'two people'}` : 'asks nobody'}; ${action.reversible ? 'can be undone' : 'cannot be undone'}: ${action.undoing}\n`,
      `   needs ${action.permissions.join(', ')}\n`,
      `   ${action.reference}\n`,
    ];
  });
  return [
    `${io.style('bold', playbook.title)} [${playbook.id}, version ${playbook.version}]\n`,
    `${playbook.description.trim()}\n\n`,
    `For an incident: ${conditions.join('; ')}.\n\n`,
    ...steps,
    '\nDry by default: the exact requests are shown, none is sent.\n',
  ].join('');
}
