// Who called the command, for the audit trail.
import { userInfo } from 'node:os';

/** In a container the user's number often has no name. */
export function whoAmI(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
