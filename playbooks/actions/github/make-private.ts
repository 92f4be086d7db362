// Makes a repository private that was made public.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { repositoryPath } from './paths.ts';

const ID = 'github.make-private';

export const makePrivate = defineAction({
  id: ID,
  kind: 'restore',
  title: 'Make a repository private',
  system: 'github',
  target: 'repository',
  byName: true,
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Makes it public again; stars and watchers that it lost do not come back.',
  reference: 'https://docs.github.com/en/rest/repos/repos#update-a-repository',
  proof: 'schema',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: repositoryPath(ID, target) }, [200], signal);
    const forks = field(body, 'forks_count');
    const touches = typeof forks === 'number' && forks > 0 ? [`Forks of it, which stay public: ${forks}.`] : [];
    return { state: { visibility: word(field(body, 'visibility')) }, touches };
  },

  intend(target) {
    return {
      summary: `Make ${target.repository} private.`,
      changes: [visible(target, 'private')],
      blast_radius: [
        `Who is no collaborator of ${target.repository} cannot see it any more; its stars and watchers are lost.`,
        'Workflows of other repositories that use its actions fail.',
        'What was copied while it was public stays copied: rotate the secrets that were in it.',
      ],
    };
  },

  holds(_target, state) {
    const is = field(state, 'visibility');
    return is === 'private' || is === 'internal' ? `The repository is ${is}.` : undefined;
  },

  undo(target, before, now) {
    const isOurs = field(before, 'visibility') === 'public' && field(now, 'visibility') === 'private';
    return isOurs ? [visible(target, 'public')] : [];
  },
});

function visible(target: Target, visibility: 'public' | 'private') {
  return { method: 'PATCH', path: repositoryPath(ID, target), body: { visibility }, accepts: [200] } as const;
}
