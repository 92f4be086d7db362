// Who made a call, and with which key.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
import type { Actor, Credential } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { instant, known, text, yesNo } from '../../../fields.ts';
import { isPipelineIssuer } from '../../../token-subject.ts';

export function actorOf(event: Json): Actor | undefined {
  const name = nameOf(event);
  const id = text(event, 'userIdentity', 'principalId') ?? text(event, 'userIdentity', 'onBehalfOf', 'userId');
  if (name === undefined && id === undefined) return undefined;
  return known({ name, id, email: emailOf(event, name), type: typeOf(event) });
}

/** The user; of a role, the name of its session; of a service, the service's. */
function nameOf(event: Json): string | undefined {
  switch (text(event, 'userIdentity', 'type')) {
    case 'Root':
      return text(event, 'userIdentity', 'userName') ?? 'root';
    case 'AWSService':
      return text(event, 'userIdentity', 'invokedBy');
    case 'AssumedRole':
    case 'FederatedUser':
      return lastOf(text(event, 'userIdentity', 'arn')) ?? sessionOf(text(event, 'userIdentity', 'principalId'));
    default:
      return text(event, 'userIdentity', 'userName') ?? lastOf(text(event, 'userIdentity', 'arn'));
  }
}

/** `arn:aws:sts::123456789012:assumed-role/deploy/mara` → `mara`. */
function lastOf(arn: string | undefined): string | undefined {
  const slash = arn?.lastIndexOf('/') ?? -1;
  return slash === -1 ? undefined : arn?.slice(slash + 1);
}

/** `AROAEXAMPLE:mara` → `mara`. */
function sessionOf(principal: string | undefined): string | undefined {
  const colon = principal?.indexOf(':') ?? -1;
  return colon === -1 ? undefined : principal?.slice(colon + 1);
}

/**
 * Only where Identity Center names the session after its user; any other session's name is its caller's choice.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function emailOf(event: Json, name: string | undefined): string | undefined {
  return isSingleSignOn(event) && name?.includes('@') ? name.toLowerCase() : undefined;
}

function isSingleSignOn(event: Json): boolean {
  return (
    text(event, 'userIdentity', 'sessionContext', 'sessionIssuer', 'userName')?.startsWith('AWSReservedSSO_') ?? false
  );
}

/** A second factor, the console and Identity Center are for people; an IAM user may be either. */
function typeOf(event: Json): Actor['type'] {
  const type = text(event, 'userIdentity', 'type');
  const issuer =
    text(event, 'userIdentity', 'identityProvider') ??
    text(event, 'userIdentity', 'sessionContext', 'webIdFederationData', 'federatedProvider');
  if (type === 'AWSService' || isPipelineIssuer(issuer)) return 'bot';
  const person =
    type === 'IdentityCenterUser' ||
    type === 'SAMLUser' ||
    isSingleSignOn(event) ||
    yesNo(event, 'sessionCredentialFromConsole') ||
    yesNo(event, 'userIdentity', 'sessionContext', 'attributes', 'mfaAuthenticated') ||
    text(event, 'eventName') === 'ConsoleLogin';
  return person ? 'person' : 'unknown';
}

/**
 * The key's id, which names it and does not open anything. Of a session the `name` is who issued it: the role's ARN,
 * which stays while keys of sessions come and go.
 */
export function credentialOf(event: Json): Credential | undefined {
  const id = text(event, 'userIdentity', 'accessKeyId') ?? text(event, 'userIdentity', 'credentialId');
  if (id === undefined) return undefined;
  const issuer = text(event, 'userIdentity', 'sessionContext', 'sessionIssuer', 'arn');
  const isSession = issuer !== undefined || text(event, 'userIdentity', 'type') === 'AssumedRole';
  return known({
    id,
    type: isSession ? 'session key' : 'long-term access key',
    name: issuer,
    issued: isSession ? instant(event, 'userIdentity', 'sessionContext', 'attributes', 'creationDate') : undefined,
  });
}
