// What an audit-log entry says about a guard rail: whether it stands higher or lower than before, held or was passed.
import type { ProtectionDetail } from '../../../../core/details/trust.ts';
import { isObject, type JsonObject } from '../../../../core/json.ts';
import { at, flag, known, list, text, words } from '../../../fields.ts';
import { headOf } from '../shared/delivery.ts';
import { bypassers, loosened } from '../shared/guard.ts';

type Change = ProtectionDetail['change'];

/** Actions whose verb says something else than what happens to the guard. */
const SPECIAL: readonly (readonly [RegExp, Change])[] = [
  [/rejected_ref_update$|policy_violation$|header_unsatisfied$/, 'refused'],
  [/policy_override$|push_protection\.bypass$|bypass_protection_rules$|_request\.(?:approve|complete)$/, 'overridden'],
  [/_request\.|_bypass_list\.(?:add|remove)$|_bypass_list_/, 'changed'],
  // Requests that need nobody's approval.
  [/(?:^|\.)auto_approve_.*enabled?$/, 'removed'],
  [/(?:^|\.)auto_approve_.*disabled?$/, 'added'],
  // An address or a rule more makes these wider, one less narrower: neither is a guard of its own.
  [/^ip_allow_list_entry\.|skip_idp|^vulnerability_alert_rule\.|auto_dismissal/, 'changed'],
];
const REMOVED = /destroy|disable|delete|remove|revoke|unset|clear/;
const ADDED = /^(?:create|enable|add)|(?:^|_)enabled?(?:_|$)/;

/** `action` is the whole, `operation` what stands after its first dot. */
export function protectionOf(action: string, operation: string, entry: JsonObject): ProtectionDetail {
  const taken = codes(entry, 'ruleset_rules_deleted', 'type');
  return known({
    change: changeOf(action, operation, entry, taken),
    what: what(action, operation),
    target: targetOf(action, entry),
    reasons: reasonsOf(entry) ?? taken,
    bypass: bypassers(at(entry, 'ruleset_bypass_actors_added') ?? at(entry, 'ruleset_bypass_actors')),
  });
}

function changeOf(action: string, operation: string, entry: JsonObject, taken: readonly string[] | undefined): Change {
  const special = SPECIAL.find(([pattern]) => pattern.test(action));
  if (special) return special[1];
  if (REMOVED.test(operation)) return 'removed';
  // `update_X` carries the new value under the name X.
  const setting = /^(?:update_)?(\w+)$/.exec(operation)?.[1] ?? '';
  if (loosened(setting, undefined, at(entry, ALIASES.get(setting) ?? setting))) return 'removed';
  if (lowered(entry) || taken) return 'removed';
  return ADDED.test(operation) ? 'added' : 'changed';
}

/** Operations whose value stands under another name. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['dismiss_stale_reviews', 'dismiss_stale_reviews_on_push'],
  ['dismissal_restricted_users_teams', 'authorized_actors_only'],
]);

/** A ruleset that is no longer enforced, a stream of the audit log that is paused, a pattern that is let through. */
function lowered(entry: JsonObject): boolean {
  const before = text(entry, 'ruleset_old_enforcement');
  if (isEnforced(before) && !isEnforced(text(entry, 'ruleset_enforcement'))) return true;
  return flag(entry, 'audit_log_stream_enabled') === false || text(entry, 'push_protection_setting') === 'disabled';
}

function isEnforced(enforcement: string | undefined): boolean {
  return enforcement === 'active' || enforcement === 'enabled';
}

/** Categories with a name of their own; those of levels say nothing about the guard. */
const GUARDS: ReadonlyMap<string, string> = new Map([
  ['protected_branch', 'branch protection'],
  ['repository_ruleset', 'ruleset'],
  ['workflows', 'deployment'],
  ['org', ''],
  ['business', ''],
  ['enterprise', ''],
  ['repo', ''],
]);
const VERB = /^(?:create|destroy|enable|disable|delete|remove|add|update)(?:_|$)/;
const STATE = /_?(?:enabled?|disabled?)$/;

/** `protected_branch.update_admin_enforced` → `branch protection: admin enforced`. */
function what(action: string, operation: string): string {
  const category = action.slice(0, Math.max(action.indexOf('.'), 0));
  const guard = GUARDS.get(category) ?? category.replaceAll('_', ' ');
  const rest = operation.replace(VERB, '').replace(STATE, '').replaceAll('_', ' ');
  return [guard, rest].filter((part) => part !== '').join(': ') || action;
}

function targetOf(action: string, entry: JsonObject): string | undefined {
  const level = action.startsWith('business.') || action.startsWith('org.');
  return (
    text(entry, 'ruleset_name') ??
    headOf(text(entry, 'branch'))?.name ??
    text(entry, 'environment_name') ??
    text(entry, 'security_configuration_name') ??
    text(entry, 'ip_allow_list_entry') ??
    text(entry, 'context') ??
    text(entry, 'two_factor_method') ??
    text(entry, 'secret_type') ??
    (level ? undefined : text(entry, 'name')) ??
    (action.startsWith('two_factor') ? text(entry, 'user') : undefined)
  );
}

function reasonsOf(entry: JsonObject): readonly string[] | undefined {
  const given = text(entry, 'push_protection_bypass_reason');
  const found = [
    ...(codes(entry, 'reasons', 'code') ?? []),
    ...(words(entry, 'overridden_codes') ?? []),
    ...(given === undefined ? [] : [given]),
  ];
  return found.length > 0 ? [...new Set(found)] : undefined;
}

/** The names in a list that holds names, or objects with names. */
function codes(entry: JsonObject, key: string, name: string): readonly string[] | undefined {
  const found = list(entry, key).flatMap((element) => {
    if (typeof element === 'string') return [element];
    return isObject(element) ? (text(element, name) ?? []) : [];
  });
  return found.length > 0 ? found : undefined;
}
