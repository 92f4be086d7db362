// Processes are killed and replaced, and the broker goes away, at random moments while the recording is replayed: what is
// found must be what would have been found without. PIPEWARDEN_SEED=N repeats the moments of an earlier run,
// PIPEWARDEN_ROUNDS=N makes more of them.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceRecord } from '../../services/collector/source.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { randomFrom } from '../helpers/random.ts';
import { type KafkaServer, kafkaMissing, startKafka } from './kafka-server.ts';
import {
  embeddedOutcome,
  feed,
  groupsOf,
  type Outcome,
  observe,
  ruleFindings,
  startAnalyzerProcess,
  startCollector,
} from './scale-out.ts';
import { scaleOutRecords } from './scale-out-records.ts';

const missing = kafkaMissing();
const SEED = Number(process.env.PIPEWARDEN_SEED ?? Math.floor(Math.random() * 1e9));
const ROUNDS = Number(process.env.PIPEWARDEN_ROUNDS ?? 1);
/** Of the recording, the last: its attack, and enough to have learned from. */
const DAYS = 14;
const REST_EVERY = 6;
const BROKER_DOWN_MS = 20_000;

describe.skipIf(missing)(`faults on Kafka, seed ${SEED}${missing ? ` (left out: ${missing})` : ''}`, () => {
  const machine = createMachine();
  let server: KafkaServer;
  let records: readonly SourceRecord[];
  let truth: Outcome;

  beforeAll(async () => {
    server = await startKafka();
    records = await scaleOutRecords(DAYS);
    truth = await embeddedOutcome(records);
  });

  afterAll(async () => {
    await machine.remove();
    await server?.stop();
  });

  interface Scene {
    readonly random: () => number;
    readonly analyzers: Running[];
    start(): Promise<Running>;
    /** Aborted when everything has been fed. */
    readonly fed: AbortSignal;
    readonly deeds: string[];
  }

  /** Two collectors and two analyzers; `disturb` does what it does while they work. */
  async function disturbed(round: number, disturb: (scene: Scene) => Promise<void>): Promise<void> {
    const prefix = `${randomUUID()}.`;
    const [broker = ''] = server.brokers;
    const observer = await observe(broker, prefix);
    const start = () => startAnalyzerProcess(machine, broker, prefix);
    const collectors = await Promise.all([startCollector(broker, prefix), startCollector(broker, prefix)]);
    const analyzers = await Promise.all([start(), start()]);
    const over = new AbortController();
    const scene = { random: randomFrom(SEED + round), analyzers, start, fed: over.signal, deeds: [] };
    const disturbing = disturb(scene);
    let pieces = 0;
    await feed(records, collectors, async () => {
      if (pieces++ % REST_EVERY === 0) await observer.untilAnalyzed();
    });
    over.abort();
    await disturbing;
    await observer.untilAnalyzed();
    const outcome = await observer.outcome();
    await observer.close();
    await Promise.all(collectors.map((collector) => collector.stop()));
    await Promise.all(analyzers.map((analyzer) => analyzer.kill()));
    const what = `after ${scene.deeds.join(', ')}`;
    expect(scene.deeds.length, what).toBeGreaterThan(0);
    expect(outcome.activities, what).toEqual(truth.activities);
    expect(outcome.twice, what).toEqual([]);
    expect(ruleFindings(outcome), what).toEqual(ruleFindings(truth));
    expect(groupsOf(outcome), what).toEqual(groupsOf(truth));
  }

  /** A random analyzer goes, by force or in order, and another comes, before or after. */
  async function replaceOne({ random, analyzers, start, deeds }: Scene): Promise<void> {
    const [gone] = analyzers.splice(Math.floor(random() * analyzers.length), 1);
    const [before, killed] = [random() < 0.5, random() < 0.6];
    if (before) analyzers.push(await start());
    await (killed ? gone?.kill() : gone?.stop());
    if (!before) analyzers.push(await start());
    deeds.push(`${killed ? 'kill -9' : 'SIGTERM'} ${before ? 'behind' : 'before'} a newcomer`);
  }

  test.for(Array.from({ length: ROUNDS }, (_, round) => round))(
    'analyzers killed, leaving and joining: nothing is lost, nothing is there twice (round %i)',
    { timeout: 300_000 },
    (round) =>
      disturbed(round, async (scene) => {
        while (!scene.fed.aborted) {
          await sleep(500 + scene.random() * 3_000);
          await replaceOne(scene);
        }
      }),
  );

  test.for(Array.from({ length: ROUNDS }, (_, round) => round))(
    'broker stopped 20 s and started again: nothing is lost, nothing is there twice (round %i)',
    { timeout: 300_000 },
    (round) =>
      disturbed(1000 + round, async ({ random, deeds }) => {
        const pause = 1_000 + random() * 10_000;
        await sleep(pause);
        await server.restart(BROKER_DOWN_MS);
        deeds.push(`the broker was away from ${Math.round(pause)} ms on`);
      }),
  );
});
