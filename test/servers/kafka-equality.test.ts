// However many processes share the work, the same records lead to the same findings and the same incidents.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceRecord } from '../../services/collector/source.ts';
import { createMachine } from '../helpers/command.ts';
import { type KafkaServer, kafkaMissing, startKafka } from './kafka-server.ts';
import { played } from './played.ts';
import { embeddedOutcome, groupsOf, type Outcome, ruleFindings } from './scale-out.ts';
import { type Piece, piecesOf, scaleOutRecords } from './scale-out-records.ts';

const missing = kafkaMissing();

/** Thirty days go by in seconds: without a rest now and then, one partition would be weeks ahead of another. */
function rested(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => ({ ...piece, rest: index % 3 === 0 }));
}

describe.skipIf(missing)(`the recording on Kafka${missing ? ` (left out: ${missing})` : ''}`, () => {
  const machine = createMachine();
  let server: KafkaServer;
  let records: readonly SourceRecord[];
  let truth: Outcome;

  beforeAll(async () => {
    server = await startKafka();
    records = await scaleOutRecords();
    truth = await embeddedOutcome(records);
  });

  afterAll(async () => {
    await machine.remove();
    await server?.stop();
  });

  test('the embedded mode has findings of rules, learned ones and incidents to compare', () => {
    expect(truth.twice).toEqual([]);
    expect(ruleFindings(truth).length).toBeGreaterThan(0);
    expect(truth.findings.length).toBeGreaterThan(ruleFindings(truth).length);
    expect(truth.incidents.length).toBeGreaterThan(1);
  });

  test('with one partition, findings and incidents are those of the embedded mode, byte for byte', async () => {
    const outcome = await played({ server, machine, pieces: piecesOf(records), partitions: 1, processes: 1 });
    expect(outcome.activities).toEqual(truth.activities);
    expect(JSON.stringify(outcome.findings)).toBe(JSON.stringify(truth.findings));
    expect(groupsOf(outcome)).toEqual(groupsOf(truth));
  });

  test('with twelve, two collectors and two analyzers, rules find the same, and the same belongs together', async () => {
    const outcome = await played({ server, machine, pieces: rested(piecesOf(records)), partitions: 12, processes: 2 });
    expect(outcome.activities).toEqual(truth.activities);
    expect(outcome.twice).toEqual([]);
    expect(ruleFindings(outcome)).toEqual(ruleFindings(truth));
    expect(groupsOf(outcome)).toEqual(groupsOf(truth));
  });
});
