// What `doctor` asks of Kafka: is it there, are the topics as they should be, and set them right.
import type { TopicName } from '../../core/topics.ts';
import type { KafkaEventLogOptions } from './kafka.ts';
import { createClient, unavailable } from './kafka-client.ts';
import { createMissing, inspectTopics, repairTopics, withAdmin } from './kafka-topic-admin.ts';
import type { TopicFault } from './kafka-topic-faults.ts';
import { naming, statePlan, TOPIC_NAMES, topicPlan } from './kafka-topics.ts';

export interface KafkaExamination {
  readonly brokers: number;
  /** How many topics were looked at. */
  readonly topics: number;
  /** What was set right. */
  readonly mended: readonly TopicFault[];
  /** What is wrong still. */
  readonly faults: readonly TopicFault[];
}

export interface ExamineOptions extends KafkaEventLogOptions {
  /** Every group that will read, so that its changelog is there before it. */
  readonly groups: readonly (readonly [group: string, topic: TopicName])[];
  readonly fix: boolean;
}

/** Rejects with LOG_UNAVAILABLE or LOG_REFUSED. */
export async function examineKafka(options: ExamineOptions): Promise<KafkaExamination> {
  const { prefix = 'pipewarden.', partitions, groups, fix, log } = options;
  const names = naming(prefix);
  const plans = TOPIC_NAMES.map((topic) => topicPlan(names, topic, partitions));
  try {
    return await withAdmin(createClient(options, log), async (admin) => {
      const { brokers } = await admin.describeCluster();
      const present = new Set(await admin.listTopics());
      const known = plans.map(({ name }) => name).filter((name) => present.has(name));
      const { topics } = known.length > 0 ? await admin.fetchTopicMetadata({ topics: known }) : { topics: [] };
      const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
      const states = groups.map(([group, topic]) => {
        const planned = topicPlan(names, topic, partitions);
        return statePlan(names.state(group, topic), counts.get(planned.name) ?? planned.partitions);
      });
      const all = [...plans, ...states];
      const before = await inspectTopics(admin, all, options);
      const found = { brokers: brokers.length, topics: all.length };
      if (!fix) return { ...found, mended: [], faults: before };
      const made = await createMissing(admin, all, options);
      await repairTopics(admin, before);
      // Brokers may need a moment more to know what was just made; it was made right.
      const faults = await inspectTopics(
        admin,
        all.filter(({ name }) => !made.has(name)),
        options,
      );
      return { ...found, mended: before.filter(({ repair }) => repair), faults };
    });
  } catch (error) {
    throw unavailable(error);
  }
}
