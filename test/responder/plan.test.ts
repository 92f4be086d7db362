// Which playbooks an incident asks for, as `replay --incidents` prints it.
import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Target } from '../../services/core/action.ts';
import type { Playbook, PlaybookStep } from '../../services/core/playbook.ts';
import { planContainment, planPlaybooks } from '../../services/responder/plan.ts';
import type { Mode } from '../../services/responder/policy.ts';
import { attack, attackOnDefinition, CONTAIN, PLAYBOOKS, SHIPPED } from './support.ts';

function planned(incident: ReturnType<typeof attack>): unknown {
  const plans = planPlaybooks(incident, PLAYBOOKS, ACTIONS);
  return plans.map(({ id, actions }) => [id, ...actions.map(({ action, target }) => `${action} ${target}`)]);
}

function playbookOf(id: string, steps: readonly (Pick<PlaybookStep, 'action'> & Partial<PlaybookStep>)[]): Playbook {
  const whole = steps.map((step) => ({ approval: null, after: [], timeout: null, ...step }));
  return { ...CONTAIN, id, steps: whole };
}

const PLANNED = [
  'contain-run',
  'github.cancel-run acme/shop/42',
  'github.disable-workflow acme/shop:.github/workflows/ci.yml',
];

describe('one plan', () => {
  test('a run in an incident of high severity is contained', () => {
    expect(planned(attack())).toEqual([PLANNED]);
  });

  test('a changed definition freezes the branch too, with approval and undo said', () => {
    expect(planned(attackOnDefinition())).toEqual([PLANNED, ['freeze-branch', 'github.freeze-branch acme/shop']]);
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
      [PLANNED[0], PLANNED[1], 'github.cancel-run acme/shop/43', PLANNED[2]],
    ]);
  });

  test('where no pipeline of the repository is known, it is the one of the run', () => {
    const entities = attack().entities.filter(({ type }) => type !== 'pipeline');
    expect(planned(attack({ entities }))).toEqual([
      [PLANNED[0], PLANNED[1], 'github.disable-workflow workflow of run acme/shop/42'],
    ]);
  });

  test('it goes in the order of containment, whichever playbook asks first; what one does unasked is done, else the stricter counts', () => {
    const first = playbookOf('a', [
      { action: 'github.freeze-branch', approval: { people: 1 } },
      { action: 'github.cancel-run' },
    ]);
    const second = playbookOf('b', [
      { action: 'github.freeze-branch', approval: { people: 2 } },
      { action: 'github.cancel-run', approval: { people: 1 } },
      { action: 'github.disable-workflow' },
    ]);
    const steps = planContainment(attack(), [first, second], ACTIONS);
    expect(steps.map(({ playbook, action, approval }) => [playbook.id, action.id, approval])).toEqual([
      ['a', 'github.cancel-run', null],
      ['b', 'github.disable-workflow', null],
      ['b', 'github.freeze-branch', { people: 2 }],
    ]);
  });

  test('within a playbook, what it says first of an action holds', () => {
    const playbook = playbookOf('a', [
      { action: 'github.freeze-branch', when: { severity: 'critical' }, approval: { people: 2, unless: 'reversible' } },
      { action: 'github.freeze-branch', approval: { people: 1 } },
    ]);
    const asked = (severity: 'high' | 'critical') =>
      planContainment(attack({ severity }), [playbook], ACTIONS).map(({ approval }) => approval);
    expect(asked('high')).toEqual([{ people: 1 }]);
    expect(asked('critical')).toEqual([null]);
  });

  test('modes: what is observed is left out, what is suggested is shown, unless another asks for it to be done', () => {
    const [first, second] = [playbookOf('a', [{ action: 'github.cancel-run' }]), CONTAIN];
    const of = (modes: Readonly<Record<string, Mode>>) =>
      planContainment(attack(), [first, second], ACTIONS, ({ id }) => modes[id] ?? 'automatic').map(
        ({ action, shown, approval }) => `${action.id}${shown ? ' shown' : ''}${approval ? ' asks' : ''}`,
      );
    expect(of({ a: 'suggest', 'contain-run': 'observe' })).toEqual(['github.cancel-run shown']);
    expect(of({ a: 'suggest', 'contain-run': 'approve' })).toEqual([
      'github.cancel-run asks',
      'github.disable-workflow asks',
    ]);
  });

  test('an account is acted on once, by whatever names it is told', () => {
    const account = { type: 'actor', system: 'github', organization: 'acme', account: 'mara' } as const;
    const targets = [
      { ...account, id: 'github:mara' },
      { ...account, id: 'mara@acme.example' },
      { ...account, id: 'bob@acme.example', account: 'bob' },
    ];
    const steps = planContainment(attack({ targets }), [playbookOf('a', [{ action: 'suspend-user' }])], ACTIONS);
    expect(steps.map(({ target }) => target.id)).toEqual(['github:mara', 'bob@acme.example']);
  });

  test('conditions: systems, names and surprise', () => {
    const targets = attack().entities.map((entity) => ({ ...entity, system: 'github', repository: 'acme/shop' }));
    const fits = (when: Partial<Playbook['when']>) =>
      planContainment(attack({ targets, surprise: 20 }), [{ ...CONTAIN, when: { ...CONTAIN.when, ...when } }], ACTIONS)
        .length > 0;
    expect([fits({ systems: ['github'] }), fits({ systems: ['gitlab'] })]).toEqual([true, false]);
    expect([fits({ names: ['repository:acme/*'] }), fits({ names: ['environment:*'] })]).toEqual([true, false]);
    expect([fits({ surprise: 20 }), fits({ surprise: 21 })]).toEqual([true, false]);
  });

  test('a kind is the action of each target’s own system, and only where its conditions hold', () => {
    const playbook = playbookOf('a', [
      { action: 'cancel-run' },
      { action: 'disable-workflow' },
      { action: 'github.freeze-branch', when: { severity: 'critical' } },
    ]);
    const of = (incident: ReturnType<typeof attack>) =>
      planContainment(incident, [playbook], ACTIONS).map(({ action }) => action.id);
    expect(of(attack())).toEqual([]);
    const facts = { system: 'github', repository: 'acme/shop', definition: '.github/workflows/ci.yml' };
    const targets = attack().entities.map((entity) => ({ ...entity, ...facts }));
    expect(of(attack({ targets }))).toEqual(['github.cancel-run', 'github.disable-workflow']);
    expect(of(attack({ targets, severity: 'critical' }))).toContain('github.freeze-branch');
    const elsewhere = targets.map((target) => ({ ...target, system: 'gitea' }));
    expect(of(attack({ targets: elsewhere }))).toEqual([]);
  });

  test('nothing is done unasked to what no system has told of: an environment or a folder is what a process says of itself', () => {
    const targets: Target[] = [
      { type: 'repository', id: 'acme/other', repository: 'acme/other' },
      { type: 'run', id: 'acme/other/7', repository: 'acme/other' },
      { type: 'runner', id: 'runner-of-others' },
    ];
    const detectors = SHIPPED.flatMap(({ when }) => when.detectors ?? []);
    const incident = attack({ targets, entities: targets, detectors, severity: 'critical' });
    const steps = planContainment(incident, SHIPPED, ACTIONS);
    expect(steps.filter(({ approval }) => approval === null)).toEqual([]);
  });

  test('a kind does not mean what reaches further than the target; that has to be named', () => {
    const playbook = playbookOf(
      'a',
      ['cancel-run', 'pause-runner', 'jenkins.kill-build'].map((action) => ({ action })),
    );
    const targets = [
      { type: 'run', id: 'shop#12', system: 'jenkins' },
      { type: 'pipeline', id: 'shop', system: 'jenkins' },
      { type: 'runner', id: 'linux-1', system: 'jenkins' },
      { type: 'system', id: 'jenkins', system: 'jenkins' },
    ] as const;
    const steps = planContainment(attack({ targets, entities: targets }), [playbook], ACTIONS);
    expect(steps.map(({ action, target }) => `${action.id} ${target.id}`)).toEqual([
      'jenkins.take-agent-offline linux-1',
      'jenkins.cancel-queued shop',
      'jenkins.stop-build shop#12',
      'jenkins.kill-build shop#12',
    ]);
  });

  test('of several actions of a kind the one is meant that takes the target; without one, what they refuse is said', () => {
    const playbook = playbookOf('a', [{ action: 'revoke-credential' }]);
    const common = { type: 'credential', system: 'github', organization: 'acme', repository: 'acme/shop' } as const;
    const of = (target: Partial<Target> & { id: string }) =>
      planContainment(attack({ targets: [{ ...common, ...target }] }), [playbook], ACTIONS).map(
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
