// Which playbooks an incident asks for, as `replay --incidents` prints it.
import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Target } from '../../services/core/action.ts';
import { planPlaybooks, planSteps } from '../../services/responder/plan.ts';
import { attack, attackOnDefinition, PLAYBOOKS } from './support.ts';

function planned(incident: ReturnType<typeof attack>): unknown {
  const plans = planPlaybooks(incident, PLAYBOOKS, ACTIONS);
  return plans.map(({ id, actions }) => [id, ...actions.map(({ action, target }) => `${action} ${target}`)]);
}

const CONTAIN = [
  'contain-run',
  'github.cancel-run acme/shop/42',
  'github.disable-workflow acme/shop:.github/workflows/ci.yml',
];

describe('planPlaybooks', () => {
  test('a run in an incident of high severity is contained', () => {
    expect(planned(attack())).toEqual([CONTAIN]);
  });

  test('a changed definition freezes the branch too, with approval and undo said', () => {
    expect(planned(attackOnDefinition())).toEqual([CONTAIN, ['freeze-branch', 'github.freeze-branch acme/shop']]);
    expect(planPlaybooks(attackOnDefinition(), PLAYBOOKS, ACTIONS)[1]?.actions).toEqual([
      {
        action: 'github.freeze-branch',
        kind: 'hold-deploy',
        target: 'acme/shop',
        reversible: true,
        approval: { people: 1 },
      },
    ]);
  });

  test('every run that is named is cancelled before any workflow is disabled', () => {
    const entities = [...attack().entities, { type: 'run', id: 'acme/shop/43' } as const];
    expect(planned(attack({ entities }))).toEqual([
      [CONTAIN[0], CONTAIN[1], 'github.cancel-run acme/shop/43', CONTAIN[2]],
    ]);
  });

  test('where no pipeline of the repository is known, it is the one of the run', () => {
    const entities = attack().entities.filter(({ type }) => type !== 'pipeline');
    expect(planned(attack({ entities }))).toEqual([
      [CONTAIN[0], CONTAIN[1], 'github.disable-workflow workflow of run acme/shop/42'],
    ]);
  });

  test('a kind is the action of each target’s own system, and only where its conditions hold', () => {
    const [contain] = PLAYBOOKS;
    if (!contain) throw new Error('the shipped playbooks are missing');
    const step = { approval: null, after: [], together: false, timeout: null };
    const steps = [
      { ...step, action: 'cancel-run' },
      { ...step, action: 'disable-workflow', together: true },
      { ...step, action: 'github.freeze-branch', when: { severity: 'critical' as const } },
    ];
    const of = (incident: ReturnType<typeof attack>) =>
      planSteps(incident, { ...contain, steps }, ACTIONS).map(({ action, group }) => `${group} ${action.id}`);
    expect(of(attack())).toEqual([]);
    const targets = attack().entities.map((entity) => ({ ...entity, system: 'github', repository: 'acme/shop' }));
    expect(of(attack({ targets }))).toEqual(['0 github.cancel-run', '0 github.disable-workflow']);
    expect(of(attack({ targets, severity: 'critical' }))).toContain('1 github.freeze-branch');
    const elsewhere = targets.map((target) => ({ ...target, system: 'gitea' }));
    expect(of(attack({ targets: elsewhere }))).toEqual([]);
  });

  test('a kind does not mean what reaches further than the target; that has to be named', () => {
    const [contain] = PLAYBOOKS;
    if (!contain) throw new Error('the shipped playbooks are missing');
    const step = { approval: null, after: [], together: false, timeout: null };
    const named = ['cancel-run', 'pause-runner', 'jenkins.kill-build'].map((action) => ({ ...step, action }));
    const targets = [
      { type: 'run', id: 'shop#12', system: 'jenkins' },
      { type: 'pipeline', id: 'shop', system: 'jenkins' },
      { type: 'runner', id: 'linux-1', system: 'jenkins' },
      { type: 'system', id: 'jenkins', system: 'jenkins' },
    ] as const;
    const steps = planSteps(attack({ targets, entities: targets }), { ...contain, steps: named }, ACTIONS);
    expect(steps.map(({ action, target }) => `${action.id} ${target.id}`)).toEqual([
      'jenkins.cancel-queued shop',
      'jenkins.stop-build shop#12',
      'jenkins.take-agent-offline linux-1',
      'jenkins.kill-build shop#12',
    ]);
  });

  test('of several actions of a kind the one is meant that takes the target; without one, what they refuse is said', () => {
    const [contain] = PLAYBOOKS;
    if (!contain) throw new Error('the shipped playbooks are missing');
    const steps = [{ action: 'revoke-credential', approval: null, after: [], together: false, timeout: null }];
    const common = { type: 'credential', system: 'github', organization: 'acme', repository: 'acme/shop' } as const;
    const of = (target: Partial<Target> & { id: string }) =>
      planSteps(attack({ targets: [{ ...common, ...target }] }), { ...contain, steps }, ACTIONS).map(
        ({ action }) => action.id,
      );
    expect(of({ id: 'github:token:7', credential_number: '7' })).toEqual(['github.revoke-token-access']);
    expect(of({ id: `SHA256:${'a'.repeat(43)}` })).toEqual(['github.remove-deploy-key']);
    const classic = { id: 'hash', credential_type: 'Personal access token (classic)', account: 'mara' };
    expect(of(classic)).toEqual(['github.revoke-sso-token']);
    expect(of({ id: 'hash' })).toEqual([
      'github.remove-deploy-key',
      'github.revoke-sso-token',
      'github.revoke-token-access',
    ]);
  });

  test('nothing is done about medium severity, without a run, or once it is closed', () => {
    expect(planned(attack({ severity: 'medium' }))).toEqual([]);
    expect(planned(attack({ entities: [{ type: 'actor', id: 'mallory' }] }))).toEqual([]);
    expect(planned(attack({ status: 'closed' }))).toEqual([]);
  });
});
