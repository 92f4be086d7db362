// An event as the documentation shows it, for the cases: what is not told here is the same in all of them.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html

const user = {
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLE',
  arn: 'arn:aws:iam::123456789012:user/Mary_Major',
  accountId: '123456789012',
  accessKeyId: 'AKIAEXAMPLE',
  userName: 'Mary_Major',
};
/** A session of the role `Deploy`. */
export const role = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:Mary_Major',
  arn: 'arn:aws:sts::123456789012:assumed-role/Deploy/Mary_Major',
  accountId: '123456789012',
  accessKeyId: 'ASIAEXAMPLE',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROAEXAMPLE',
      arn: 'arn:aws:iam::123456789012:role/Deploy',
      accountId: '123456789012',
      userName: 'Deploy',
    },
    webIdFederationData: {},
    attributes: { mfaAuthenticated: 'false', creationDate: '2026-03-01T09:30:00Z' },
  },
};

export function event(name: string, service: string, more: object): object {
  return {
    eventVersion: '1.08',
    userIdentity: user,
    eventTime: '2026-03-01T10:00:00Z',
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.15.30',
    requestParameters: null,
    responseElements: null,
    requestID: 'b5b3f1a2-1111-4222-8333-444455556666',
    eventID: 'a1b2c3d4-1111-4222-8333-444455556666',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: 'Management',
    tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
    ...more,
  };
}
