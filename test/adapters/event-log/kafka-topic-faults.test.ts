// What is told of a topic that is not as it should be.
import { describe, expect, test } from 'vitest';
import { faultsOf, type TopicAsIs } from '../../../services/adapters/event-log/kafka-topic-faults.ts';
import { naming, statePlan, topicPlan } from '../../../services/adapters/event-log/kafka-topics.ts';

const names = naming('p.');
const activity = topicPlan(names, 'activity');
const finding = topicPlan(names, 'finding');
const state = statePlan(names.state('analyzer', 'activity'), 12);

function asIs(partitions: number, settings: Readonly<Record<string, string>> = {}, replicas = 3): TopicAsIs {
  const usual = {
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'max.message.bytes': '10485760',
    'min.insync.replicas': '2',
  };
  return { partitions, replicas, settings: { ...usual, ...settings } };
}

const compacted = { 'cleanup.policy': 'compact' };

describe('a topic', () => {
  test('as it should be has no fault', () => {
    expect(faultsOf(activity, asIs(12), 3)).toEqual([]);
    expect(faultsOf(finding, asIs(1), 3)).toEqual([]);
    expect(faultsOf(state, asIs(12, compacted), 3)).toEqual([]);
    expect(faultsOf(activity, asIs(12, { 'min.insync.replicas': '1' }, 1), 1)).toEqual([]);
  });

  test('that is missing is made', () => {
    expect(faultsOf(activity, undefined, 3)).toMatchObject([{ fatal: true, repair: { kind: 'create' } }]);
  });

  test('of activities may have another number of partitions, which then is to be configured', () => {
    const [fault, ...others] = faultsOf(activity, asIs(24), 3);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ fatal: false, mend: expect.stringContaining('event_log.partitions to 24') });
    expect(fault?.repair).toBeUndefined();
  });

  test('that needs one order has one partition, or nothing starts', () => {
    const [fault] = faultsOf(finding, asIs(12), 3);
    expect(fault).toMatchObject({ fatal: true, problem: 'has 12 partitions, expected 1' });
    expect(fault?.repair).toBeUndefined();
  });

  test('of states gets the partitions that it lacks, and may have more', () => {
    expect(faultsOf(state, asIs(6, compacted), 3)).toMatchObject([
      { fatal: true, repair: { kind: 'partitions', to: 12 } },
    ]);
    expect(faultsOf(state, asIs(24, compacted), 3)).toEqual([]);
  });

  test.for([
    ['cleanup.policy of states', state, asIs(12), 'cleanup.policy', 'compact', true],
    ['cleanup.policy of entries', activity, asIs(12, compacted), 'cleanup.policy', 'delete', true],
    ['retention.ms', activity, asIs(12, { 'retention.ms': '604800000' }), 'retention.ms', '2592000000', false],
    [
      'max.message.bytes',
      activity,
      asIs(12, { 'max.message.bytes': '1048588' }),
      'max.message.bytes',
      '8388608',
      false,
    ],
    [
      'too small a min.insync.replicas',
      finding,
      asIs(1, { 'min.insync.replicas': '1' }),
      'min.insync.replicas',
      '2',
      false,
    ],
    ['an impossible min.insync.replicas', finding, asIs(1, {}, 1), 'min.insync.replicas', '1', true],
  ] as const)('with a wrong setting (%s) is told of and set right', ([, plan, found, name, value, fatal]) => {
    expect(faultsOf(plan, found, 1).filter(({ repair }) => repair)).toMatchObject([
      { fatal, repair: { kind: 'setting', name, value } },
    ]);
  });

  test('with too few copies for its brokers is told of, and only a person can mend it', () => {
    const [fault] = faultsOf(finding, asIs(1, { 'min.insync.replicas': '1' }, 1), 3);
    expect(fault).toMatchObject({ fatal: false, problem: expect.stringContaining('1 of 3 copies') });
    expect(fault?.repair).toBeUndefined();
  });

  test('of which the settings may not be read is taken as it is', () => {
    expect(faultsOf(activity, { partitions: 12, replicas: 3, settings: {} }, 3)).toEqual([]);
  });
});
