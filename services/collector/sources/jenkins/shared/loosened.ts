// Whether a guard of Jenkins is lower than before, by the path of a setting as Configuration as Code names it.
import type { Json } from '../../../../core/json.ts';

/** Those that guard less when they are on. */
const OPENS = /(?:^|\.)(?:allow|exclude|insecure|unsafe)\w*$/i;
/** Strategies by which whoever is there, or signs in, may do anything. */
const ANYBODY = /^(?:unsecured|loggedInUsersCanDoAnything)(?:\.|$)/;
/** Those who did not sign in, and all who did. */
const EVERYBODY = /(?:^|[\s:[])(?:anonymous|authenticated)(?:\]|$)/;
const GRANTS = /(?:^|\.)(?:permissions|assignments|sids)$/i;

export function loosened(setting: string, before: Json | undefined, after: Json | undefined): boolean {
  if (ANYBODY.test(setting) && before === undefined) return true;
  if (setting === 'value' && typeof after === 'string' && ANYBODY.test(after)) return before !== after;
  if (GRANTS.test(setting)) return gained(before, after).some((one) => EVERYBODY.test(setting) || EVERYBODY.test(one));
  if (OPENS.test(setting)) return before !== true && after === true;
  return before === true && after !== true;
}

function gained(before: Json | undefined, after: Json | undefined): readonly string[] {
  const had: readonly unknown[] = Array.isArray(before) ? before : [];
  const has: readonly unknown[] = Array.isArray(after) ? after : [];
  return has.filter((one) => typeof one === 'string').filter((one) => !had.includes(one));
}
