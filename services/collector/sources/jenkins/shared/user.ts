// Who did it, as Jenkins names them: by the id of an account. It does not tell people from accounts of machines.
import type { Actor } from '../../../../core/activity.ts';

/** What Jenkins does by itself: https://javadoc.jenkins.io/hudson/security/ACL.html#SYSTEM_USERNAME */
const SYSTEM = 'SYSTEM';
/** Nobody who is signed in: in access logs, in the Audit Trail plugin's old and new way, and Jenkins' own name for it. */
const NOBODY: ReadonlySet<string> = new Set(['-', '?', 'NA', 'anonymous', '<unknown>', '']);

export function actorOf(user: string | undefined): Actor | undefined {
  if (user === undefined || NOBODY.has(user)) return undefined;
  return { name: user, type: user === SYSTEM ? 'bot' : 'unknown' };
}
