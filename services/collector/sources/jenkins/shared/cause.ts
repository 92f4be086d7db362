// Why a build was started, from the sentences that Jenkins and its plugins write, several with commas between.
// https://javadoc.jenkins.io/hudson/model/Cause.html#getShortDescription()
import type { Actor, Cicd } from '../../../../core/activity.ts';
import { known } from '../../../fields.ts';
import { actorOf } from './user.ts';

type Run = NonNullable<NonNullable<Cicd['pipeline']>['run']>;

export interface Cause {
  readonly trigger?: string;
  /** Who asked for it, by the name that is shown. */
  readonly actor?: Actor;
  readonly parent?: NonNullable<Run['parent']>;
  /** Of the machine that asked for it with the job's own token. */
  readonly address?: string;
}

const TRIGGERS: readonly (readonly [RegExp, string])[] = [
  [/^Replayed #/, 'replay'],
  [/^Rebuilds build/, 'rebuild'],
  [/^Started by upstream project/, 'upstream'],
  [/^Started by (?:timer|cron)/i, 'schedule'],
  [/^Started by an SCM change/i, 'scm'],
  [/^Started by command line/, 'cli'],
  [/^Started by remote host/, 'remote'],
  [/^(?:Started by )?(?:\w+ )?push /i, 'push'],
  [/(?:pull|merge) request/i, 'pull_request'],
  [/^Branch (?:indexing|event)/, 'indexing'],
  [/^Started by user/, 'user'],
];

const USER = /(?:^|, )Started by (?:user|command line by|GitHub push by|GitLab push by|BitBucket push by) ([^,\n]+)/i;
const UPSTREAM = /Started by upstream project "([^"]*)" build number (\d+)/;
const REMOTE = /Started by remote host ([^\s,]+)/;

/** Nothing of a sentence that nobody knows, but who it names. */
export function causeOf(sentences: string): Cause {
  const trigger = TRIGGERS.find(([pattern]) => pattern.test(sentences))?.[1];
  const [, pipeline, id] = UPSTREAM.exec(sentences) ?? [];
  return known({
    trigger,
    actor: actorOf(USER.exec(sentences)?.[1]?.trim()),
    parent: pipeline === undefined || id === undefined ? undefined : { pipeline: jobName(pipeline), id },
    address: REMOTE.exec(sentences)?.[1],
  });
}

/** Folders stand with slashes, however they are shown (`folder » job`). */
export function jobName(shown: string): string {
  return shown
    .split('»')
    .map((part) => part.trim())
    .join('/');
}
