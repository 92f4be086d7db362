// docs/reference/playbooks.md: every playbook and every action.
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { shippedPlaybooks } from '../../services/cli/playbooks.ts';
import { page, table } from './markdown.ts';

export function playbooksPage(): string {
  const playbooks = shippedPlaybooks.map(
    ({ id, version, title, description, when, steps }) =>
      `## ${id}\n\n**${title}** (version ${version}). ${description.trim()}\n\n${table(
        ['condition', 'value'],
        [
          ['severity', `${when.severity} or worse`],
          ['names', when.entities.join(', ') || 'anything'],
          ['raised by', when.detectors.join(', ') || 'any detector'],
        ],
      )}\n${table(
        ['step', 'action', 'asks'],
        steps.map(({ action, approval }, index) => [
          String(index + 1),
          `[${action}](#${action.replaceAll('.', '')})`,
          approval ? `${approval.people}` : 'nobody',
        ]),
      )}`,
  );
  const actions = [...ACTIONS.values()].map(
    ({ id, kind, title, target, permissions, reversible, undoing, reference }) =>
      `## ${id}\n\n${table(
        ['', ''],
        [
          ['what', title],
          ['kind', kind],
          ['target', target],
          ['needs', permissions.join(', ')],
          ['reversible', reversible ? 'yes' : 'no'],
          ['undoing', undoing],
          ['described at', reference],
        ],
      )}`,
  );
  return page('Playbooks and actions', 'Dry by default: the exact requests are shown, none is sent.', [
    ...playbooks,
    ...actions,
  ]);
}
