// The role that a session acts as, by the ARN that CloudTrail tells of it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
import type { Api, Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { iam } from './iam.ts';

const ARN = /^arn:aws[a-z-]{0,20}:iam::\d{12}:role\/((?:[\w+=,.@-]+\/)*)([\w+=,.@-]{1,64})$/;
/** Roles that AWS keeps for its services and for Identity Center, and lets nobody change. */
const KEPT = /^(?:aws-service-role|aws-reserved)\//;

/** Throws TARGET_INVALID. */
export function roleName(action: string, target: Target): string {
  const [, path = '', name] = ARN.exec(target.role ?? '') ?? [];
  if (name === undefined) throw invalid(action, target, 'it is no session of a role that is known');
  if (KEPT.test(path)) throw invalid(action, target, `AWS lets nobody change the role ${name}`);
  return name;
}

/** As IAM has it. Throws TARGET_INVALID where the credential's account has another one of that name. */
export async function lookAtRole(action: string, target: Target, api: Api, signal: AbortSignal): Promise<Json> {
  const RoleName = roleName(action, target);
  const { body } = await ask(api, iam('GetRole', { RoleName }), [200], signal);
  const role = field(body, 'Role');
  if (field(role, 'Arn') === target.role) return role;
  throw invalid(action, target, `our own credential is of an account with another role ${RoleName}`);
}
