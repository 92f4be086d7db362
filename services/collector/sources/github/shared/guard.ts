// Whether a change of one branch-protection setting lowers the guard. Both feeds name settings alike; the webhook gives
// levels as words (`off`, `non_admins`, `everyone`), the audit log as numbers from 0.
import type { Json } from '../../../../core/json.ts';
import { identifier, list, text } from '../../../fields.ts';

function isOff(value: Json | undefined): boolean {
  return value === false || value === 'false' || value === 'off' || value === 0;
}

function isOn(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !isOff(value);
}

/**
 * `allow_…` guards by being off, everything else by being on. Of counts, fewer guard less, and none guards nothing. Of
 * the names of required checks, a shorter list guards less; of those who are allowed something, a longer one.
 */
export function loosened(setting: string, before: Json | undefined, after: Json | undefined): boolean {
  if (Array.isArray(before)) return Array.isArray(after) && listLoosened(setting, before, after);
  if (typeof before === 'object' && before !== null) return false;
  if (setting.endsWith('_count')) return typeof after === 'number' && after < (typeof before === 'number' ? before : 1);
  if (/^(?:allow_|lock_allows_)/.test(setting)) return !isOn(before) && isOn(after);
  return !isOff(before) && isOff(after);
}

function listLoosened(setting: string, before: readonly Json[], after: readonly Json[]): boolean {
  if (setting.startsWith('required_')) return before.some((element) => !after.includes(element));
  // The first name on the list comes with the restriction itself.
  return setting.startsWith('authorized_') && before.length > 0 && after.some((element) => !before.includes(element));
}

const MOST_BYPASSERS = 20;

/** Who may pass a ruleset: `Team 17`, `Integration 42`, `OrganizationAdmin`. */
export function bypassers(actors: Json | undefined): readonly string[] | undefined {
  const found = list(actors)
    .slice(0, MOST_BYPASSERS)
    .flatMap((actor) => {
      const type = text(actor, 'actor_type');
      return type === undefined ? [] : [[type, identifier(actor, 'actor_id')].filter(Boolean).join(' ')];
    });
  return found.length > 0 ? found : undefined;
}
