// What a guard rail guards, so what it is worth when it goes.
import type { ActivityOf } from '../../services/core/activity.ts';
import type { Severity } from '../../services/core/severity.ts';

/** Records of what happened, and where they are sent: `tracks-removed` tells of them. */
const TRAIL =
  /audit|log(?:ging|s)?\b.*stream|streaming|\btrail\b|event data store|(?:stop|delete) (?:logging|log group|log stream|flow logs)|subscription filter|configuration recorder|delivery channel|event selectors/i;

export function isTrail(what: string): boolean {
  return TRAIL.test(what);
}

/** Branches that others build on or release from; patterns that match all of them. */
const SHARED =
  /^(?:refs\/(?:heads|tags)\/)?(?:main|master|trunk|develop|development|stable|default|prod\w*|production|staging|live|release\w*|releases|hotfix\w*|v?\d[\w.]*|\*\*?|v\*)(?:[/\-_.].*|\*.*)?$|~(?:ALL|DEFAULT)/i;
/** Whole guards, and those that keep one person from changing code or history alone. */
const BRANCH_GUARD =
  /^(?:branch protection|protected branch(?:es)?|protected tag(?:s)?|branch restriction|ruleset.*)$/i;
const STRONG =
  /review|approv|code owner|admin|force push|deletion|signature|signed|restrict|bypass|push rule|authorized actors|enforcement/i;
/** Scanners for secrets, and what keeps accounts to their owners. */
const ACCOUNTS = /two.?factor|\b[2m]fa\b|two step|saml|\bsso\b|single sign|ip (?:allow|range|restrict)|allow list/i;
const SECRETS = /secret scanning|secret.*protection|push protection|guardduty|security.?hub/i;
/** Tools that only ever advise. */
const ADVICE =
  /dependabot|vulnerab|dependency graph|security updates|malware|advisor|quality|code scanning.*(?:autofix|upgrade)/i;
/** Environments that hold nothing worth having. */
const TRYING_OUT = /^(?:dev|test|preview|review|sandbox|qa|ci|pr|local|feature)(?:$|[\W_\d]|elop|ing)/i;
const BRANCHES = /branch|tag|ruleset|push rule|merge|approv|review|status check|code owner/i;

/** Of a guard that is lower than before. */
export function worthOf({ detail, vcs }: ActivityOf<'protection'>): Severity {
  const { what, target } = detail;
  // Of one repository it is an opinion, of an organization a policy.
  if (ADVICE.test(what))
    return vcs?.repository || target !== undefined || /\brepositor|\brepos\b/.test(what) ? 'low' : 'medium';
  if (ACCOUNTS.test(what)) return target === undefined ? 'high' : 'medium';
  if (SECRETS.test(what)) return 'high';
  const repository = vcs?.repository?.name;
  if (BRANCHES.test(what)) {
    // A ruleset's target is its own name, and says nothing of branches.
    const isNamed = target !== undefined && !/ruleset/i.test(what);
    if (isNamed && !SHARED.test(target)) return 'low';
    return BRANCH_GUARD.test(what) || STRONG.test(what) ? 'high' : 'medium';
  }
  if (/environment|deployment/i.test(what) && TRYING_OUT.test(target ?? '')) return 'low';
  // Of a whole organization or of one environment: more than one repository's setting.
  return repository === undefined || /environment|deployment/i.test(what) || what === '' ? 'high' : 'medium';
}

/** Whether the guard is one of branches or tags, which can be put up in two ways: protections and rulesets. */
export function guardsBranches(what: string): boolean {
  return BRANCHES.test(what);
}

/** How people sign in to all of an organization was changed, to what end the record does not say. */
export function isSignInPolicy({ detail, vcs }: ActivityOf<'protection'>): boolean {
  return ACCOUNTS.test(detail.what) && vcs?.repository === undefined && detail.change === 'changed';
}

/** Reasons that a person gave for passing a guard: a text that is no secret is let through daily. */
const HARMLESS = /^(?:false_positive|used_in_tests|tests?)$/i;

export function isHarmless(reasons: readonly string[] | undefined): boolean {
  return reasons !== undefined && reasons.length > 0 && reasons.every((reason) => HARMLESS.test(reason));
}

/** Who may start pipelines without being asked about, and what their tokens may do unless a pipeline says otherwise. */
const RUN_POLICY = /fork_?pr|fork_pull|default_workflow_permissions|approvals?_policy/i;
/** The wider of their values. */
const WIDE = /^(?:write|true|enabled|none|off|all|everyone)$|new_to_github/i;

/** A setting of pipelines that guards less than it could; low where the record does not say how it stands now. */
export function loosenedSetting({
  detail,
}: ActivityOf<'setting'>): { readonly severity: Severity; readonly what: string } | undefined {
  if (!RUN_POLICY.test(detail.action) || /disable/.test(detail.action)) return undefined;
  const what = `setting ${detail.action.replaceAll(/[._]/g, ' ')}`;
  if (detail.to === undefined) return { severity: 'low', what };
  return WIDE.test(detail.to) && detail.from !== detail.to ? { severity: 'medium', what } : undefined;
}
