// docs/reference/playbooks.md: every playbook and every action.
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { shippedPlaybooks } from '../../services/cli/playbooks.ts';
import { askingLine, conditionLines } from '../../services/cli/render/conditions.ts';
import { actionsOf } from '../../services/responder/plan.ts';
import { page, table } from './markdown.ts';

export function playbooksPage(): string {
  const playbooks = shippedPlaybooks.map(
    ({ id, version, title, description, when, steps }) =>
      `## ${id}\n\n**${title}** (version ${version}). ${description.trim()}\n\n${table(
        ['', ''],
        [['for an incident', conditionLines(when).join('; ')]],
      )}\n${table(
        ['step', 'kind, or action', 'asks', 'where', 'once these hold', 'actions'],
        steps.map(({ action: name, approval, when: where, after }, index) => [
          String(index + 1),
          name,
          askingLine(approval),
          conditionLines(where ?? {}).join('; '),
          after.join(', '),
          actionsOf(name, ACTIONS)
            .map(({ action }) => `[${action.id}](#${action.id.replaceAll('.', '')})`)
            .join(', '),
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
