// `pipewarden doctor` and the topics of a real broker: what is missing is made, what is wrong is told of and set right.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type Admin, ConfigResourceTypes } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../services/adapters/event-log/kafka-client.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { createMachine, type Ended } from '../helpers/command.ts';
import { type KafkaServer, kafkaMissing, startKafka } from './kafka-server.ts';

const missing = kafkaMissing();

describe.skipIf(missing)(`doctor and Kafka${missing ? ` (left out: ${missing})` : ''}`, () => {
  const machine = createMachine();
  let server: KafkaServer;
  let admin: Admin;

  beforeAll(async () => {
    server = await startKafka();
    admin = createClient({ brokers: server.brokers, clientId: 'test' }, silentLog).admin();
    await admin.connect();
  });

  afterAll(async () => {
    await admin?.disconnect();
    await machine.remove();
    await server?.stop();
  });

  /** A configuration with topics of its own. */
  function configure(): { readonly prefix: string; readonly config: string; readonly data: string } {
    const name = randomUUID();
    const config = machine.path(`${name}.yaml`);
    const destination = `{ id: lines, type: file, path: ${machine.path('out.ndjson')}, send: [finding, audit] }`;
    const lines = [
      `event_log: { type: kafka, brokers: ["${server.brokers[0]}"], prefix: "${name}." }`,
      'console: { port: 0 }',
      `destinations: [${destination}]`,
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    return { prefix: `${name}.`, config, data: machine.path(`data-${name}`) };
  }

  function doctor({ config, data }: { config: string; data: string }, ...more: string[]): Promise<Ended> {
    return machine.run(['doctor', '--config', config, '--data', data, ...more]);
  }

  async function topicsOf(prefix: string): Promise<readonly string[]> {
    return (await admin.listTopics()).filter((name) => name.startsWith(prefix)).sort();
  }

  test('makes on a new cluster every topic that a start needs, and no more', async () => {
    const place = configure();
    const before = await doctor(place);
    expect(before.code).toBe(1);
    expect(before.out).toContain('are missing; run `pipewarden doctor --fix`');
    expect(await topicsOf(place.prefix)).toEqual([]);
    expect((await doctor(place, '--fix')).code).toBe(0);
    const after = await doctor(place);
    expect(after.out).toContain('are as they should be');
    expect(after.code).toBe(0);
    const made = await topicsOf(place.prefix);
    const running = machine.start(['start', '--config', place.config, '--data', place.data]);
    await running.says(/Mode/);
    expect((await running.stop()).code).toBe(0);
    expect(await topicsOf(place.prefix)).toEqual(made);
  });

  test('tells of settings with which something would be lost, and sets them right without touching others', async () => {
    const place = configure();
    await doctor(place, '--fix');
    const state = `${place.prefix}state.analyzer.activity`;
    const finding = `${place.prefix}finding`;
    const set = (name: string, settings: Readonly<Record<string, string>>) => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
    });
    const spoiled = [
      set(state, { 'cleanup.policy': 'delete', 'segment.ms': '3600000' }),
      set(finding, { 'retention.ms': '60000', 'min.insync.replicas': '2' }),
    ];
    await admin.alterConfigs({ validateOnly: false, resources: spoiled });
    const { code, out } = await doctor(place);
    expect(code).toBe(1);
    expect(out).toContain(`${state} has cleanup.policy delete, expected compact`);
    expect(out).toContain(`${finding} keeps entries for 60000 ms`);
    expect(out).toContain(`${finding} wants 2 copies in sync and has 1: nothing can be written`);
    const start = await machine.run(['start', '--config', place.config, '--data', place.data]);
    expect(start.code).toBe(2);
    expect(start.err).toContain('run `pipewarden doctor --fix`');
    expect((await doctor(place, '--fix')).code).toBe(0);
    expect((await doctor(place)).code).toBe(0);
    const { resources } = await admin.describeConfigs({
      resources: [{ type: ConfigResourceTypes.TOPIC, name: state, configNames: ['segment.ms', 'cleanup.policy'] }],
      includeSynonyms: false,
    });
    const settings = resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]);
    expect(Object.fromEntries(settings ?? [])).toEqual({ 'segment.ms': '3600000', 'cleanup.policy': 'compact' });
  });

  test('tells of partitions that cannot be right, and of those that only the configuration has wrong', async () => {
    const place = configure();
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        { topic: `${place.prefix}finding`, numPartitions: 3 },
        { topic: `${place.prefix}activity`, numPartitions: 24 },
        { topic: `${place.prefix}state.analyzer.activity`, numPartitions: 12 },
      ],
    });
    const { code, out } = await doctor(place, '--fix');
    expect(code).toBe(1);
    expect(out).toContain(`${place.prefix}finding has 3 partitions, expected 1`);
    expect(out).toContain('set event_log.partitions to 24');
    expect(out).toContain(`${place.prefix}state.analyzer.activity has 12 partitions, expected 24: mended`);
    expect((await machine.run(['start', '--config', place.config, '--data', place.data])).code).toBe(2);
  });

  test('says of a cluster that is not there that it is not there', async () => {
    const place = configure();
    writeFileSync(place.config, 'event_log: { type: kafka, brokers: ["127.0.0.1:1"] }\n');
    const { code, out } = await doctor(place);
    expect(code).toBe(1);
    expect(out).toMatch(/kafka +the event log does not answer/);
  });
});
