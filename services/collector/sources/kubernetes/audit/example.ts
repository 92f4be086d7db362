// Audit events in the form of the API's reference, put together for cases.
// https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event

const RECEIVED = '2026-03-01T10:00:00.100000Z';

export const deployer = {
  username: 'system:serviceaccount:ci:deployer',
  uid: '6d1f3a60-8f0e-4b0a-9c39-0f0b2a9c1e11',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:ci', 'system:authenticated'],
  extra: { 'authentication.kubernetes.io/credential-id': ['JTI=7ee52be0-9045-4653-aa5e-0da57b8dccdc'] },
};
const mara = { username: 'mara@example.com', groups: ['platform', 'system:authenticated'] };

export function event(verb: string, objectRef: object | undefined, more: object = {}): object {
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: 'bd6fcd9e-1e0f-4d0f-8d6c-4b7c3a9d5f10',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/prod',
    verb,
    user: mara,
    sourceIPs: ['203.0.113.9', '198.51.100.7'],
    userAgent: 'kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9',
    ...(objectRef && { objectRef }),
    responseStatus: { metadata: {}, code: 200 },
    requestReceivedTimestamp: RECEIVED,
    stageTimestamp: '2026-03-01T10:00:00.123456Z',
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
    ...more,
  };
}
