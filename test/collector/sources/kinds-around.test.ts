// Which kind the calls and actions of the systems around the pipeline are.
import { expect, test } from 'vitest';
import { redact } from '../../../services/collector/host/redact.ts';
import { parsePurl } from '../../../services/collector/purl.ts';
import { callKind } from '../../../services/collector/sources/aws/cloudtrail/kinds.ts';
import { awsCloudtrail, MOST_EVENTS } from '../../../services/collector/sources/aws/cloudtrail.ts';
import { kindOf as azureKind } from '../../../services/collector/sources/azure-devops/audit/kinds.ts';
import { kindOf as kubernetesKind } from '../../../services/collector/sources/kubernetes/audit/kinds.ts';
import { kindOf as vaultKind } from '../../../services/collector/sources/vault/audit/kinds.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { NOW } from '../collecting.ts';

test.each([
  [
    'request',
    'sts:GetCallerIdentity s3:ListBuckets ec2:DescribeInstances s3:GetObject sts:GetSessionToken unknown:Anything',
  ],
  ['secret', 'secretsmanager:GetSecretValue ssm:GetParameters secretsmanager:DeleteSecret'],
  ['grant', 'iam:CreateAccessKey iam:CreateLoginProfile ec2:CreateKeyPair'],
  ['access', 'sts:AssumeRole sts:AssumeRoleWithWebIdentity iam:AttachUserPolicy lambda:AddPermission20150331v2'],
  ['protection', 'cloudtrail:StopLogging guardduty:DeleteDetector iam:DeactivateMFADevice s3:PutBucketLogging'],
  ['artifact', 'ecr:PutImage codeartifact:PublishPackageVersion'],
  ['deployment', 'lambda:UpdateFunctionCode20150331v2 ecs:UpdateService'],
  ['setting', 'logs:PutRetentionPolicy ecr:PutImageTagMutability'],
])('AWS calls of kind %s: %s', (kind, calls) => {
  for (const call of calls.split(' ')) {
    const [service = '', name = ''] = call.split(':');
    expect([call, callKind(`${service}.amazonaws.com`, name)]).toEqual([call, kind]);
  }
});

test.each<[string, string, string | undefined, string]>([
  ['read', 'secret/data/prod', 'kv', 'secret'],
  ['list', 'secret/metadata/', 'kv', 'request'],
  ['read', 'secret/prod', undefined, 'secret'],
  ['update', 'auth/approle/login', 'approle', 'session'],
  ['alias-lookahead', 'auth/approle/login', 'approle', 'request'],
  ['update', 'auth/token/create', 'token', 'grant'],
  ['read', 'auth/token/lookup-self', 'token', 'request'],
  ['update', 'auth/approle/role/ci/secret-id', 'approle', 'grant'],
  ['update', 'auth/jwt/role/ci', 'jwt', 'access'],
  ['update', 'sys/policies/acl/admin', 'system', 'access'],
  ['delete', 'sys/audit/file', 'system', 'protection'],
  ['read', 'sys/storage/raft/snapshot', 'system', 'secret'],
  ['update', 'sys/mounts/kv', 'system', 'setting'],
  ['read', 'aws/creds/deploy', 'aws', 'grant'],
  ['update', 'pki/issue/web', 'pki', 'grant'],
  ['update', 'transit/sign/release', 'transit', 'request'],
  ['read', 'transit/export/signing-key/release', 'transit', 'secret'],
])('Vault: %s %s at %s is of kind %s', (operation, path, mount, kind) => {
  expect(vaultKind(operation, path, mount)).toBe(kind);
});

test.each([
  ['secret', 'mara', 'get:secrets list:secrets watch:secrets update:secrets delete:secrets'],
  ['access', 'mara', 'create:rolebindings delete:clusterrolebindings patch:clusterroles create:serviceaccounts'],
  ['grant', 'mara', 'create:serviceaccounts/token update:certificatesigningrequests/approval'],
  ['deployment', 'mara', 'create:pods patch:deployments delete:jobs patch:deployments/scale'],
  ['protection', 'mara', 'delete:validatingwebhookconfigurations patch:validatingadmissionpolicies'],
  ['setting', 'mara', 'delete:networkpolicies'],
  ['request', 'system:serviceaccount:kube-system:namespace-controller', 'deletecollection:networkpolicies'],
  ['process', 'mara', 'create:pods/exec get:pods/exec'],
  ['request', 'mara', 'list:rolebindings get:deployments create:pods/portforward create:configmaps get:secrets/status'],
  ['request', 'system:kube-scheduler', 'create:pods/binding patch:pods/status'],
  ['request', 'system:serviceaccount:kube-system:job-controller', 'create:pods'],
  ['access', 'system:serviceaccount:kube-system:job-controller', 'create:clusterrolebindings'],
  ['deployment', 'system:serviceaccount:kube-system:helm', 'create:pods'],
  ['secret', 'system:node:pool-1', 'create:serviceaccounts/token get:secrets'],
])('Kubernetes calls of kind %s by %s: %s', (kind, user, calls) => {
  for (const call of calls.split(' ')) {
    const [verb = '', resource = ''] = call.split(':');
    expect([call, kubernetesKind(verb, resource, user)]).toEqual([call, kind]);
  }
});

test.each([
  [
    'protection',
    'Git.RefUpdatePoliciesBypassed Policy.PolicyConfigRemoved AuditLog.StreamDeleted Organization.UnlinkFromAAD',
  ],
  ['access', 'Security.ModifyPermission Group.UpdateGroupMembership.Add Pipelines.ResourceAuthorizedForPipeline'],
  ['grant', 'Token.PatCreateEvent Token.SshCreateEvent Library.ServiceConnectionCreated'],
  ['secret', 'Library.VariableGroupModified'],
  ['runner', 'Library.AgentAdded Library.AgentPoolCreated'],
  ['integration', 'Extension.Installed'],
  ['definition', 'Pipelines.PipelineModified Release.ReleasePipelineCreated'],
  ['deployment', 'Pipelines.DeploymentJobCompleted Release.ApprovalCompleted'],
  ['repository', 'Git.RepositoryDeleted Project.UpdateVisibilityCompleted Project.DeleteCompleted'],
  ['request', 'AuditLog.DownloadLog Library.ServiceConnectionExecuted'],
  ['setting', 'Pipelines.PipelineRetentionSettingChanged Process.Field.Add'],
  ['other', 'Quantum.Entangled'],
])('Azure DevOps actions of kind %s: %s', (kind, actions) => {
  for (const action of actions.split(' ')) expect([action, azureKind(action)]).toEqual([action, kind]);
});

test.each([
  ['pkg:npm/%40acme/shop@4.2.0', { name: '@acme/shop', version: '4.2.0' }],
  ['pkg:golang/mygit.com/myorg/myapp@v1#sub', { name: 'mygit.com/myorg/myapp', version: 'v1' }],
  [
    `pkg:oci/app@sha256%3A${'0a'.repeat(32)}?tag=v1`,
    { name: 'app', version: 'v1', digest: `sha256:${'0a'.repeat(32)}` },
  ],
  ['pkg:pypi/requests', { name: 'requests' }],
  ['myapp', undefined],
])('%s is a package, or not', (text, purl) => {
  expect(parsePurl(text)).toEqual(purl);
});

test('of a batch with too many events, the last activity counts the rest', () => {
  const event = { eventName: 'GetCallerIdentity', eventSource: 'sts.amazonaws.com' };
  const body = { Records: Array.from({ length: MOST_EVENTS + 3 }, () => event) };
  const drafts = awsCloudtrail.normalize({ source: awsCloudtrail.id, received_at: NOW, redactions: {}, body });
  expect(drafts).toHaveLength(MOST_EVENTS + 1);
  expect(drafts.at(-1)).toMatchObject({ kind: 'other', detail: { type: '3 more events in the same batch' } });
});

test('the id of a key stays what it is where it says whose call it was, and goes elsewhere', () => {
  const id = makeSecret('aws-access-key-id', 1);
  const body = {
    eventName: 'DeleteAccessKey',
    eventSource: 'iam.amazonaws.com',
    userIdentity: { type: 'IAMUser', userName: 'ci', accessKeyId: id },
    userAgent: `mine ${id}`,
  };
  const record = redact(
    { source: awsCloudtrail.id, received_at: NOW, body },
    awsCloudtrail,
    createRedactor({ key: new Uint8Array(32) }),
  );
  const [call] = awsCloudtrail.normalize(record);
  expect(call?.credential).toEqual({ id, type: 'long-term access key' });
  expect(call?.client?.user_agent).toMatch(/^mine \[redacted:aws-access-key-id:/);
});
