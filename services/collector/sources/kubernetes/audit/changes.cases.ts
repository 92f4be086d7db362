// Calls that change something: rights, tokens, guards, workloads.
import type { SourceCase } from '../../../source-case.ts';
import { event } from './example.ts';

const EVENT = 'https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event';
const AUDIT = 'https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/';
const RBAC = 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/';
const ACCOUNTS = 'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/';
const IMPERSONATION = 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation';

export const changeCases: readonly SourceCase[] = [
  {
    name: 'an account is bound to all rights, and the policy has the bodies written down',
    reference: RBAC,
    record: {
      body: event(
        'create',
        { resource: 'clusterrolebindings', name: 'helper', apiGroup: 'rbac.authorization.k8s.io', apiVersion: 'v1' },
        {
          level: 'Request',
          requestObject: {
            kind: 'ClusterRoleBinding',
            metadata: { name: 'helper' },
            subjects: [
              { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' },
              { kind: 'User', name: 'ole@example.com', apiGroup: 'rbac.authorization.k8s.io' },
            ],
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
          },
          responseStatus: { metadata: {}, code: 201 },
        },
      ),
    },
    drafts: [
      {
        kind: 'access',
        detail: {
          action: 'create',
          subject: 'system:serviceaccount:ci:deployer, ole@example.com',
          role: 'cluster-admin',
        },
      },
    ],
  },
  {
    name: 'a binding is patched: the body is a list of operations, and says less',
    reference: AUDIT,
    record: {
      body: event(
        'patch',
        { resource: 'rolebindings', namespace: 'prod', name: 'deploy' },
        { level: 'Request', requestObject: [{ op: 'add', path: '/subjects/-', value: { kind: 'User', name: 'ole' } }] },
      ),
    },
    drafts: [{ kind: 'access', detail: { action: 'update' } }],
  },
  {
    name: 'somebody makes a token for an account',
    reference: ACCOUNTS,
    record: {
      body: event('create', {
        resource: 'serviceaccounts',
        subresource: 'token',
        namespace: 'ci',
        name: 'deployer',
        apiVersion: 'v1',
      }),
    },
    drafts: [
      {
        kind: 'grant',
        detail: {
          action: 'create',
          type: 'service account token',
          name: 'ci/deployer',
          subject: 'system:serviceaccount:ci:deployer',
        },
      },
    ],
  },
  {
    name: 'a node fetches the token of a pod’s account',
    reference: ACCOUNTS,
    record: {
      body: event(
        'create',
        { resource: 'serviceaccounts', subresource: 'token', namespace: 'ci', name: 'deployer' },
        {
          user: {
            username: 'system:node:pool-1-abcd',
            extra: {
              'authentication.kubernetes.io/credential-id': [
                'X509SHA256=7d8ea7a0ab4a9dcd5dca2dcd6f4bd5cd5c44a1c9ab9b3ecbd7a3dbd1c2f1f9a0',
              ],
            },
          },
        },
      ),
    },
    drafts: [
      {
        kind: 'secret',
        actor: { type: 'bot' },
        credential: {
          id: '7d8ea7a0ab4a9dcd5dca2dcd6f4bd5cd5c44a1c9ab9b3ecbd7a3dbd1c2f1f9a0',
          type: 'client certificate',
        },
        detail: { action: 'create serviceaccounts/token', name: 'ci/deployer' },
      },
    ],
  },
  {
    name: 'a GitHub workflow deploys with its own token',
    reference: 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens',
    record: {
      body: event(
        'patch',
        { resource: 'deployments', namespace: 'prod', name: 'shop', apiGroup: 'apps', apiVersion: 'v1' },
        {
          user: { username: 'https://token.actions.githubusercontent.com#repo:acme/shop:ref:refs/heads/main' },
          requestURI: '/apis/apps/v1/namespaces/prod/deployments/shop?fieldManager=kubectl-rollout',
        },
      ),
    },
    drafts: [
      {
        kind: 'deployment',
        actor: { type: 'bot' },
        vcs: {
          provider: { name: 'github' },
          repository: { name: 'acme/shop' },
          ref: { head: { name: 'main', type: 'branch' } },
        },
        detail: { action: 'patch deployments', id: 'deployments/shop', environment: 'prod' },
      },
    ],
  },
  {
    name: 'a controller makes the pod of a deployment',
    reference: EVENT,
    record: {
      body: event(
        'create',
        { resource: 'pods', namespace: 'prod', apiVersion: 'v1' },
        { user: { username: 'system:serviceaccount:kube-system:replicaset-controller' } },
      ),
    },
    drafts: [{ kind: 'request', actor: { type: 'bot' }, detail: { operation: 'create pods' } }],
  },
  {
    name: 'a guard is taken away by somebody who acts as an administrator',
    reference: IMPERSONATION,
    record: {
      body: event(
        'delete',
        { resource: 'validatingwebhookconfigurations', name: 'policies', apiGroup: 'admissionregistration.k8s.io' },
        { impersonatedUser: { username: 'cluster-admin', groups: ['system:masters'] } },
      ),
    },
    drafts: [
      {
        kind: 'protection',
        actor: { name: 'mara@example.com' },
        detail: { change: 'removed', what: 'validatingwebhookconfigurations', target: 'policies' },
      },
      { kind: 'session', detail: { action: 'impersonation', method: 'as cluster-admin' } },
    ],
  },
  {
    name: 'a change is only tried',
    reference: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run',
    record: {
      body: event(
        'patch',
        { resource: 'clusterroles', name: 'deploy', apiGroup: 'rbac.authorization.k8s.io' },
        { requestURI: '/apis/rbac.authorization.k8s.io/v1/clusterroles/deploy?dryRun=All&fieldManager=flux' },
      ),
    },
    drafts: [
      {
        kind: 'request',
        detail: { operation: 'patch clusterroles', path: '/apis/rbac.authorization.k8s.io/v1/clusterroles/deploy' },
      },
    ],
  },
];
