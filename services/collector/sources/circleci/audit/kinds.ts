// Which kind of activity an audit action is. Actions are words with dots, dashes or both between (`workflow.job.start`,
// `workflow-job-start`), read with dots alone; the first line that fits decides.
// https://circleci.com/docs/guides/security/audit-logs/#audit-log-events (a list that is not complete, it says)
import type { ActivityKind } from '../../../../core/activity.ts';

/** Each pattern is matched against the whole action; all of them run in linear time. */
const TABLE = [
  [/(?:^|\.)(?:logged_in|logged_out|login|logout|sign_in|signed_in)(?:\.|$)/, 'session'],

  // A context is a set of secrets: handed to jobs, filled, and fenced.
  [/context\.(?:restriction|policy)/, 'protection'],
  [/context\.group/, 'access'],
  [/secrets?\.accessed|context\.request|env_var|^context\./, 'secret'],

  [/runner|resource_class/, 'runner'],
  [/token|checkout\.key|deploy\.key|ssh_key|ssh\.key/, 'grant'],

  [/^workflow\.job|^job\.|^build\./, 'job'],
  [/^trigger_event/, 'request'],
  [/workflows?\.|^pipeline\./, 'run'],
  [/^component\.|rollback|deploy/, 'deployment'],
  [/^orb\.(?:orb|publish|version)/, 'package'],
  [/^webhook|release_integration|integration/, 'integration'],

  [/oidc|saml|sso|ip_range|config_polic|policy|two_factor|audit_log\.stream/, 'protection'],
  [/^audit_log/, 'request'],
  [/role|member|invitation|^group\.|^user\./, 'access'],

  [/^project\.(?:add|create|delete|setup|follow|unfollow|stop_building|rename|transfer)/, 'repository'],

  // Whatever else was made, changed or removed is configuration.
  [/^(?:org|organization|project|account|plan|schedule|trigger|orb)(?:\.|_|$)/, 'setting'],
  [/(?:^|\.)(?:create|update|delete|add|remove|set|enable|disable)d?$/, 'setting'],
] as const satisfies readonly (readonly [RegExp, ActivityKind])[];

export type AuditKind = (typeof TABLE)[number][1] | 'other';

/** The action with dots between its words. */
export function dotted(action: string): string {
  return action.replaceAll('-', '.');
}

/** `other`: no word in the action says what it is. */
export function kindOf(action: string): AuditKind {
  const words = dotted(action);
  return TABLE.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
}
