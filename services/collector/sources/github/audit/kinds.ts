// Which kind of activity an audit-log action is. Actions are `category.operation`. A category has one kind, apart from
// some operations of the broad ones; what is in no list is told by its words, so that new categories find their place.
// https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
import { CATEGORIES } from './categories.ts';
import type { AuditKind, Patterns } from './kind.ts';
import { OPERATIONS } from './operations.ts';

export type { AuditKind } from './kind.ts';

/** Of whole actions, the first that fits. */
const WORDS: Patterns = [
  [/self_hosted|runner_group|hosted_runner|runner_scale_set/, 'runner'],
  [/custom_message/, 'setting'],
  [/(?:secret_scanning|code_scanning|dependabot|vulnerability|malware|security|leak)\w*_alert\./, 'alert'],
  [/closure_request|dismissal_request|advisory/, 'alert'],
  [/secret_scanning|code_scanning|codeql|code_security|advanced_security|security_configuration/, 'protection'],
  [/dependabot|dependency_graph|vulnerabilit|malware_alerts|security_updates/, 'protection'],
  [
    /branch_protection|protected_branch|protected_tag|tag_protection|ruleset|push_protection|protection_rule/,
    'protection',
  ],
  [
    /auto_approve|bypass|exemption|two_factor|saml|oidc|sso_|ip_allow|allow_?list|required_workflow|push_rules|pre_receive/,
    'protection',
  ],
  [/audit_log_stream/, 'protection'],
  [/_secret\b|secrets?\.|actions_variable|_variable\b/, 'secret'],
  [/token|credential|_key\b|_keys\b|passkey|oauth|integration|application|certificate/, 'grant'],
  [/login|logout|sign_in|session/, 'session'],
  [/webhook|\bhook\b|^(?:slack|teams|msteams)_/, 'integration'],
  [/export|download|migration/, 'request'],
  [/member|collaborator|invit|_role\b|_team\b|permission|\baccess_/, 'access'],
  [/artifact|attestation|_cache\b|\bcache\./, 'artifact'],
  [/package|registry/, 'package'],
  [/deployment/, 'deployment'],
  [/discussion|comment|issue/, 'discussion'],
  [/^(?:enterprise|organization|repository|repo|org|business|codespaces?|copilot|billing|project|policy)/, 'setting'],
];

/** `other`: an action that nothing here knows. */
export function kindOf(action: string): AuditKind {
  const dot = action.indexOf('.');
  const [category, operation] = dot < 0 ? ['', action] : [action.slice(0, dot), action.slice(dot + 1)];
  const special = OPERATIONS.get(category)?.find(([pattern]) => pattern.test(operation));
  return special?.[1] ?? CATEGORIES.get(category) ?? WORDS.find(([pattern]) => pattern.test(action))?.[1] ?? 'other';
}
