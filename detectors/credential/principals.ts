// Which activities make a new principal, or give an old one more: accounts, members, admins, keys, tokens, apps.
import type { Activity } from '../../services/core/activity.ts';
import { operationOf } from './operations.ts';

export interface NewPrincipal {
  /** `an account`, `a deploy key`, `admin rights`. */
  readonly what: string;
  /** Whom or what, where the record tells. */
  readonly name?: string;
  /** An account that somebody made for themselves. */
  readonly own: boolean;
  /** It may write, publish or administer. */
  readonly strong: boolean;
}

const GIVES =
  /add|create|grant|invite|promot|approv|generate|import|upload|attach|put|signup|accept|regist|issue|^update$|update_member|permission$|elevat|assign/i;
const TAKES =
  /remov|revok|delet|destroy|block|deny|denied|reject|declin|expire|demot|detach|deactivat|suspend|cancel|fail|regenerat|rotat|request_(?:created|cancel)|leave|left|unlink|close|suspend/i;
const ACCOUNT =
  /user_?(?:created|added)|createaccount|createuser|^signup$|createFirstAdminUser|^user\.(?:create|add|invite)/i;
const ADMIN = /admin|owner|maintain|write|manag|root|power|full|site_admin|security|push/i;

/** Undefined for what makes nobody new. Taking a role for an hour (AssumeRole) is use, not a grant. */
export function newPrincipalIn(activity: Activity): NewPrincipal | undefined {
  if (activity.kind === 'access') {
    const { action, subject, role } = activity.detail;
    if (/assumerole/i.test(action) || TAKES.test(action)) return undefined;
    const account = ACCOUNT.test(action);
    if (!account && !GIVES.test(verbOf(action))) return undefined;
    const strong = role !== undefined ? ADMIN.test(role) : /admin|owner|policy|maintainer/i.test(action);
    const own = account && subject !== undefined && subject === activity.actor?.name;
    return {
      what: account ? 'an account' : roleIn(role, action),
      ...(subject !== undefined && { name: subject }),
      own,
      strong,
    };
  }
  if (activity.kind === 'grant') {
    const { action, type, name, subject, write, permissions } = activity.detail;
    if (TAKES.test(action) || !GIVES.test(verbOf(action))) return undefined;
    const writes = write ?? Object.values(permissions ?? {}).some((level) => level === 'write' || level === 'admin');
    const called = subject ?? name;
    return {
      what: `a ${type ?? 'key or token'}`,
      ...(called !== undefined && { name: called }),
      own: false,
      strong: writes,
    };
  }
  if (activity.kind === 'request') {
    const { method, operation, status = 200 } = activity.detail;
    const makes = /^(?:POST|PUT)$/.test(method ?? operation.slice(0, operation.indexOf(' ')));
    if (!makes || status >= 400 || operationOf(activity)?.family !== 'keys and tokens') return undefined;
    return { what: 'a key or token', own: false, strong: false };
  }
  return undefined;
}

/** What stands last: `integration_installation.close` installs nothing. */
function verbOf(action: string): string {
  return action.slice(action.lastIndexOf('.') + 1);
}

function roleIn(role: string | undefined, action: string): string {
  if (role !== undefined) return `the role ${role.slice(0, 40)}`;
  return /admin|owner/i.test(action) ? 'admin rights' : 'access';
}
