// Every request that an action makes of Kubernetes, reading, changing and undoing, checked by Kubernetes' own description.
import { beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { ApiRequest } from '../../services/core/action.ts';
import { acting } from '../playbooks/actions/acting.ts';
import { AIMS, POD, POLICIES, startCluster } from '../playbooks/actions/kubernetes/aims.ts';
import { descriptionMissing, readDescription } from './kubernetes-description.ts';

const missing = descriptionMissing();

describe.skipIf(missing)(`Kubernetes, as it is described${missing ? ` (left out: ${missing})` : ''}`, () => {
  let problemsOf: (request: ApiRequest) => readonly string[];

  beforeAll(async () => {
    problemsOf = await readDescription();
  });

  test('no action asks for what Kubernetes does not describe', async () => {
    const ids = [...ACTIONS.keys()].filter((id) => id.startsWith('kubernetes.'));
    expect(AIMS.map(({ id }) => id).sort()).toEqual(ids.sort());
    const made: ApiRequest[] = [];
    for (const { id, target } of AIMS) {
      const cluster = await startCluster();
      const act = acting(id, async (request, signal) => {
        made.push(request);
        return await cluster.api(request, signal);
      });
      const plan = await act.plan(target);
      await act.send(plan);
      await act.undo(target, plan);
      await cluster.close();
    }
    expect(made.flatMap(problemsOf)).toEqual([]);
    expect(new Set(made.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'PATCH', 'DELETE']));
  });

  test.each<[ApiRequest, string]>([
    [{ method: 'PUT', path: `${POD}/nothing` }, `PUT ${POD}/nothing is not described`],
    [{ method: 'GET', path: `${POLICIES}?forced=1` }, 'there is no ?forced'],
    [{ method: 'PATCH', path: POD, body: {} }, 'application/json is not taken'],
    [{ method: 'POST', path: POLICIES, body: { spec: {} } }, 'body.spec.podSelector is missing'],
    [{ method: 'POST', path: POLICIES, body: { specs: {} } }, 'body.specs is not described'],
    [{ method: 'DELETE', path: POD, body: { gracePeriodSeconds: '1' } }, 'body.gracePeriodSeconds is no string'],
    [{ method: 'DELETE', path: POD, body: { preconditions: [] } }, 'body.preconditions is no list'],
  ])('a wrong request is found: %o', (request, problem) => {
    expect(problemsOf(request)).toEqual([problem]);
  });
});
