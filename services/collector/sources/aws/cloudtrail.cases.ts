// CloudTrail events as the pages of the AWS documentation that each case names show them, shortened.
import type { SourceCase } from '../../source-case.ts';
import { event, role } from './cloudtrail/example.ts';

const CONTENTS =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html';
const IDENTITY =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html';
const CONSOLE =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html';
const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html';
const SECRETS = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-cloudtrail.html';

const base = {
  observed_at: Date.parse('2026-03-01T10:00:00Z'),
  organization: '123456789012',
  natural_id: 'a1b2c3d4-1111-4222-8333-444455556666',
  client: { address: '198.51.100.7', user_agent: 'aws-cli/2.15.30' },
};

export const cases: readonly SourceCase[] = [
  {
    name: 'somebody asks whose key they hold',
    reference: CONTENTS,
    record: { body: event('GetCallerIdentity', 'sts', {}) },
    drafts: [
      {
        ...base,
        kind: 'request',
        native_type: 'GetCallerIdentity',
        actor: { name: 'Mary_Major', id: 'AIDAEXAMPLE', type: 'unknown' },
        credential: { id: 'AKIAEXAMPLE', type: 'long-term access key' },
        detail: { operation: 'GetCallerIdentity' },
      },
    ],
  },
  {
    name: 'a workflow takes a role with its OpenID Connect token',
    reference: IDENTITY,
    record: {
      body: event('AssumeRoleWithWebIdentity', 'sts', {
        userIdentity: {
          type: 'WebIdentityUser',
          principalId:
            'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:octo-org/octo-repo:ref:refs/heads/main',
          userName: 'repo:octo-org/octo-repo:ref:refs/heads/main',
          identityProvider: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
        },
        requestParameters: { roleArn: 'arn:aws:iam::123456789012:role/Deploy', roleSessionName: 'GitHubActions' },
        responseElements: {
          credentials: { accessKeyId: 'ASIAEXAMPLE', expiration: 'Mar 1, 2026, 11:00:00 AM' },
          subjectFromWebIdentityToken: 'repo:octo-org/octo-repo:ref:refs/heads/main',
          audience: 'sts.amazonaws.com',
          provider: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
        },
      }),
    },
    drafts: [
      {
        ...base,
        kind: 'access',
        actor: { name: 'repo:octo-org/octo-repo:ref:refs/heads/main', type: 'bot' },
        vcs: {
          provider: { name: 'github' },
          repository: { name: 'octo-org/octo-repo' },
          ref: { head: { name: 'main', type: 'branch' } },
        },
        detail: {
          action: 'AssumeRoleWithWebIdentity',
          subject: 'repo:octo-org/octo-repo:ref:refs/heads/main',
          role: 'arn:aws:iam::123456789012:role/Deploy',
        },
      },
      {
        ...base,
        kind: 'grant',
        credential: { id: 'ASIAEXAMPLE', type: 'session key', name: 'arn:aws:iam::123456789012:role/Deploy' },
        detail: { action: 'AssumeRoleWithWebIdentity', name: 'ASIAEXAMPLE' },
      },
    ],
  },
  {
    name: 'a GitLab job takes a role for a tag',
    reference: 'https://docs.gitlab.com/ci/cloud_services/aws/',
    record: {
      body: event('AssumeRoleWithWebIdentity', 'sts', {
        userIdentity: {
          type: 'WebIdentityUser',
          principalId:
            'arn:aws:iam::123456789012:oidc-provider/gitlab.com:https://gitlab.com:project_path:mygroup/sub/app:ref_type:tag:ref:v1.2',
          userName: 'project_path:mygroup/sub/app:ref_type:tag:ref:v1.2',
          identityProvider: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com',
        },
        requestParameters: { roleArn: 'arn:aws:iam::123456789012:role/Release', roleSessionName: 'app-17' },
      }),
    },
    drafts: [
      {
        kind: 'access',
        actor: { type: 'bot' },
        vcs: {
          provider: { name: 'gitlab' },
          repository: { name: 'mygroup/sub/app' },
          ref: { head: { name: 'v1.2', type: 'tag' } },
        },
        detail: { subject: 'app-17', role: 'arn:aws:iam::123456789012:role/Release' },
      },
    ],
  },
  {
    name: 'a session reads a secret',
    reference: SECRETS,
    record: {
      body: event('GetSecretValue', 'secretsmanager', {
        userIdentity: role,
        requestParameters: { secretId: 'prod/database' },
        readOnly: true,
      }),
    },
    drafts: [
      {
        ...base,
        kind: 'secret',
        actor: { name: 'Mary_Major', id: 'AROAEXAMPLE:Mary_Major' },
        credential: {
          id: 'ASIAEXAMPLE',
          type: 'session key',
          name: 'arn:aws:iam::123456789012:role/Deploy',
          issued: Date.parse('2026-03-01T09:30:00Z'),
        },
        detail: { action: 'GetSecretValue', name: 'prod/database', store: 'secretsmanager.eu-central-1' },
      },
    ],
  },
  {
    name: 'a trail is stopped',
    reference: CONTENTS,
    record: {
      body: event('StopLogging', 'cloudtrail', {
        requestParameters: { name: 'arn:aws:cloudtrail:eu-central-1:123456789012:trail/organization' },
      }),
    },
    drafts: [
      {
        kind: 'protection',
        detail: {
          change: 'removed',
          what: 'cloudtrail: stop logging',
          target: 'arn:aws:cloudtrail:eu-central-1:123456789012:trail/organization',
        },
      },
    ],
  },
  {
    name: 'stopping it is refused',
    reference: CONTENTS,
    record: {
      body: event('StopLogging', 'cloudtrail', {
        errorCode: 'AccessDenied',
        errorMessage: 'User: Mary_Major is not authorized to perform: cloudtrail:StopLogging',
        requestParameters: { name: 'organization' },
      }),
    },
    drafts: [{ kind: 'request', detail: { operation: 'StopLogging', path: 'organization', error: 'AccessDenied' } }],
  },
  {
    name: 'a key is made for another user',
    reference: IAM,
    record: {
      body: event('CreateAccessKey', 'iam', {
        requestParameters: { userName: 'ci' },
        responseElements: { accessKey: { accessKeyId: 'AKIAOTHER', status: 'Active', userName: 'ci' } },
      }),
    },
    drafts: [{ kind: 'grant', detail: { action: 'CreateAccessKey', name: 'AKIAOTHER' } }],
  },
  {
    name: 'an image is pushed',
    reference: ECR,
    record: {
      body: event('PutImage', 'ecr', {
        requestParameters: { repositoryName: 'shop', imageTag: 'latest', registryId: '123456789012' },
        responseElements: {
          image: { repositoryName: 'shop', imageId: { imageDigest: `sha256:${'0a'.repeat(32)}`, imageTag: 'latest' } },
        },
        resources: [{ ARN: 'arn:aws:ecr:eu-central-1:123456789012:repository/shop', accountId: '123456789012' }],
      }),
    },
    drafts: [
      {
        kind: 'artifact',
        detail: {
          action: 'PutImage',
          name: 'shop',
          version: 'latest',
          digest: `sha256:${'0a'.repeat(32)}`,
          location: '123456789012',
        },
      },
    ],
  },
  {
    name: 'signing in to the console, with a second factor',
    reference: CONSOLE,
    record: {
      body: event('ConsoleLogin', 'signin', {
        eventType: 'AwsConsoleSignIn',
        userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', accountId: '123456789012', userName: 'anika' },
        responseElements: { ConsoleLogin: 'Success' },
        additionalEventData: { MobileVersion: 'No', MFAUsed: 'Yes' },
      }),
    },
    drafts: [
      {
        kind: 'session',
        actor: { name: 'anika', type: 'person' },
        detail: { action: 'login', method: 'console', mfa: true },
      },
    ],
  },
  {
    name: 'failing to sign in, as the owner of the account',
    reference: CONSOLE,
    record: {
      body: event('ConsoleLogin', 'signin', {
        eventType: 'AwsConsoleSignIn',
        userIdentity: { type: 'Root', principalId: '123456789012', arn: 'arn:aws:iam::123456789012:root' },
        errorMessage: 'Failed authentication',
        responseElements: { ConsoleLogin: 'Failure' },
        additionalEventData: { MFAUsed: 'No' },
      }),
    },
    drafts: [
      {
        kind: 'session',
        actor: { name: 'root', id: '123456789012' },
        detail: { action: 'failure', mfa: false, reason: 'Failed authentication' },
      },
    ],
  },
  {
    name: 'a log file with two events, one made by a service',
    reference: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html',
    record: {
      body: {
        Records: [
          event('DescribeInstances', 'ec2', { eventID: 'one' }),
          event('Decrypt', 'kms', {
            eventID: 'two',
            userIdentity: { type: 'AWSService', invokedBy: 'secretsmanager.amazonaws.com' },
            sourceIPAddress: 'secretsmanager.amazonaws.com',
            userAgent: 'secretsmanager.amazonaws.com',
          }),
        ],
      },
    },
    drafts: [
      { kind: 'request', natural_id: 'one' },
      {
        kind: 'request',
        natural_id: 'two',
        actor: { name: 'secretsmanager.amazonaws.com', type: 'bot' },
        client: { user_agent: 'secretsmanager.amazonaws.com' },
      },
    ],
  },
  {
    name: 'a rule of EventBridge passes an event on; its time is none',
    reference: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html',
    record: {
      body: {
        version: '0',
        'detail-type': 'AWS API Call via CloudTrail',
        source: 'aws.iam',
        detail: event('AttachUserPolicy', 'iam', {
          eventTime: 17.5e17,
          requestParameters: { userName: 'ci', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
          userAgent: ['aws-cli'],
        }),
      },
    },
    drafts: [
      {
        kind: 'access',
        detail: {
          action: 'AttachUserPolicy',
          subject: 'ci',
          role: 'arn:aws:iam::aws:policy/AdministratorAccess',
        },
      },
    ],
    notes: ['userAgent: expected text, found a list'],
  },
];
