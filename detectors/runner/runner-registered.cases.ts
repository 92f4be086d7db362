// Cases of runner-registered: a fleet that ops registers, from one network, under one pattern of names.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

function registers(at: number, who: string, address: string, name: string, action = 'ci_runner_registered') {
  return activityAt(
    at,
    'runner',
    { action },
    {
      source: 'gitlab.audit',
      actor: { name: who, type: 'person' },
      client: { address },
      vcs: { provider: { name: 'gitlab' } },
      cicd: { worker: { name, labels: [name.split('-', 1)[0] ?? ''] } },
    },
  );
}

const history = Array.from({ length: 8 }, (_, index) =>
  registers(START + index * MINUTE, 'ops', `192.0.2.${10 + index}`, `shared-v17-0${index}`),
);
const NOW = START + 30 * DAY;

export const cases: readonly DetectorCase[] = [
  {
    name: 'A guest registers a machine elsewhere, under a name of its own',
    kind: 'hit',
    history,
    activity: registers(NOW, 'guest', '203.0.113.9', 'deploy-2'),
    expected: 'medium',
  },
  {
    name: 'Somebody else adds a machine of another kind, from the fleet’s network',
    kind: 'hit',
    history,
    activity: registers(NOW, 'mara', '192.0.2.77', 'gpu-1'),
    expected: 'low',
  },
  {
    name: 'The guest then tries to pause the fleet’s own',
    kind: 'hit',
    history: [...history, registers(NOW, 'guest', '203.0.113.9', 'deploy-2')],
    activity: registers(NOW + MINUTE, 'guest', '203.0.113.9', 'shared-v17-01', 'ci_runner_update_denied'),
    expected: 'medium',
  },
  {
    name: 'Ops upgrades the fleet',
    kind: 'near-miss',
    history,
    activity: registers(NOW, 'ops', '192.0.2.33', 'shared-v18-00'),
    expected: null,
  },
  {
    name: 'A new colleague of ops adds one more of the same',
    kind: 'near-miss',
    history,
    activity: registers(NOW, 'mara', '192.0.2.44', 'shared-v17-09'),
    expected: null,
  },
  {
    name: 'The first machine that is ever registered',
    kind: 'cold-start',
    history: [],
    activity: registers(NOW, 'guest', '203.0.113.9', 'deploy-2'),
    expected: null,
  },
  {
    name: 'A registration by nobody, of nothing',
    kind: 'malformed',
    history,
    activity: activityAt(NOW, 'runner', { action: 'ci_runner_registered' }, { source: 'gitlab.audit' }),
    expected: null,
  },
];
