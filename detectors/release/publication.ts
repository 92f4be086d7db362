// What leaves a repository for its users: releases, packages, artifacts, version tags, in the words of every feed.
import type { Activity } from '../../services/core/activity.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import { isFullVersion } from '../commit/release-refs.ts';

export type PublicationKind = 'release' | 'package' | 'artifact' | 'push';

/** Kinds that tell of publications. */
export const PUBLICATIONS: readonly PublicationKind[] = ['release', 'package', 'artifact', 'push'];

export interface Publication {
  readonly form: 'release' | 'package' | 'artifact' | 'tag';
  readonly name?: string;
  readonly version?: string;
  /** Who published it, as an id; undefined where nobody is told. */
  readonly by?: string;
  /** The same for people. */
  readonly who: string;
}

/**
 * `published` of GitHub, Gitea and CDEvents, `create` of GitLab, the calls of ECR and CodeArtifact. GitHub's `created` is a
 * draft as well. https://docs.github.com/en/webhooks/webhook-events-and-payloads#release
 */
const PUBLISHES =
  /^(?:\w{1,40}[._])?publish(?:ed)?$|^create$|^release_created$|^created_release$|^PutImage$|^PublishPackageVersion$/i;

/** Undefined for what publishes nothing: a deletion, a draft, a cache, a report of tests. */
export function publicationIn(activity: Activity): Publication | undefined {
  switch (activity.kind) {
    case 'push': {
      const head = activity.vcs?.ref?.head;
      if (head?.type !== 'tag' || head.name === undefined || !activity.detail.created) return undefined;
      return isFullVersion(head.name) ? { form: 'tag', version: head.name, ...by(activity) } : undefined;
    }
    case 'release': {
      const { action, tag, draft } = activity.detail;
      if (!PUBLISHES.test(action) || draft === true) return undefined;
      return { form: 'release', ...(tag !== undefined && { version: tag }), ...by(activity) };
    }
    case 'package':
    case 'artifact': {
      const { action, name, version } = activity.detail;
      if (!PUBLISHES.test(action) || /testoutput/i.test(activity.native_type)) return undefined;
      const named = { ...(name !== undefined && { name }), ...(version !== undefined && { version }) };
      return { form: activity.kind, ...named, ...by(activity) };
    }
    default:
      return undefined;
  }
}

function by(activity: Activity): Pick<Publication, 'by' | 'who'> {
  const author = activity.kind === 'package' ? activity.detail.author : undefined;
  const id = actorId(activity) ?? author;
  return { ...(id !== undefined && { by: id }), who: activity.actor?.name ?? author ?? 'Somebody unnamed' };
}

/** `artifact left-pad 1.3.0`. */
export function publicationWords({ form, name, version }: Publication): string {
  return [form, name, version].filter(Boolean).join(' ').slice(0, 120);
}
