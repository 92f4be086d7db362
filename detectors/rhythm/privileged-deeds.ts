// Which activities show a person at work, and which of them give, take or change rights.
import type { Activity, ActivityKind } from '../../services/core/activity.ts';

/** Each of them says at which hour its actor is at work. */
export const AT_WORK = [
  'push',
  'change',
  'review',
  'discussion',
  'release',
  'access',
  'grant',
  'protection',
  'secret',
  'setting',
  'repository',
  'integration',
  'runner',
  'session',
  'request',
] as const satisfies readonly ActivityKind[];
export type AtWork = (typeof AT_WORK)[number];

/** Credentials of machines: they work at all hours, whosever name they carry. */
const MACHINE =
  /server-to-server|installation|github app|deploy[ _-]?(?:key|token)|job[ _-]?token|(?:project|group|service)[ _-]?access|role session|service account/i;
/** What a person does by hand; other calls are many, and mostly a program's. */
const BY_HAND = /^(?:git\.clone|git\.push|git-receive-pack|script console)$/;
const TAKES_A_ROLE = /assumerole/i;

/** A person's own doing; a run's or a machine's has no hours. */
export function isByPerson({ kind, actor, credential, cicd, detail }: Activity): boolean {
  if (actor === undefined || actor.type === 'bot' || cicd?.pipeline?.run) return false;
  if (MACHINE.test(credential?.type ?? '')) return false;
  return kind !== 'request' || BY_HAND.test(detail.operation);
}

/** In words, as the end of a sentence that begins with who it was; undefined for everyday work. */
export function privilegedDeed(activity: Activity): string | undefined {
  switch (activity.kind) {
    case 'grant':
      return `changed a ${activity.detail.type ?? 'key or token'} (${activity.detail.action})`;
    case 'access':
      return TAKES_A_ROLE.test(activity.detail.action)
        ? undefined
        : `changed who has access (${activity.detail.action})`;
    case 'protection':
      return activity.detail.change === 'refused' ? undefined : `changed a guard rail (${activity.detail.what})`;
    case 'secret':
      return `handled a secret (${activity.detail.action})`;
    case 'setting':
      return `changed a setting (${activity.detail.action})`;
    case 'integration':
      return `changed an integration (${activity.detail.action})`;
    case 'runner':
      return `changed a runner (${activity.detail.action})`;
    case 'repository':
      return `changed a repository (${activity.detail.action})`;
    case 'session':
      return SESSIONS.get(activity.detail.action);
    case 'request':
      return REQUESTS.get(activity.detail.operation);
    case 'release':
      return 'published a release';
    case 'push':
      return activity.detail.default_branch === true ? 'pushed to the default branch' : undefined;
    default:
      return undefined;
  }
}

const SESSIONS: ReadonlyMap<string, string> = new Map([
  ['login', 'signed in'],
  ['impersonation', 'signed in as somebody else'],
]);
const REQUESTS: ReadonlyMap<string, string> = new Map([
  ['git.clone', 'cloned a repository'],
  ['script console', 'used the script console'],
]);
