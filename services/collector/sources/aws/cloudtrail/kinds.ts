// Which kind of activity an AWS call is. There are over ten thousand; what changes nothing that a detector looks at, and
// what only asks, stays a `request`.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
import type { ActivityKind } from '../../../../core/activity.ts';

export type CallKind = Extract<
  ActivityKind,
  'access' | 'artifact' | 'deployment' | 'grant' | 'protection' | 'request' | 'run' | 'secret' | 'setting'
>;

/** By kind and service. */
const CALLS: readonly (readonly [CallKind, string, string])[] = [
  ['secret', 'secretsmanager', 'GetSecretValue BatchGetSecretValue PutSecretValue UpdateSecretVersionStage'],
  ['secret', 'secretsmanager', 'CreateSecret UpdateSecret DeleteSecret RestoreSecret RotateSecret CancelRotateSecret'],
  ['secret', 'ssm', 'GetParameter GetParameters GetParametersByPath PutParameter DeleteParameter DeleteParameters'],

  // Audit trails and what watches.
  ['protection', 'cloudtrail', 'StartLogging StopLogging CreateTrail UpdateTrail DeleteTrail'],
  ['protection', 'cloudtrail', 'PutEventSelectors PutInsightSelectors'],
  ['protection', 'cloudtrail', 'DeleteEventDataStore UpdateEventDataStore StopEventDataStoreIngestion'],
  [
    'protection',
    'logs',
    'DeleteLogGroup DeleteLogStream DeleteSubscriptionFilter DeleteMetricFilter DeleteDestination',
  ],
  ['protection', 'config', 'StartConfigurationRecorder StopConfigurationRecorder DeleteConfigurationRecorder'],
  ['protection', 'config', 'DeleteDeliveryChannel DeleteConfigRule PutRetentionConfiguration'],
  ['protection', 'guardduty', 'CreateDetector UpdateDetector DeleteDetector StopMonitoringMembers DeleteMembers'],
  ['protection', 'guardduty', 'CreateFilter CreateIPSet UpdateIPSet DeletePublishingDestination DisassociateMembers'],
  ['protection', 'securityhub', 'EnableSecurityHub DisableSecurityHub BatchDisableStandards UpdateStandardsControl'],
  ['protection', 'macie2', 'EnableMacie DisableMacie'],
  ['protection', 'inspector2', 'Enable Disable'],
  ['protection', 'access-analyzer', 'CreateAnalyzer DeleteAnalyzer CreateArchiveRule'],
  ['protection', 'ec2', 'CreateFlowLogs DeleteFlowLogs EnableEbsEncryptionByDefault DisableEbsEncryptionByDefault'],
  ['protection', 'monitoring', 'DeleteAlarms DisableAlarmActions EnableAlarmActions'],

  // Guards of accounts, keys and stores.
  ['protection', 'iam', 'EnableMFADevice DeactivateMFADevice DeleteVirtualMFADevice'],
  ['protection', 'iam', 'UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy'],
  ['protection', 's3', 'PutBucketPublicAccessBlock DeleteBucketPublicAccessBlock PutPublicAccessBlock'],
  ['protection', 's3', 'PutAccountPublicAccessBlock DeleteAccountPublicAccessBlock DeletePublicAccessBlock'],
  ['protection', 's3', 'PutBucketLogging PutBucketVersioning PutObjectLockConfiguration'],
  ['protection', 's3', 'PutBucketEncryption DeleteBucketEncryption'],
  ['protection', 'organizations', 'LeaveOrganization EnablePolicyType DisablePolicyType AttachPolicy DetachPolicy'],
  ['protection', 'organizations', 'UpdatePolicy DeletePolicy'],
  ['protection', 'kms', 'ScheduleKeyDeletion CancelKeyDeletion EnableKey DisableKey'],
  ['protection', 'kms', 'EnableKeyRotation DisableKeyRotation'],

  // What opens doors.
  ['grant', 'iam', 'CreateAccessKey UpdateAccessKey DeleteAccessKey CreateLoginProfile UpdateLoginProfile'],
  ['grant', 'iam', 'DeleteLoginProfile ChangePassword UploadSSHPublicKey UpdateSSHPublicKey DeleteSSHPublicKey'],
  ['grant', 'iam', 'UploadSigningCertificate UpdateSigningCertificate DeleteSigningCertificate'],
  ['grant', 'iam', 'CreateServiceSpecificCredential ResetServiceSpecificCredential'],
  ['grant', 'iam', 'UpdateServiceSpecificCredential DeleteServiceSpecificCredential'],
  ['grant', 'ec2', 'CreateKeyPair ImportKeyPair DeleteKeyPair'],
  ['grant', 'rolesanywhere', 'CreateTrustAnchor UpdateTrustAnchor EnableTrustAnchor CreateProfile UpdateProfile'],

  // Who may do what.
  ['access', 'sts', 'AssumeRole AssumeRoleWithWebIdentity AssumeRoleWithSAML AssumeRoot'],
  ['access', 'iam', 'AttachUserPolicy AttachRolePolicy AttachGroupPolicy DetachUserPolicy DetachRolePolicy'],
  ['access', 'iam', 'DetachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy DeleteUserPolicy DeleteRolePolicy'],
  ['access', 'iam', 'DeleteGroupPolicy PutUserPermissionsBoundary DeleteUserPermissionsBoundary'],
  ['access', 'iam', 'PutRolePermissionsBoundary DeleteRolePermissionsBoundary UpdateAssumeRolePolicy'],
  ['access', 'iam', 'CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion'],
  ['access', 'iam', 'CreateUser UpdateUser DeleteUser CreateRole UpdateRole DeleteRole CreateGroup DeleteGroup'],
  ['access', 'iam', 'AddUserToGroup RemoveUserFromGroup AddRoleToInstanceProfile'],
  ['access', 'iam', 'CreateOpenIDConnectProvider DeleteOpenIDConnectProvider AddClientIDToOpenIDConnectProvider'],
  ['access', 'iam', 'UpdateOpenIDConnectProviderThumbprint CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider'],
  ['access', 'sso', 'CreateAccountAssignment DeleteAccountAssignment CreatePermissionSet UpdatePermissionSet'],
  ['access', 'sso', 'PutInlinePolicyToPermissionSet AttachManagedPolicyToPermissionSet'],
  ['access', 'sso-directory', 'CreateUser UpdateUser DeleteUser AddMemberToGroup RemoveMemberFromGroup'],
  ['access', 's3', 'PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutObjectAcl'],
  ['access', 'ecr', 'SetRepositoryPolicy DeleteRepositoryPolicy PutRegistryPolicy DeleteRegistryPolicy'],
  ['access', 'kms', 'PutKeyPolicy CreateGrant RevokeGrant RetireGrant'],
  ['access', 'secretsmanager', 'PutResourcePolicy DeleteResourcePolicy'],
  ['access', 'lambda', 'AddPermission RemovePermission'],
  ['access', 'ec2', 'ModifyImageAttribute ModifySnapshotAttribute'],

  // What is built and put into service.
  ['artifact', 'ecr', 'PutImage BatchDeleteImage'],
  ['artifact', 'ecr-public', 'PutImage BatchDeleteImage'],
  ['artifact', 'codeartifact', 'PublishPackageVersion CopyPackageVersions'],
  ['artifact', 'codeartifact', 'DeletePackageVersions DisposePackageVersions'],
  ['run', 'codebuild', 'StartBuild StopBuild RetryBuild StartBuildBatch'],
  ['run', 'codepipeline', 'StartPipelineExecution StopPipelineExecution RetryStageExecution'],
  ['deployment', 'codedeploy', 'CreateDeployment StopDeployment'],
  ['deployment', 'ecs', 'CreateService UpdateService'],
  ['deployment', 'lambda', 'UpdateFunctionCode PublishVersion'],
  ['deployment', 'cloudformation', 'ExecuteChangeSet CreateStack UpdateStack DeleteStack'],

  // What is kept for how long, what may change under its name, and what builds.
  ['setting', 'logs', 'PutRetentionPolicy DeleteRetentionPolicy'],
  ['setting', 's3', 'PutBucketLifecycle PutBucketLifecycleConfiguration DeleteBucketLifecycle'],
  ['setting', 'ecr', 'PutImageTagMutability PutLifecyclePolicy PutImageScanningConfiguration'],
  ['setting', 'codebuild', 'CreateProject UpdateProject DeleteProject CreateWebhook UpdateWebhook DeleteWebhook'],
  ['setting', 'codepipeline', 'CreatePipeline UpdatePipeline DeletePipeline'],
];

const KINDS: ReadonlyMap<string, CallKind> = new Map(
  CALLS.flatMap(([kind, service, names]) => names.split(' ').map((name) => [`${service}:${name}`, kind] as const)),
);

/** `service`: with or without its domain. Some services write the version of their API behind a name. */
export function callKind(service: string, name: string): CallKind {
  const short = service.split('.', 1)[0] ?? service;
  return KINDS.get(`${short}:${name.replace(/20\d{6}(?:v\d)?$/, '')}`) ?? 'request';
}
