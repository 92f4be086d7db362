// Which pipeline a call came from, where the event tells: by its token's subject, or by the tags of its session.
import type { Json } from '../../../../core/json.ts';
import { anyKnown, known, list, text } from '../../../fields.ts';
import { type Origin, subjectOrigin } from '../../../token-subject.ts';

export function originOf(event: Json): Origin {
  const subject = subjectOf(event);
  return subject === undefined ? tagOrigin(event) : subjectOrigin(subject);
}

/** `sub` of the token, as the provider's answer or the identity tells it. */
export function subjectOf(event: Json): string | undefined {
  const answered = text(event, 'responseElements', 'subjectFromWebIdentityToken');
  if (answered !== undefined) return answered;
  return text(event, 'userIdentity', 'type') === 'WebIdentityUser'
    ? text(event, 'userIdentity', 'userName')
    : undefined;
}

/**
 * The tags that the action `configure-aws-credentials` gives to a session that it opens with a key.
 * https://github.com/aws-actions/configure-aws-credentials#session-tagging-and-name
 */
function tagOrigin(event: Json): Origin {
  if (text(event, 'eventName') !== 'AssumeRole') return {};
  const tags = new Map(
    list(event, 'requestParameters', 'tags').map((tag) => [text(tag, 'key') ?? '', text(tag, 'value')] as const),
  );
  const name = tags.get('Repository');
  const pipeline = tags.get('Workflow');
  const head = anyKnown({ name: tags.get('Branch'), revision: tags.get('Commit') });
  if (tags.get('GitHub') !== 'Actions' || name === undefined) return {};
  return known({
    vcs: known({ provider: { name: 'github' }, repository: { name }, ref: head && { head } }),
    cicd: pipeline === undefined ? undefined : { pipeline: { name: pipeline } },
  });
}
