// What is wrong with a topic, as data: pure, so that every fault can be told of without a cluster that has it.
import type { TopicPlan } from './kafka-topics.ts';

/** A topic as the brokers have it. */
export interface TopicAsIs {
  readonly partitions: number;
  /** Copies of the partition that has fewest. */
  readonly replicas: number;
  /** In effect, wherever it was set; names as in Kafka's documentation (https://kafka.apache.org/documentation/#topicconfigs). */
  readonly settings: Readonly<Record<string, string>>;
}

export interface TopicFault {
  readonly topic: string;
  readonly problem: string;
  /** What a person does about it; where there is a repair, `doctor --fix` does it. */
  readonly mend: string;
  /** With it nothing may run: something would be lost, or would stand still. */
  readonly fatal: boolean;
  readonly repair?:
    | { readonly kind: 'create' }
    | { readonly kind: 'partitions'; readonly to: number }
    | { readonly kind: 'setting'; readonly name: string; readonly value: string };
}

const FIX = 'run `pipewarden doctor --fix`';

/** `brokers`: how many there are to hold copies. */
export function faultsOf(plan: TopicPlan, found: TopicAsIs | undefined, brokers: number): readonly TopicFault[] {
  const { name: topic } = plan;
  if (!found) return [{ topic, problem: 'is missing', mend: FIX, fatal: true, repair: { kind: 'create' } }];
  return [...partitionFaults(plan, found), ...settingFaults(plan, found), ...copyFaults(topic, found, brokers)];
}

function partitionFaults({ name: topic, partitions, count }: TopicPlan, found: TopicAsIs): readonly TopicFault[] {
  const problem = `has ${found.partitions} partitions, expected ${partitions}`;
  if (count === 'more') {
    if (found.partitions >= partitions) return [];
    return [{ topic, problem, mend: FIX, fatal: true, repair: { kind: 'partitions', to: partitions } }];
  }
  if (found.partitions === partitions) return [];
  if (count === 'wrong') {
    const mend =
      'stop Pipewarden, delete the topic, and run `pipewarden doctor --fix`, or choose another event_log.prefix';
    return [{ topic, problem, mend, fatal: true }];
  }
  const mend = `set event_log.partitions to ${found.partitions}; adding some would part keys from their profiles`;
  return [{ topic, problem, mend, fatal: false }];
}

function settingFaults(plan: TopicPlan, { settings }: TopicAsIs): readonly TopicFault[] {
  const { name: topic, cleanup, retentionMs, maxMessageBytes } = plan;
  const faults: TopicFault[] = [];
  const set = (name: string, value: number | string, problem: string, fatal: boolean) =>
    faults.push({ topic, problem, mend: FIX, fatal, repair: { kind: 'setting', name, value: String(value) } });
  const policy = settings['cleanup.policy'];
  if (policy !== undefined && policy !== cleanup) {
    const harm = cleanup === 'compact' ? 'profiles would be deleted' : 'entries with one key would be thrown away';
    set('cleanup.policy', cleanup, `has cleanup.policy ${policy}, expected ${cleanup}: ${harm}`, true);
  }
  const retention = numberOf(settings['retention.ms']);
  // −1: for ever.
  if (retentionMs !== undefined && retention !== undefined && retention !== -1 && retention < retentionMs) {
    set('retention.ms', retentionMs, `keeps entries for ${retention} ms, expected ${retentionMs}`, false);
  }
  const bytes = numberOf(settings['max.message.bytes']);
  if (bytes !== undefined && bytes < maxMessageBytes) {
    const problem = `takes ${bytes} bytes at once (max.message.bytes), expected ${maxMessageBytes}`;
    set('max.message.bytes', maxMessageBytes, problem, false);
  }
  return faults;
}

function copyFaults(topic: string, { replicas, settings }: TopicAsIs, brokers: number): readonly TopicFault[] {
  const faults: TopicFault[] = [];
  const wanted = replicasFor(brokers);
  if (replicas < wanted) {
    const problem = `has ${replicas} of ${wanted} copies of a partition: a broker that is lost takes it along`;
    faults.push({ topic, problem, mend: 'add some with kafka-reassign-partitions.sh', fatal: false });
  }
  const insync = numberOf(settings['min.insync.replicas']);
  if (insync === undefined) return faults;
  const least = insyncFor(replicas);
  const repair = { kind: 'setting', name: 'min.insync.replicas', value: String(least) } as const;
  if (insync > replicas) {
    const problem = `wants ${insync} copies in sync and has ${replicas}: nothing can be written`;
    faults.push({ topic, problem, mend: FIX, fatal: true, repair });
  } else if (insync < least) {
    const problem = `counts an entry as durable with ${insync} copy (min.insync.replicas), expected ${least}`;
    faults.push({ topic, problem, mend: FIX, fatal: false, repair });
  }
  return faults;
}

/** Three copies, or as many as there are brokers. */
export function replicasFor(brokers: number): number {
  return Math.max(1, Math.min(3, brokers));
}

/** One broker may be away, where there are three copies. */
export function insyncFor(replicas: number): number {
  return replicas >= 3 ? 2 : 1;
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}
