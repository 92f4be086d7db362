// What people write: issues, and comments on issues, pull requests and commits.
// https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/ (Issue events, Commit comment created)
import { isObject } from '../../../../core/json.ts';
import { anyKnown, at, known, text } from '../../../fields.ts';
import { headOf, type Piece } from '../../github/shared/delivery.ts';
import { changeOf } from './changes.ts';
import { type Delivery, type Mapper, vcsOf } from './delivery.ts';

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['added', 'created'],
  ['updated', 'edited'],
  ['created', 'created'],
]);

/** `pullrequest:comment_created`, `pr:comment:added` → `created`. */
function actionOf(event: string): string {
  const last = event.slice(event.lastIndexOf(':') + 1).replace('comment_', '');
  return ACTIONS.get(last) ?? last;
}

export function talk(on: 'issue' | 'change' | 'commit'): Mapper {
  return ({ event, body }: Delivery): readonly Piece[] => {
    const words = at(body, 'comment') ?? at(body, 'issue');
    const about = at(body, 'issue') ?? at(body, 'pullrequest') ?? at(body, 'pullRequest');
    // An object in Cloud, its id alone in Data Center.
    const commit = at(body, 'commit');
    const sha = isObject(commit) ? text(commit, 'hash') : text(commit);
    const piece: Piece = {
      kind: 'discussion',
      vcs:
        on === 'change'
          ? changeOf(body)
          : vcsOf(at(body, 'repository'), { ref: anyKnown({ head: headOf(undefined, sha) }) }),
      detail: known({
        action: actionOf(event),
        on,
        title: text(about, 'title'),
        body: text(words, 'content', 'raw') ?? text(words, 'text'),
      }),
    };
    return [piece];
  };
}
