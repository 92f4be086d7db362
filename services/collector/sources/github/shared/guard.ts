// Whether a change of one branch-protection setting lowers the guard. Both feeds name settings alike; the webhook gives
// levels as words (`off`, `non_admins`, `everyone`), the audit log as numbers from 0.
import type { Json } from '../../../../core/json.ts';

function isOff(value: Json | undefined): boolean {
  return value === false || value === 'false' || value === 'off' || value === 0;
}

function isOn(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !isOff(value);
}

/** `allow_…` guards by being off, everything else by being on. Counts and lists are not judged. */
export function loosened(setting: string, before: Json | undefined, after: Json | undefined): boolean {
  if (typeof before === 'object' && before !== null) return false;
  if (/_count$/.test(setting)) return typeof before === 'number' && typeof after === 'number' && after < before;
  return setting.startsWith('allow_') ? !isOn(before) && isOn(after) : !isOff(before) && isOff(after);
}
