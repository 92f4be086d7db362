// Signing in to the console, to Identity Center, and changing roles there.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
// https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html

import type { ActivityDetails } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { isObject } from '../../../../core/json.ts';
import { at, known, text, yesNo } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import type { Deed } from './deed.ts';

const SERVICES = new Set(['signin.amazonaws.com', 'sso.amazonaws.com']);
const EVENTS =
  /^(?:ConsoleLogin|CheckMfa|SwitchRole|ExitRole|RenewRole|PasswordRecoveryRequested|PasswordRecoveryCompleted|CredentialChallenge|CredentialVerification|UserAuthentication|Authenticate|Federate|Logout)$/;

export function isSignIn({ name, service }: Deed): boolean {
  return name !== undefined && EVENTS.test(name) && (service === undefined || SERVICES.has(service));
}

/** Console events answer in `responseElements`, those of Identity Center in `serviceEventDetails`, under their name. */
export function signIn(event: Json, { name = '', error }: Deed): Piece {
  const outcome = outcomeOf(event, 'responseElements', name) ?? outcomeOf(event, 'serviceEventDetails', name);
  return {
    kind: 'session',
    detail: known({
      action: actionOf(name, outcome === 'Failure' || error !== undefined),
      method: text(event, 'additionalEventData', 'CredentialType') ?? (name === 'ConsoleLogin' ? 'console' : undefined),
      mfa: yesNo(event, 'additionalEventData', 'MFAUsed'),
      reason: text(event, 'errorMessage') ?? error,
    }),
  };
}

function outcomeOf(event: Json, place: string, name: string): string | undefined {
  return isObject(at(event, place)) ? text(event, place, name) : undefined;
}

/** `CredentialChallenge` and the like are steps on the way; `UserAuthentication` says how it ended. */
function actionOf(name: string, failed: boolean): ActivityDetails['session']['action'] {
  if (failed) return 'failure';
  if (name === 'Logout') return 'logout';
  return name === 'ConsoleLogin' || name === 'UserAuthentication' || name === 'Authenticate' ? 'login' : 'other';
}
