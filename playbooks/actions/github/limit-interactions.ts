// Keeps everybody but collaborators from opening pull requests and issues of a public repository, and from commenting there.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { repositoryPath } from './paths.ts';

const ID = 'github.limit-interactions';
const LIMIT = 'collaborators_only';

export const limitInteractions = defineAction({
  id: ID,
  kind: 'block-endpoint',
  title: 'Limit interactions with a repository to collaborators',
  system: 'github',
  target: 'repository',
  byName: true,
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Takes the limit away, or sets the one before again, for a month from then on.',
  reference: 'https://docs.github.com/en/rest/interactions/repos#set-interaction-restrictions-for-a-repository',
  proof: 'schema',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: limitsPath(target) }, [200], signal);
    const limit = field(body, 'limit');
    // GitHub answers 409 where the organization has set one for all.
    const touches =
      field(body, 'origin') === 'organization' ? ['The organization has set a limit: GitHub refuses.'] : [];
    return { state: { limit: limit === null ? null : word(limit) }, touches };
  },

  intend(target) {
    return {
      summary: `Limit interactions with ${target.repository} to collaborators, for a month.`,
      changes: [limited(target, LIMIT)],
      blast_radius: [
        `Who is no collaborator of ${target.repository} cannot open pull requests or issues or comment there.`,
        'Pull requests that are open stay open, and their workflows can be started.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'limit') === LIMIT ? 'Only collaborators can interact with it.' : undefined;
  },

  undo(target, before, now) {
    if (field(before, 'limit') === LIMIT || field(now, 'limit') !== LIMIT) return [];
    if (field(before, 'limit') !== null) return [limited(target, word(field(before, 'limit')))];
    return [{ method: 'DELETE', path: limitsPath(target), accepts: [204] }];
  },
});

function limitsPath(target: Target): string {
  return `${repositoryPath(ID, target)}/interaction-limits`;
}

function limited(target: Target, limit: string): Change {
  return { method: 'PUT', path: limitsPath(target), body: { limit, expiry: 'one_month' }, accepts: [200] };
}
