// The actions of Kubernetes against an API server that keeps state: plan, send, verify, undo, and what may go wrong.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiServer, stored } from '../../api-server.ts';
import { acting, codeOf } from '../acting.ts';
import { everyAction, refusesEvery, sentOf } from '../every.ts';
import { AIMS, NODE, POD, POLICIES, POLICY, RUNNER, startCluster, UID } from './aims.ts';

const PATCH = { 'content-type': 'application/merge-patch+json' };

let cluster: ApiServer;

beforeEach(async () => {
  cluster = await startCluster();
});
afterEach(async () => {
  await cluster.close();
});

const act = (name: string) => acting(`kubernetes.${name}`, cluster.api);
const labelled = (value: string | null) => ({ metadata: { labels: { 'pipewarden/isolated': value } } });

describe('a pod', () => {
  const owner = { apiVersion: 'v1', kind: 'Pod', name: RUNNER.pod, uid: UID };
  const spec = {
    podSelector: { matchLabels: { 'pipewarden/isolated': RUNNER.pod } },
    policyTypes: ['Ingress', 'Egress'],
  };

  test('is cut off the network, and let on it again', async () => {
    const before = new Map(cluster.state);
    const plan = await act('deny-network').plan(RUNNER);
    expect(sentOf(plan)).toEqual([
      {
        method: 'POST',
        path: POLICIES,
        body: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: `pipewarden-${RUNNER.pod}`, ownerReferences: [owner] },
          spec,
        },
      },
      { method: 'PATCH', path: POD, headers: PATCH, body: labelled(RUNNER.pod ?? '') },
    ]);
    expect(plan.before).toEqual({ pod: UID, labelled: false, policy: false });
    expect(plan.blast_radius).toContain('Other network policies in its namespace, whose rules stay good: 1.');
    await act('deny-network').send(plan);
    expect(await act('deny-network').undo(RUNNER, plan)).toBe(2);
    expect(cluster.state).toEqual(before);
  });

  test('is not cut off by a policy of that name that lets it do something', async () => {
    cluster.state.set(POLICY, {
      metadata: { name: `pipewarden-${RUNNER.pod}` },
      spec: { ...spec, egress: [{}] },
    });
    const plan = await act('deny-network').plan(RUNNER);
    expect(await act('deny-network').send(plan)).toEqual([409, 200]);
    expect(await act('deny-network').holds(RUNNER)).toBe(false);
    // What somebody else made stays.
    expect(await act('deny-network').undo(RUNNER, plan)).toBe(1);
    expect(cluster.state.has(POLICY)).toBe(true);
  });

  test('that uses the network of its node is refused, and what is no pod too', async () => {
    cluster.state.set(POD, { ...stored(cluster, POD), spec: { hostNetwork: true } });
    expect(await codeOf(act('deny-network').plan(RUNNER))).toBe('TARGET_INVALID give-up');
    cluster.state.set(POD, {});
    expect(await codeOf(act('deny-network').plan(RUNNER))).toBe('API_UNEXPECTED operator');
    expect(await codeOf(act('delete-pod').plan(RUNNER))).toBe('API_UNEXPECTED operator');
  });

  test('that is gone needs nothing, and is not brought back', async () => {
    const plan = await act('deny-network').plan(RUNNER);
    await act('deny-network').send(plan);
    cluster.state.delete(POD);
    expect((await act('deny-network').plan(RUNNER)).already_done).toBe('There is no such pod.');
    expect(await act('deny-network').undo(RUNNER, plan)).toBe(0);
  });

  test('is deleted, and never another of its name', async () => {
    const plan = await act('delete-pod').plan(RUNNER);
    const options = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 1, preconditions: { uid: UID } };
    expect(sentOf(plan)).toEqual([{ method: 'DELETE', path: POD, body: options }]);
    expect(plan.blast_radius).toContain('Its owner: EphemeralRunner.');
    cluster.state.set(POD, { kind: 'Pod', metadata: { name: RUNNER.pod, uid: 'another' } });
    expect(await act('delete-pod').send(plan)).toEqual([409]);
    expect(cluster.effects).toEqual([]);
  });
});

describe('a node', () => {
  test('is cordoned, and uncordoned', async () => {
    const plan = await act('cordon-node').plan(RUNNER);
    expect(sentOf(plan)).toEqual([
      { method: 'PATCH', path: NODE, headers: PATCH, body: { spec: { unschedulable: true } } },
    ]);
    await act('cordon-node').send(plan);
    expect(await act('cordon-node').undo(RUNNER, plan)).toBe(1);
    expect(stored(cluster, NODE).spec).toEqual({ podCIDR: '10.0.0.0/24' });
  });

  test('that somebody else cordoned stays so; what is none is said', async () => {
    cluster.state.set(NODE, { kind: 'Node', spec: { unschedulable: true } });
    const plan = await act('cordon-node').plan(RUNNER);
    expect(plan.already_done).toBe('The node is cordoned.');
    expect(await act('cordon-node').undo(RUNNER, plan)).toBe(0);
    cluster.state.set(NODE, {});
    expect(await codeOf(act('cordon-node').plan(RUNNER))).toBe('API_UNEXPECTED operator');
    cluster.state.delete(NODE);
    expect(await codeOf(act('cordon-node').plan(RUNNER))).toBe('API_REFUSED operator');
  });
});

everyAction(AIMS, () => cluster);

const NAMED = { type: 'runner', id: 'arc-shop-x7k2p-runner-9qwzt', system: 'kubernetes' } as const;

refusesEvery(
  [
    ...AIMS.map(({ id }) => ({ id, target: NAMED })),
    ...['kubernetes.delete-pod', 'kubernetes.deny-network'].flatMap((id) => [
      { id, target: { ...NAMED, pod: 'runner-1' } },
      { id, target: { ...RUNNER, pod: '../pods/x' } },
      { id, target: { ...RUNNER, pod: 'Runner_1' } },
      { id, target: { ...RUNNER, pod: 'a?b' } },
      { id, target: { ...RUNNER, namespace: 'kube.system' } },
      { id, target: { ...RUNNER, namespace: '..' } },
    ]),
    { id: 'kubernetes.deny-network', target: { ...RUNNER, pod: 'x'.repeat(64) } },
    { id: 'kubernetes.cordon-node', target: { ...RUNNER, node: 'GitHub Actions 12' } },
    { id: 'kubernetes.cordon-node', target: { ...RUNNER, node: 'a/b' } },
  ],
  () => cluster,
);
