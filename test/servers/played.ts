// Records played to processes on a Kafka of their own prefix, from the first collector's start to what is in the log in the end.
import { randomUUID } from 'node:crypto';
import type { Machine } from '../helpers/command.ts';
import type { KafkaServer } from './kafka-server.ts';
import { feedPieces, type Outcome, observe, startAnalyzerProcess, startCollector } from './scale-out.ts';
import type { Piece } from './scale-out-records.ts';

export interface Play {
  readonly server: KafkaServer;
  /** Where the analyzers' files are. */
  readonly machine: Machine;
  /** Weeks go by in minutes: without a rest now and then, one partition would be weeks ahead of another. */
  readonly pieces: readonly Piece[];
  /** Of the activity topic. */
  readonly partitions: number;
  /** So many collectors, and so many analyzers. */
  readonly processes: number;
}

/** Rejects when a process does not end in order. */
export async function played({ server, machine, pieces, partitions, processes }: Play): Promise<Outcome> {
  const [broker = ''] = server.brokers;
  const prefix = `${randomUUID()}.`;
  const observer = await observe(broker, prefix, partitions);
  const ranks = Array.from({ length: processes }, (_, rank) => rank);
  const collectors = await Promise.all(ranks.map(() => startCollector(broker, prefix)));
  const analyzers = await Promise.all(ranks.map(() => startAnalyzerProcess(machine, broker, prefix)));
  await feedPieces(pieces, collectors, async ({ rest }) => {
    if (rest) await observer.untilAnalyzed();
  });
  await observer.untilAnalyzed();
  const outcome = await observer.outcome();
  await observer.close();
  await Promise.all(collectors.map((collector) => collector.stop()));
  for (const analyzer of analyzers) {
    const { code, err } = await analyzer.stop();
    if (code !== 0) throw new Error(`an analyzer ended with ${code}: ${err}`);
  }
  return outcome;
}
