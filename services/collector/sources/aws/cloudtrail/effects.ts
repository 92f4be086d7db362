// What calls say of what they changed: keys, access, guards, artifacts, deployments. Names of parameters are those of each
// service's API, https://docs.aws.amazon.com/index.html.
import type { ActivityDetails } from '../../../../core/activity.ts';
import { isObject, type Json } from '../../../../core/json.ts';
import { at, known, list, text } from '../../../fields.ts';

/** Parameters differ by service in type as well as in name, so another type is no mistake. */
export function textAt(value: Json | undefined, key: string): string | undefined {
  const found = isObject(value) ? at(value, key) : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The key that was made, else the one that was changed, else whose. */
export function grantName(parameters: Json | undefined, answer: Json | undefined): string | undefined {
  const made = isObject(answer) ? (text(answer, 'accessKey', 'accessKeyId') ?? textAt(answer, 'keyPairId')) : undefined;
  const names = ['accessKeyId', 'sSHPublicKeyId', 'serviceSpecificCredentialId', 'userName', 'keyName', 'name'];
  return made ?? firstAt(parameters, names);
}

const SUBJECTS = ['roleSessionName', 'userName', 'groupName', 'roleName', 'principalId', 'principal'];
const POLICIES = ['roleArn', 'policyArn', 'policyName', 'groupName', 'permissionSetArn', 'url'];
/** What is opened up, where the policy is that of a thing. */
const THINGS = ['bucketName', 'repositoryName', 'keyId', 'functionName', 'secretId', 'imageId', 'snapshotId'];

export function firstAt(value: Json | undefined, keys: readonly string[]): string | undefined {
  return keys.map((key) => textAt(value, key)).find((found) => found !== undefined);
}

/**
 * Of a role that was assumed, `subject` is who the token says it is, else the name that the session was given. Of a
 * policy or a group, who it is for.
 */
export function access(
  action: string,
  parameters: Json | undefined,
  answer: Json | undefined,
): ActivityDetails['access'] {
  return known({
    action,
    subject:
      textAt(answer, 'subjectFromWebIdentityToken') ?? textAt(answer, 'subject') ?? firstAt(parameters, SUBJECTS),
    role: firstAt(parameters, [...POLICIES, ...THINGS]),
  });
}

const REMOVED = /^(?:Stop|Delete|Disable|Deactivate|Disassociate|Leave|Detach|ScheduleKeyDeletion|BatchDisable)/;
const ADDED = /^(?:Start|Create(?!Filter|IPSet|ArchiveRule)|Enable|Attach|CancelKeyDeletion)/;

/** Some calls say in their parameters whether they guard: any part that is switched off counts as removed. */
const SWITCHES = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets', 'enable'];

export function changeOf(name: string, parameters: Json | undefined): ActivityDetails['protection']['change'] {
  if (REMOVED.test(name) || isSwitchedOff(parameters)) return 'removed';
  return ADDED.test(name) ? 'added' : 'changed';
}

function isSwitchedOff(parameters: Json | undefined): boolean {
  if (!isObject(parameters)) return false;
  const { PublicAccessBlockConfiguration: block, VersioningConfiguration: versioning } = parameters;
  const settings = isObject(block) ? block : parameters;
  if (SWITCHES.some((key) => settings[key] === false || settings[key] === 'false')) return true;
  return isObject(versioning) && versioning.Status === 'Suspended';
}

/** `cloudtrail.amazonaws.com`, `StopLogging` → `cloudtrail: stop logging`. */
export function words(service: string, name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return `${service.split('.', 1)[0]}: ${spaced}`;
}

/** An image that was pushed or removed, a package version that was published. */
export function artifact(
  action: string,
  parameters: Json | undefined,
  answer: Json | undefined,
): ActivityDetails['artifact'] {
  const image = isObject(answer) && isObject(answer.image) ? at(answer, 'image', 'imageId') : undefined;
  const removed =
    isObject(parameters) && Array.isArray(parameters.imageIds) ? list(parameters, 'imageIds')[0] : undefined;
  return known({
    action,
    name: textAt(parameters, 'repositoryName') ?? textAt(parameters, 'package'),
    version:
      textAt(parameters, 'imageTag') ??
      textAt(image, 'imageTag') ??
      textAt(removed, 'imageTag') ??
      textAt(parameters, 'packageVersion'),
    digest: textAt(image, 'imageDigest') ?? textAt(parameters, 'imageDigest') ?? textAt(removed, 'imageDigest'),
    location: textAt(parameters, 'registryId') ?? textAt(parameters, 'domain'),
  });
}

export function environment(parameters: Json | undefined): string | undefined {
  return firstAt(parameters, [
    'deploymentGroupName',
    'service',
    'serviceName',
    'functionName',
    'stackName',
    'environmentName',
  ]);
}
