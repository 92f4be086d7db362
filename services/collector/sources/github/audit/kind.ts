// The kinds that an audit-log entry can be, and how its action is told apart.
import type { ActivityKind } from '../../../../core/activity.ts';

export type AuditKind = Extract<
  ActivityKind,
  | 'access'
  | 'alert'
  | 'artifact'
  | 'change'
  | 'deployment'
  | 'discussion'
  | 'grant'
  | 'integration'
  | 'job'
  | 'other'
  | 'package'
  | 'protection'
  | 'release'
  | 'repository'
  | 'request'
  | 'review'
  | 'run'
  | 'runner'
  | 'secret'
  | 'session'
  | 'setting'
>;

/** From the particular to the general: the first that fits decides. All run in linear time. */
export type Patterns = readonly (readonly [RegExp, AuditKind])[];
