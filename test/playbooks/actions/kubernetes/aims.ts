// What each action of Kubernetes is aimed at in tests, and a cluster in which there is something to be done to it.
import type { Target } from '../../../../services/core/action.ts';
import type { ApiServer } from '../../api-server.ts';
import { startKubernetes } from '../../kubernetes-server.ts';

export const UID = '0f7ad251-3c1f-4b2f-9d3a-2d9a6f1c7e10';
export const RUNNER: Target = {
  type: 'runner',
  id: 'arc-shop-x7k2p-runner-9qwzt',
  system: 'kubernetes',
  pod: 'arc-shop-x7k2p-runner-9qwzt',
  namespace: 'arc-runners',
  node: 'node-1',
};
export const POD = `/api/v1/namespaces/arc-runners/pods/${RUNNER.pod}`;
export const NODE = '/api/v1/nodes/node-1';
export const POLICIES = '/apis/networking.k8s.io/v1/namespaces/arc-runners/networkpolicies';
export const POLICY = `${POLICIES}/pipewarden-${RUNNER.pod}`;

export const AIMS = [
  { id: 'kubernetes.cordon-node', target: RUNNER },
  { id: 'kubernetes.delete-pod', target: RUNNER },
  { id: 'kubernetes.deny-network', target: RUNNER },
] as const;

export async function startCluster(): Promise<ApiServer> {
  const cluster = await startKubernetes();
  const owner = { apiVersion: 'actions.github.com/v1alpha1', kind: 'EphemeralRunner', name: RUNNER.pod, uid: 'x' };
  const metadata = { name: RUNNER.pod, uid: UID, labels: { app: 'runner' }, ownerReferences: [owner] };
  cluster.state.set(POD, { kind: 'Pod', metadata, spec: { nodeName: 'node-1' } });
  cluster.state.set(NODE, { kind: 'Node', metadata: { name: 'node-1' }, spec: { podCIDR: '10.0.0.0/24' } });
  cluster.state.set(`${POLICIES}/dns`, { kind: 'NetworkPolicy', metadata: { name: 'dns' }, spec: { podSelector: {} } });
  return cluster;
}
