// Topics looked at, made and set right, over Kafka's admin API.
import kafkajs, { type Admin, type ITopicConfig, type Kafka } from 'kafkajs';
import { isRefusal } from './kafka-client.ts';
import { faultsOf, insyncFor, replicasFor, type TopicAsIs, type TopicFault } from './kafka-topic-faults.ts';
import type { TopicPlan } from './kafka-topics.ts';

// Node.js finds no export of this name in a CommonJS module.
const { ConfigResourceTypes } = kafkajs;

/** `ConfigSource` of the DescribeConfigs protocol: set on the topic itself. */
const SET_ON_TOPIC = 1;

export interface TopicAdminOptions {
  /** Copies of each partition; default three, or as many as there are brokers. */
  readonly replication?: number;
}

/** Connects, hands out the admin, disconnects. */
export async function withAdmin<Result>(client: Kafka, work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = client.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Makes those that are missing and names them; brokers may need a moment more to know a new topic. */
export async function createMissing(
  admin: Admin,
  plans: readonly TopicPlan[],
  { replication }: TopicAdminOptions,
): Promise<ReadonlySet<string>> {
  const present = new Set(await admin.listTopics());
  const missing = plans.filter(({ name }) => !present.has(name));
  const names = new Set(missing.map(({ name }) => name));
  if (missing.length === 0) return names;
  const replicas = replication ?? replicasFor((await admin.describeCluster()).brokers.length);
  await admin.createTopics({ topics: missing.map((plan) => configOf(plan, replicas)), waitForLeaders: false });
  return names;
}

function configOf(
  { name, partitions, cleanup, retentionMs, maxMessageBytes }: TopicPlan,
  replicas: number,
): ITopicConfig {
  const settings = {
    'cleanup.policy': cleanup,
    'max.message.bytes': maxMessageBytes,
    'min.insync.replicas': insyncFor(replicas),
    ...(retentionMs !== undefined && { 'retention.ms': retentionMs }),
  };
  const configEntries = Object.entries(settings).map(([key, value]) => ({ name: key, value: String(value) }));
  return { topic: name, numPartitions: partitions, replicationFactor: replicas, configEntries };
}

/** What is wrong with these topics; empty: all is as it should be. */
export async function inspectTopics(
  admin: Admin,
  plans: readonly TopicPlan[],
  { replication }: TopicAdminOptions,
): Promise<readonly TopicFault[]> {
  const [present, cluster] = [new Set(await admin.listTopics()), await admin.describeCluster()];
  const found = await lookAt(
    admin,
    plans.map(({ name }) => name).filter((name) => present.has(name)),
  );
  const copies = replication ?? cluster.brokers.length;
  return plans.flatMap((plan) => faultsOf(plan, found.get(plan.name), copies));
}

async function lookAt(admin: Admin, names: readonly string[]): Promise<Map<string, TopicAsIs>> {
  if (names.length === 0) return new Map();
  const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
  // Who may use topics may not always ask for their settings.
  const settings = await settingsOf(admin, names).catch((error: unknown) => {
    if (isRefusal(error)) return new Map<string, readonly Setting[]>();
    throw error;
  });
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      {
        partitions: partitions.length,
        replicas: Math.min(...partitions.map(({ replicas }) => replicas.length)),
        settings: Object.fromEntries((settings.get(name) ?? []).map(({ key, value }) => [key, value])),
      },
    ]),
  );
}

interface Setting {
  readonly key: string;
  readonly value: string;
  readonly own: boolean;
}

async function settingsOf(admin: Admin, names: readonly string[]): Promise<Map<string, readonly Setting[]>> {
  const resources = names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name }));
  const answer = await admin.describeConfigs({ resources, includeSynonyms: false });
  return new Map(
    answer.resources.map(({ resourceName, configEntries }) => [
      resourceName,
      configEntries.map(({ configName, configValue, configSource }) => ({
        key: configName,
        value: configValue,
        own: configSource === SET_ON_TOPIC,
      })),
    ]),
  );
}

/** Does what `doctor --fix` can do about these faults, but for topics that are missing. */
export async function repairTopics(admin: Admin, faults: readonly TopicFault[]): Promise<void> {
  const grown: { topic: string; count: number }[] = [];
  const changes = new Map<string, Map<string, string>>();
  for (const { topic, repair } of faults) {
    if (repair?.kind === 'partitions') grown.push({ topic, count: repair.to });
    if (repair?.kind === 'setting')
      changes.set(topic, (changes.get(topic) ?? new Map()).set(repair.name, repair.value));
  }
  if (grown.length > 0) await admin.createPartitions({ topicPartitions: grown });
  if (changes.size > 0) await change(admin, changes);
}

/** The API that kafkajs speaks replaces all of a topic's own settings, so those that stay are sent too. */
async function change(admin: Admin, changes: ReadonlyMap<string, ReadonlyMap<string, string>>): Promise<void> {
  const before = await settingsOf(admin, [...changes.keys()]);
  const resources = [...changes].map(([name, wanted]) => {
    const kept = (before.get(name) ?? []).filter(({ own }) => own).map(({ key, value }) => [key, value] as const);
    const entries = [...new Map([...kept, ...wanted])].map(([key, value]) => ({ name: key, value }));
    return { type: ConfigResourceTypes.TOPIC, name, configEntries: entries };
  });
  await admin.alterConfigs({ validateOnly: false, resources });
}
