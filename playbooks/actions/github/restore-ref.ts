// Moves a branch that was forced elsewhere, or a tag that was moved, back to the commit where it was.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { refPart, repositoryPath, revisionPart } from './paths.ts';

const ID = 'github.restore-ref';

export const restoreRef = defineAction({
  id: ID,
  kind: 'restore',
  title: 'Move a branch or tag back to where it was',
  system: 'github',
  target: 'commit',
  byName: true,
  permissions: ['contents: write'],
  reversible: true,
  undoing: 'Moves it to the later commit again.',
  reference: 'https://docs.github.com/en/rest/git/refs#update-a-reference',
  proof: 'schema',

  /** Only what stands at one of the two commits is touched: who has moved it on knows more. */
  async look(target, api, signal) {
    const path = `${repositoryPath(ID, target)}/git/ref/${refPart(ID, target)}`;
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const at = field(field(body, 'object'), 'sha');
    const revision = [later(target), earlier(target)].find((one) => one === at);
    if (revision === undefined) throw invalid(ID, target, 'its branch or tag has been moved on since');
    return { state: { revision } };
  },

  intend(target) {
    const name = target.tag === undefined ? `the branch ${target.branch}` : `the tag ${target.tag}`;
    return {
      summary: `Move ${name} of ${target.repository} from ${later(target).slice(0, 12)} back to ${earlier(target).slice(0, 12)}.`,
      changes: [move(target, earlier(target))],
      blast_radius: [
        'Commits that stand on it alone are no longer reached from it; clones that have them keep them.',
        'A push to a branch starts its workflows, and so does this.',
      ],
    };
  },

  holds(target, state) {
    return field(state, 'revision') === earlier(target) ? 'It is back where it was.' : undefined;
  },

  undo(target, before, now) {
    const isOurs = field(before, 'revision') === later(target) && field(now, 'revision') === earlier(target);
    return isOurs ? [move(target, later(target))] : [];
  },
});

function move(target: Target, sha: string): Change {
  const path = `${repositoryPath(ID, target)}/git/refs/${refPart(ID, target)}`;
  return { method: 'PATCH', path, body: { sha, force: true }, accepts: [200] };
}

function later(target: Target): string {
  return revisionPart(ID, target, target.id);
}

function earlier(target: Target): string {
  return revisionPart(ID, target, target.previous ?? '');
}
